import { open, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Adapter } from "lowdb";
import writeFileAtomic from "write-file-atomic";
import type { Customization } from "../core/customization.ts";
import { readRecord } from "./frozen-copy.ts";

export type WriteText = (path: string, text: string) => Promise<void>;

/** Resolves when the text is on disk under that name; until then the disk has the whole of the old one. */
export async function writeSynced(path: string, text: string): Promise<void> {
  // write-file-atomic does not look how much of its data a nearly full disk took: the file is filled for it.
  await writeFileAtomic(path, "", { tmpfileCreated: (tmp) => writeFile(tmp, text) });
  await syncDirectory(dirname(path));
}

/** Makes new, renamed and removed names of a directory last. */
export async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** lowdb's view of one request's document. */
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
