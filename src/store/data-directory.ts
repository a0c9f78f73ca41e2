import { constants } from "node:fs";
import { access, chmod, mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import PQueue from "p-queue";
import { describeFault, systemCodeOf } from "../core/fault.ts";
import type { Log } from "../core/ports.ts";
import { PRIVATE_FILE, syncDirectory } from "./synced-file.ts";

/** Rights of new directories, whatever the umask. */
const PRIVATE_DIRECTORY = 0o700;
const CONCURRENCY = 16;

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
    await mkdir(dir, PRIVATE_DIRECTORY);
    await syncDirectory(dirname(dir));
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST" && (await stat(dir)).isDirectory()) return;
    if (systemCodeOf(error) !== "ENOENT" || (await exists(dirname(dir)))) throw error;
    await makeDirectory(dirname(dir));
    await makeDirectory(dir);
  }
}

/** Takes group and others their rights to a directory and to what lies in it, as an older version left them. */
export async function keepPrivate(dir: string, log: Pick<Log, "warn">): Promise<void> {
  try {
    if (!isShared(await stat(dir))) return;
    await chmod(dir, PRIVATE_DIRECTORY);
    const files = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isFile());
    const queue = new PQueue({ concurrency: CONCURRENCY });
    await queue.addAll(
      files.map(
        ({ name }) =>
          () =>
            chmod(join(dir, name), PRIVATE_FILE),
      ),
    );
  } catch (error) {
    log.warn("other users of this machine may read the data: set its rights to 700", {
      dir,
      because: describeFault(error),
    });
  }
}

function isShared({ mode }: { readonly mode: number }): boolean {
  return (mode & 0o077) !== 0;
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
