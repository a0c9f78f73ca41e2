import { open } from "node:fs/promises";
import { join } from "node:path";
import { tryLock } from "fs-native-extensions";
import { Fault } from "../core/fault.ts";

export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Keeps every other process out. The operating system holds the lock for as long as our file is open: it ends with the
 * process, however that ends, and no pid is asked.
 * @throws {Fault} `store-busy`
 */
export async function lockDirectory(dir: string): Promise<DirectoryLock> {
  const handle = await open(join(dir, "lock"), "a+");
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
