import { constants } from "node:fs";
import { access, mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { codeOf } from "./system-code.ts";

/**
 * Makes the directory that STORE_URL names where it is missing, and makes it last.
 * @throws with what to do, when it cannot be made or written
 */
export async function prepareDirectory(dir: string): Promise<void> {
  try {
    await make(dir);
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(`STORE_URL: ${dir} ${whyNot(codeOf(error))}`);
  }
}

/** One folder after the other: node's recursive mkdir never ends where the system refuses with ENOENT, as /proc does. */
async function make(dir: string): Promise<void> {
  try {
    await mkdir(dir);
    await sync(dirname(dir));
  } catch (error) {
    if (codeOf(error) === "EEXIST" && (await stat(dir)).isDirectory()) return;
    if (codeOf(error) !== "ENOENT" || (await exists(dirname(dir)))) throw error;
    await make(dirname(dir));
    await make(dir);
  }
}

async function sync(dir: string): Promise<void> {
  const handle = await open(dir);
  await handle.sync().finally(() => handle.close());
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function whyNot(code: string): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "cannot be written by this user";
    case "EEXIST":
    case "ENOTDIR":
      return "is no directory, or lies in what is none";
    default:
      return `cannot be made (${code})`;
  }
}
