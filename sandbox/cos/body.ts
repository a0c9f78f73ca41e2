import { createHash, randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { Crc64 } from "./crc64.ts";
import { CosError } from "./errors.ts";

const HEAD_BYTES = 64 * 1024;

/** Metadata of received bytes. The bytes are kept on disk only, and only when a folder was given. */
export interface Received {
  readonly size: number;
  readonly crc64: bigint;
  readonly md5: Buffer;
  /** the first 64 KB, to look at the type */
  readonly head: Buffer;
  readonly file?: string;
}

/** Cut the connection here, without an answer. */
export class Cut extends Error {}

/**
 * Reads a request's body to its end, holding no more than one chunk of it.
 * @param cutAfter  bytes after which the connection breaks
 * @throws {Cut} when `cutAfter` was given; or the stream's own error when the client went away
 */
export async function receive(
  request: IncomingMessage,
  options: { dataDir?: string | undefined; cutAfter?: number | undefined },
): Promise<Received> {
  const file = options.dataDir === undefined ? undefined : join(options.dataDir, randomUUID());
  const disk = file === undefined ? undefined : await open(file, "wx");
  try {
    const received = await count(request, options.cutAfter, async (chunk) => void (await disk?.writeFile(chunk)));
    return file === undefined ? received : { ...received, file };
  } catch (error) {
    if (file !== undefined) await rm(file, { force: true });
    throw error;
  } finally {
    await disk?.close();
  }
}

async function count(
  request: IncomingMessage,
  cutAfter: number | undefined,
  write: (chunk: Buffer) => Promise<void>,
): Promise<Received> {
  const md5 = createHash("md5");
  const crc = new Crc64();
  const head = Buffer.alloc(HEAD_BYTES);
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (size < HEAD_BYTES) chunk.copy(head, size);
    size += chunk.length;
    if (cutAfter !== undefined && size >= cutAfter) throw new Cut();
    md5.update(chunk);
    crc.update(chunk);
    await write(chunk);
  }
  if (cutAfter !== undefined) throw new Cut();
  return {
    size,
    crc64: crc.digest(),
    md5: md5.digest(),
    head: Buffer.from(head.subarray(0, Math.min(size, HEAD_BYTES))),
  };
}

/** A small body as a whole, e.g. the list of parts. @throws {CosError} MalformedXML above `most` bytes */
export async function receiveWhole(request: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new CosError("MalformedXML", `A body over ${most} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
