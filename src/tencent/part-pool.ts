import type { HashedBytes } from "./crc64.ts";
import { MOST_PAGES, PAGE_BYTES } from "./crc64-kernel.ts";
import type { SharedMemory } from "./hash-thread.ts";
import { HashThread, sharedMemory } from "./hash-thread.ts";

/** COS allows 10,000 parts, so this is enough for 39 GB. */
const PART_BYTES = 4 * 1024 ** 2;
const PARTS_IN_FLIGHT = 3;

/** More transfers than this send fewer parts at a time: it keeps memory and delays of the event loop down. */
const MANY_TRANSFERS = 3;
const IN_FLIGHT_OF_MANY = 2;

/** Bytes of one part in memory that is reused after `release`. */
export interface PartBuffer {
  readonly bytes: Buffer;
  /** Hashes the first `length` bytes in a thread; they must not change until then. */
  hash(length: number): Promise<HashedBytes>;
  release(): void;
}

/** One transfer's share of the pool. */
export interface PartLease {
  readonly partBytes: number;
  /** How many parts to send at a time. */
  readonly inFlight: number;
  /** Undefined while the transfer has one buffer more than it may send at a time. */
  take(): PartBuffer | undefined;
  /** Calls back once, when `take` may succeed. */
  whenFree(callback: () => void): void;
  /** Everything that was taken must have been released. */
  end(): void;
}

/**
 * Buffers for the parts of all transfers, so that memory depends neither on a file's size nor on how many there were.
 * They lie in memory that is shared with the thread that hashes them: ordinary buffers of this size would make V8 collect
 * garbage all the time.
 */
export class PartPool {
  readonly partBytes: number;
  readonly #partsInFlight: number;
  readonly #pagesOfPart: number;
  readonly #memory: SharedMemory = sharedMemory();
  readonly #thread = new HashThread(this.#memory);
  readonly #free: number[] = [];
  readonly #waiting = new Set<() => void>();
  #made = 0;
  #leases = 0;

  constructor(partBytes = PART_BYTES, partsInFlight = PARTS_IN_FLIGHT) {
    this.partBytes = partBytes;
    this.#partsInFlight = partsInFlight;
    this.#pagesOfPart = Math.ceil(partBytes / PAGE_BYTES);
  }

  lease(): PartLease {
    let taken = 0;
    this.#leases += 1;
    const inFlight = (): number =>
      this.#leases > MANY_TRANSFERS ? Math.min(IN_FLIGHT_OF_MANY, this.#partsInFlight) : this.#partsInFlight;
    const release = (at: number): void => {
      taken -= 1;
      this.#free.push(at);
      this.#wake();
    };
    return {
      partBytes: this.partBytes,
      get inFlight() {
        return inFlight();
      },
      take: () => {
        const at = taken > inFlight() ? undefined : (this.#free.pop() ?? this.#make());
        if (at === undefined) return undefined;
        taken += 1;
        return {
          bytes: Buffer.from(this.#memory.buffer, at, this.partBytes),
          hash: (length) => this.#thread.hash(at, length),
          release: () => release(at),
        };
      },
      whenFree: (callback) => void this.#waiting.add(callback),
      end: () => {
        this.#leases -= 1;
        this.#wake();
      },
    };
  }

  /** The first page is the kernel's. @returns undefined when the memory is at its maximum */
  #make(): number | undefined {
    const page = 1 + this.#made * this.#pagesOfPart;
    if (page + this.#pagesOfPart > MOST_PAGES) return undefined;
    this.#memory.grow(this.#pagesOfPart);
    this.#made += 1;
    return page * PAGE_BYTES;
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const callback of waiting) callback();
  }
}
