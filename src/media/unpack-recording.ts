import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";
import type { RandomAccess } from "../core/check-ports.ts";
import { Fault } from "../core/fault.ts";
import type { PackedRecording } from "../core/packed-recording.ts";

/** How much of the package is read, and held, at a time. */
const RANGE_BYTES = 2 * 1024 ** 2;
const LOCAL_HEADER_BYTES = 30;

/**
 * Takes a recording out of a zip by ranges, never more than a few in memory; zlib inflates on its own threads. What
 * outgrows its declared size ends: that may be a bomb.
 * @throws {Fault} `packed-recording`; what the file's source throws
 */
export async function* unpackRecording(file: RandomAccess, recording: PackedRecording): AsyncGenerator<Uint8Array> {
  const packed = packedBytes(file, recording);
  const bytes = recording.isDeflated ? inflated(packed, recording) : packed;
  let size = 0;
  let sum = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > recording.size) throw damaged(recording, `more than its ${recording.size} bytes`);
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (size < recording.size) throw damaged(recording, `${size} of its ${recording.size} bytes`);
  if (sum !== recording.crc32) throw damaged(recording, "its CRC-32 is wrong");
}

async function* packedBytes(file: RandomAccess, recording: PackedRecording): AsyncGenerator<Uint8Array> {
  const start = await startOfData(file, recording);
  for (let at = 0; at < recording.packed; ) {
    const length = Math.min(RANGE_BYTES, recording.packed - at);
    yield await read(file, start + at, length, recording);
    at += length;
  }
}

/** The local header has a name and extra fields of its own length. */
async function startOfData(file: RandomAccess, recording: PackedRecording): Promise<number> {
  const header = Buffer.from(await read(file, recording.offset, LOCAL_HEADER_BYTES, recording));
  if (header.toString("latin1", 0, 4) !== "PK\x03\x04") throw damaged(recording, "no local header");
  return recording.offset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
}

async function read(
  file: RandomAccess,
  offset: number,
  length: number,
  recording: PackedRecording,
): Promise<Uint8Array> {
  const bytes = await file.read(offset, length);
  if (bytes?.length === length) return bytes;
  throw damaged(recording, `${length} bytes at ${offset} are out of reach`);
}

async function* inflated(packed: AsyncIterable<Uint8Array>, recording: PackedRecording): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw();
  const done = pipeline(Readable.from(packed, { objectMode: false }), inflate).catch((error: unknown) => {
    throw error instanceof Fault ? error : damaged(recording, "inflating", error);
  });
  // Reading ends with the same error; it is thrown once, below.
  done.catch(() => undefined);
  try {
    for await (const chunk of inflate) yield Buffer.from(chunk);
  } catch {
    await done;
  } finally {
    inflate.destroy();
  }
  await done;
}

function damaged({ name }: PackedRecording, why: string, cause?: unknown): Fault {
  return new Fault("packed-recording", `taking ${JSON.stringify(name)} out of its package: ${why}`, { cause });
}
