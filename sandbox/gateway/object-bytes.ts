import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import type { SandboxCos } from "../cos/server.ts";

/** The bytes that COS keeps of an object: all of them for inspected files, else the first 64 KB. */
export interface ObjectBytes {
  /** of the whole object */
  readonly size: number;
  /** how many of them can be read */
  readonly kept: number;
  read(offset: number, length: number): Promise<Buffer>;
  /** @param end  exclusive */
  stream(start: number, end: number): AsyncIterable<Buffer>;
}

export function objectBytes(cos: SandboxCos, bucket: string, key: string): ObjectBytes {
  const size = cos.head(bucket, key)?.size ?? 0;
  const file = cos.file(bucket, key);
  if (file !== undefined) {
    return {
      size,
      kept: size,
      read: (offset, length) => readFile(file, offset, length),
      stream: (start, end) => (end > start ? createReadStream(file, { start, end: end - 1 }) : Readable.from([])),
    };
  }
  const head = cos.peek(bucket, key) ?? Buffer.alloc(0);
  return {
    size,
    kept: head.length,
    read: async (offset, length) => head.subarray(offset, offset + length),
    stream: (start, end) => Readable.from([head.subarray(start, end)]),
  };
}

async function readFile(path: string, offset: number, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position: offset });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
