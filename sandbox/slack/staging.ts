import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The limit of Slack's client. */
export const LARGEST_FILE_BYTES = 1024 ** 3;

interface Staged {
  readonly name: string;
  readonly path: string;
}

/** Files received over HTTP and not yet sent in a message; their bytes are on disk. */
export class Staging {
  readonly #staged = new Map<string, Staged>();
  readonly #untaken = new Set<string>();
  readonly #newId: () => string;
  readonly #dataDir: string;

  constructor(newId: () => string, dataDir: string) {
    this.#newId = newId;
    this.#dataDir = dataDir;
  }

  /**
   * Streams a file to disk. @returns the id to upload it by
   * @param size the announced size, to refuse a large file early
   * @throws beyond 1 GB, and when it breaks off; the partial file is removed
   */
  async add(name: string, body: Readable, size = 0): Promise<string> {
    if (size > LARGEST_FILE_BYTES) throw tooLarge(name);
    await mkdir(this.#dataDir, { recursive: true });
    const id = this.#newId();
    const path = join(this.#dataDir, id);
    try {
      await pipeline(body, (bytes: AsyncIterable<Buffer>) => limited(bytes, name), createWriteStream(path));
    } catch (fault) {
      await rm(path, { force: true });
      throw fault;
    }
    this.#staged.set(id, { name, path });
    this.#untaken.add(id);
    return id;
  }

  /** Takes these files, or all that remain. @throws when there are none, or an id is unknown */
  take(ids: readonly string[] = [...this.#untaken]): Staged[] {
    if (ids.length === 0) throw new Error("no file is staged: POST one to /sandbox/files?name=… first");
    return ids.map((id) => {
      const staged = this.#staged.get(id);
      if (!staged) throw new Error(`no staged file ${id}`);
      this.#untaken.delete(id);
      return staged;
    });
  }
}

export function tooLarge(name: string): Error {
  return new Error(`uploading ${name}: Slack takes files up to 1 GB`);
}

async function* limited(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const seen = { bytes: 0 };
  for await (const piece of bytes) {
    seen.bytes += piece.length;
    if (seen.bytes > LARGEST_FILE_BYTES) throw tooLarge(name);
    yield piece;
  }
}
