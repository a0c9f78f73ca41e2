import { open, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Adapter } from "lowdb";
import writeFileAtomic from "write-file-atomic";
import type { Customization } from "../core/customization.ts";
import { systemCodeOf } from "../core/fault.ts";
import { readRecord } from "./frozen-copy.ts";

/** Faces and voices of people are nobody else's: rights of new files, whatever the umask. */
export const PRIVATE_FILE = 0o600;

export type WriteText = (path: string, text: string) => Promise<void>;

/** Replaces a file atomically: resolves once the new text is on disk, and until then the old text stays complete. */
export async function writeSynced(path: string, text: string): Promise<void> {
  // write-file-atomic ignores short writes, as on a nearly full disk, so we write the content ourselves.
  await writeFileAtomic(path, "", { mode: PRIVATE_FILE, tmpfileCreated: (tmp) => writeFile(tmp, text) });
  await syncDirectory(dirname(path));
}

/** What network file systems say that cannot flush a directory. */
const UNSUPPORTED: readonly string[] = ["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/**
 * Flushes created, renamed and deleted names of a directory to disk.
 * @returns false when the file system cannot: a power cut may then undo the latest of them
 */
export async function syncDirectory(dir: string): Promise<boolean> {
  const handle = await open(dir);
  try {
    await handle.sync();
    return true;
  } catch (error) {
    if (UNSUPPORTED.includes(systemCodeOf(error))) return false;
    throw error;
  } finally {
    await handle.close();
  }
}

/** A lowdb adapter for the document of one request. */
export class SyncedFile implements Adapter<Customization> {
  readonly #path: string;
  readonly #write: WriteText;

  constructor(path: string, write: WriteText = writeSynced) {
    this.#path = path;
    this.#write = write;
  }

  async read(): Promise<Customization> {
    return readRecord(await readFile(this.#path, "utf8"));
  }

  async write(record: Customization): Promise<void> {
    await this.#write(this.#path, JSON.stringify(record));
  }
}
