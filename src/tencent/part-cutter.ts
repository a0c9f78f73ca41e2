import { finished, Readable } from "node:stream";
import { Fault } from "../core/fault.ts";
import type { HashedBytes } from "./crc64.ts";
import type { PartBuffer, PartLease } from "./part-pool.ts";
import { abortFault } from "./race-abort.ts";

/** One part, in a pooled buffer until `release`. */
export interface Part {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
  readonly hash: () => Promise<HashedBytes>;
  readonly release: () => void;
}

interface CutOptions {
  /** The exact number of bytes that the source must have. */
  readonly size: number;
  readonly lease: PartLease;
  readonly onPart: (part: Part) => void;
  readonly signal: AbortSignal;
}

/**
 * Reads a source to its end and cuts it into parts of the lease's size; the last may be shorter. The source waits while no
 * buffer is free.
 * @throws {Fault} `source-*`; `source-cut` if the source breaks, ends early or is too long
 */
export async function cutParts(source: AsyncIterable<Uint8Array>, options: CutOptions): Promise<void> {
  const stream = source instanceof Readable ? source : Readable.from(source);
  const filler = new PartFiller(options);
  try {
    await readAll(stream, filler, options);
    filler.end();
  } catch (error) {
    filler.drop();
    throw error instanceof Fault ? error : new Fault("source-cut", "reading the file", { cause: error });
  } finally {
    stream.destroy();
  }
}

/** By events: a promise or a generator for each chunk costs more than copying it. */
function readAll(stream: Readable, filler: PartFiller, { lease, signal }: CutOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    let hasEnded = false;
    let rest: Uint8Array | undefined;

    function settle(error?: unknown): void {
      isOver = true;
      signal.removeEventListener("abort", onAbort);
      stream.off("data", onData);
      if (error === undefined) resolve();
      else reject(error);
    }
    function onAbort(): void {
      settle(abortFault(signal));
    }
    function onData(chunk: Uint8Array): void {
      try {
        rest = filler.fill(chunk);
      } catch (error) {
        settle(error);
      }
      if (isOver || !rest) return;
      stream.pause();
      lease.whenFree(goOn);
    }
    function goOn(): void {
      if (isOver || !rest) return;
      onData(rest);
      if (isOver || rest) return;
      if (hasEnded) settle();
      else stream.resume();
    }

    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    finished(stream, { writable: false }, (error) => {
      hasEnded = true;
      if (error) settle(error);
      else if (!rest) settle();
    });
    stream.on("data", onData);
  });
}

class PartFiller {
  readonly #options: CutOptions;
  #buffer: PartBuffer | undefined;
  #filled = 0;
  #total = 0;
  #number = 0;

  constructor(options: CutOptions) {
    this.#options = options;
  }

  /** @returns the bytes for which no buffer is free; the caller passes them again */
  fill(chunk: Uint8Array): Uint8Array | undefined {
    const { size, lease } = this.#options;
    let rest = chunk;
    while (rest.byteLength > 0) {
      this.#buffer ??= lease.take();
      if (!this.#buffer) return rest;
      const slice = rest.subarray(0, lease.partBytes - this.#filled);
      this.#total += slice.byteLength;
      if (this.#total > size) throw new Fault("source-cut", `reading the file: it is longer than its ${size} bytes`);
      this.#buffer.bytes.set(slice, this.#filled);
      this.#filled += slice.byteLength;
      rest = rest.subarray(slice.byteLength);
      if (this.#filled === lease.partBytes) this.#pass(this.#buffer);
    }
    return undefined;
  }

  end(): void {
    const { size } = this.#options;
    if (this.#total < size) {
      throw new Fault("source-cut", `reading the file: it ended after ${this.#total} of ${size} bytes`);
    }
    if (this.#buffer) this.#pass(this.#buffer);
  }

  /** Releases the buffer of an unfinished part. */
  drop(): void {
    this.#buffer?.release();
    this.#buffer = undefined;
  }

  #pass({ bytes, hash, release }: PartBuffer): void {
    const length = this.#filled;
    this.#number += 1;
    this.#buffer = undefined;
    this.#filled = 0;
    this.#options.onPart({ number: this.#number, bytes: bytes.subarray(0, length), hash: () => hash(length), release });
  }
}
