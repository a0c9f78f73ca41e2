import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Received } from "./body.ts";
import { crc64OfParts } from "./crc64.ts";
import { CosError } from "./errors.ts";

const SMALLEST_PART_BYTES = 1024 * 1024;

export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly crc64: bigint;
  /** without quotes */
  readonly etag: string;
  readonly contentType: string | undefined;
  /** milliseconds since 1970 */
  readonly uploadedAt: number;
  readonly head: Buffer;
  readonly file: string | undefined;
}

export interface Part extends Received {
  readonly number: number;
  readonly etag: string;
  readonly uploadedAt: number;
}

interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string | undefined;
  readonly parts: Map<number, Part>;
}

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** Objects and open uploads of every bucket: their metadata, and their bytes when a folder was given. */
export class ObjectStore {
  readonly #objects = new Map<string, StoredObject>();
  readonly #uploads = new Map<string, Upload>();
  readonly #now: () => number;
  readonly #dataDir: string | undefined;

  constructor(options: { now: () => number; dataDir: string | undefined }) {
    this.#now = options.now;
    this.#dataDir = options.dataDir;
  }

  find(bucket: string, key: string): StoredObject | undefined {
    return this.#objects.get(`${bucket}/${key}`);
  }

  objects(): StoredObject[] {
    return [...this.#objects.values()];
  }

  uploads(): Upload[] {
    return [...this.#uploads.values()];
  }

  async put(place: Place, received: Received, contentType: string | undefined): Promise<StoredObject> {
    return this.#keep({ ...place, ...received, file: received.file, etag: received.md5.toString("hex"), contentType });
  }

  /** One that is not there is gone as well. */
  async remove({ bucket, key }: Place): Promise<void> {
    const before = this.#objects.get(`${bucket}/${key}`);
    this.#objects.delete(`${bucket}/${key}`);
    await removeFiles([before]);
  }

  begin(place: Place, contentType: string | undefined): Upload {
    const id = `${Math.floor(this.#now() / 1000)}${randomBytes(27).toString("hex")}`;
    const upload: Upload = { bucket: place.bucket, key: place.key, id, contentType, parts: new Map() };
    this.#uploads.set(id, upload);
    return upload;
  }

  /** @throws {CosError} NoSuchUpload, also for an upload of another key */
  upload(place: Place, uploadId: string): Upload {
    const upload = this.#uploads.get(uploadId);
    if (upload?.bucket !== place.bucket || upload.key !== place.key) throw new CosError("NoSuchUpload");
    return upload;
  }

  /** A repeated part number replaces the earlier part. */
  async addPart(upload: Upload, number: number, received: Received): Promise<Part> {
    const before = upload.parts.get(number);
    const head = number === 1 ? received.head : Buffer.alloc(0);
    const part = { ...received, head, number, etag: received.md5.toString("hex"), uploadedAt: this.#now() };
    upload.parts.set(number, part);
    await removeFiles([before]);
    return part;
  }

  async abort(upload: Upload): Promise<void> {
    this.#uploads.delete(upload.id);
    await removeFiles([...upload.parts.values()]);
  }

  /** @throws {CosError} InvalidPartOrder, InvalidPart, EntityTooSmall; the upload stays open then */
  async complete(upload: Upload, listed: readonly { partNumber: number; etag: string }[]): Promise<StoredObject> {
    const parts = chosen(upload, listed);
    this.#uploads.delete(upload.id);
    const md5 = createHash("md5").update(Buffer.concat(parts.map((part) => part.md5)));
    const object = await this.#keep({
      bucket: upload.bucket,
      key: upload.key,
      size: parts.reduce((sum, part) => sum + part.size, 0),
      crc64: crc64OfParts(parts),
      etag: `${md5.digest("hex")}-${parts.length}`,
      contentType: upload.contentType,
      head: parts[0]?.head ?? Buffer.alloc(0),
      file: await this.#join(parts),
    });
    await removeFiles([...upload.parts.values()]);
    return object;
  }

  async #keep(object: Omit<StoredObject, "uploadedAt">): Promise<StoredObject> {
    const name = `${object.bucket}/${object.key}`;
    const before = this.#objects.get(name);
    const { bucket, key, size, crc64, etag, contentType, head, file } = object;
    const kept = { bucket, key, size, crc64, etag, contentType, uploadedAt: this.#now(), head, file };
    this.#objects.set(name, kept);
    await removeFiles([before]);
    return kept;
  }

  async #join(parts: readonly Part[]): Promise<string | undefined> {
    const sources = parts.map((part) => part.file).filter((source) => source !== undefined);
    if (this.#dataDir === undefined || sources.length === 0) return undefined;
    const file = join(this.#dataDir, randomUUID());
    await pipeline(async function* () {
      for (const source of sources) yield* createReadStream(source);
    }, createWriteStream(file));
    return file;
  }
}

function chosen(upload: Upload, listed: readonly { partNumber: number; etag: string }[]): Part[] {
  const parts = listed.map(({ partNumber, etag }, index) => {
    if (partNumber <= (listed[index - 1]?.partNumber ?? 0)) throw new CosError("InvalidPartOrder");
    const part = upload.parts.get(partNumber);
    if (part?.etag !== etag) throw new CosError("InvalidPart");
    return part;
  });
  if (parts.slice(0, -1).some((part) => part.size < SMALLEST_PART_BYTES)) throw new CosError("EntityTooSmall");
  return parts;
}

async function removeFiles(holders: readonly ({ file?: string | undefined } | undefined)[]): Promise<void> {
  for (const holder of holders) if (holder?.file !== undefined) await rm(holder.file, { force: true });
}
