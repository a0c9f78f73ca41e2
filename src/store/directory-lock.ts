import { open } from "node:fs/promises";
import { join } from "node:path";
import { tryLock } from "fs-native-extensions";
import { Fault } from "../core/fault.ts";
import { PRIVATE_FILE } from "./synced-file.ts";

export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Locks the directory against other processes. The operating system holds the lock while our file is open and releases
 * it when the process ends, even after SIGKILL, so no stale lock can remain.
 * @throws {Fault} `store-busy`
 */
export async function lockDirectory(dir: string): Promise<DirectoryLock> {
  const handle = await open(join(dir, "lock"), "a+", PRIVATE_FILE);
  try {
    if (!tryLock(handle.fd)) {
      throw new Fault(
        "store-busy",
        `opening ${dir}: another process has it open; stop that one first, or name another directory in STORE_URL`,
      );
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { release: () => handle.close() };
}
