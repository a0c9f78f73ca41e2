import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCodeOf } from "../core/fault.ts";
import { syncDirectory } from "./synced-file.ts";

/**
 * Creates the directory that STORE_URL names, unless it exists.
 * @throws {Error} with the reason when the directory cannot be created or written
 */
export async function prepareDirectory(dir: string): Promise<void> {
  try {
    await makeDirectory(dir);
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(`STORE_URL: ${dir} ${reasonFor(systemCodeOf(error))}`);
  }
}

/**
 * Creates a directory and its missing parents, and syncs each new name to disk. One level at a time: Node's recursive
 * mkdir never returns where the system refuses with ENOENT, as /proc does.
 */
export async function makeDirectory(dir: string): Promise<void> {
  try {
    await mkdir(dir);
    await syncDirectory(dirname(dir));
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST" && (await stat(dir)).isDirectory()) return;
    if (systemCodeOf(error) !== "ENOENT" || (await exists(dirname(dir)))) throw error;
    await makeDirectory(dirname(dir));
    await makeDirectory(dir);
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function reasonFor(code: string): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "cannot be written by this user";
    case "EEXIST":
    case "ENOTDIR":
      return "is no directory, or its path leads through a file";
    default:
      return `cannot be made (${code})`;
  }
}
