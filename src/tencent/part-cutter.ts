import { Readable } from "node:stream";
import { Fault } from "../core/fault.ts";
import type { Crc64 } from "./crc64.ts";
import { raceAbort } from "./race-abort.ts";

/** A fixed set of reused buffers, so that a transfer's memory does not depend on the file's size. */
export class BufferPool {
  readonly bufferBytes: number;
  readonly #free: Buffer[] = [];
  readonly #waiting: ((buffer: Buffer) => void)[] = [];
  #unmade: number;

  constructor(bufferBytes: number, buffers: number) {
    this.bufferBytes = bufferBytes;
    this.#unmade = buffers;
  }

  async take(): Promise<Buffer> {
    const free = this.#free.pop();
    if (free) return free;
    if (this.#unmade === 0) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#unmade -= 1;
    return Buffer.allocUnsafeSlow(this.bufferBytes);
  }

  give(buffer: Buffer): void {
    const next = this.#waiting.shift();
    if (next) next(buffer);
    else this.#free.push(buffer);
  }
}

/** One part. `bytes` are in a pooled buffer until `release`. */
export interface Part {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
  readonly release: () => void;
}

/**
 * Cuts a source into parts of the pool's buffer size; the last may be shorter.
 * @param size  the exact number of bytes that the source must have
 * @param crc   fed with every byte
 * @throws {Fault} `source-*`; `source-cut` if the source breaks, ends early or is too long
 */
export async function* cutParts(
  source: AsyncIterable<Uint8Array>,
  options: { readonly size: number; readonly pool: BufferPool; readonly crc: Crc64; readonly signal: AbortSignal },
): AsyncGenerator<Part> {
  const { size, pool, crc, signal } = options;
  let buffer: Buffer | undefined;
  let filled = 0;
  let total = 0;
  let number = 0;

  function part(whole: Buffer): Part {
    number += 1;
    return { number, bytes: whole.subarray(0, filled), release: () => pool.give(whole) };
  }

  for await (const chunk of chunksOf(source, signal)) {
    total += chunk.byteLength;
    if (total > size) throw new Fault("source-cut", `reading the file: it is longer than its ${size} bytes`);
    crc.update(chunk);
    for (let from = 0; from < chunk.byteLength; ) {
      buffer ??= await raceAbort(pool.take(), signal);
      const slice = chunk.subarray(from, from + pool.bufferBytes - filled);
      buffer.set(slice, filled);
      filled += slice.byteLength;
      from += slice.byteLength;
      if (filled < pool.bufferBytes) continue;
      yield part(buffer);
      buffer = undefined;
      filled = 0;
    }
  }
  if (total < size) throw new Fault("source-cut", `reading the file: it ended after ${total} of ${size} bytes`);
  if (buffer) yield part(buffer);
}

async function* chunksOf(source: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await raceAbort(iterator.next(), signal);
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    throw error instanceof Fault ? error : new Fault("source-cut", "reading the file", { cause: error });
  } finally {
    // return() would wait for a next() that may never resolve; destroying a stream ends it immediately.
    if (source instanceof Readable) source.destroy();
    iterator.return?.().catch(() => {});
  }
}
