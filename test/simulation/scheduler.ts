import { createHash } from "node:crypto";
import type { Clock } from "../../src/core/ports.ts";
import { Random } from "./random.ts";

interface Pending {
  readonly at: number;
  /** Decides between what is due at the same time. */
  readonly tie: number;
  readonly run: () => unknown;
}

/** Kept from before the virtual timers replaced the real ones. */
const realImmediate = setImmediate;
/** Turns of the event loop after which nothing that was woken still runs: streams and promises take one or two. */
const QUIET_TURNS = 2;

/**
 * Decides what happens next: everything that waits in the simulated world is one entry of its queue, and time jumps from
 * one to the next. Between two entries all code runs until it waits again, so a seed always gives the same order.
 */
export class Scheduler implements Clock {
  readonly random: Random;
  readonly #hash = createHash("sha256");
  readonly #pending = new Set<Pending>();
  readonly #onLine: ((line: string) => void) | undefined;
  #heap: Pending[] = [];
  #now: number;
  #steps = 0;

  constructor(seed: number, start: number, onLine?: (line: string) => void) {
    this.random = new Random(seed);
    this.#now = start;
    this.#onLine = onLine;
  }

  now(): number {
    return this.#now;
  }

  get steps(): number {
    return this.#steps;
  }

  get pending(): number {
    return this.#pending.size;
  }

  /** Runs something after `ms`. @returns cancels it */
  after(ms: number, run: () => unknown): () => void {
    const entry = { at: this.#now + Math.max(0, ms), tie: this.random.next(), run };
    this.#pending.add(entry);
    push(this.#heap, entry);
    return () => void this.#pending.delete(entry);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      if (signal?.aborted) return wake();
      const end = (): void => {
        cancel();
        signal?.removeEventListener("abort", end);
        wake();
      };
      const cancel = this.after(ms, end);
      signal?.addEventListener("abort", end);
    });
  }

  /** Writes a line into the trace. It must not hold anything random, such as ids of the process. */
  note(line: string): void {
    const timed = `${((this.#now % 86_400_000) / 1000).toFixed(3)} ${line}`;
    this.#hash.update(timed).update("\n");
    this.#onLine?.(timed);
  }

  /** Of everything that happened. */
  trace(): string {
    return this.#hash.copy().digest("hex").slice(0, 16);
  }

  /** Lets things happen until `isOver`, or until the simulated time is up. @returns whether it was over in time */
  async run(isOver: () => boolean, until: number): Promise<boolean> {
    await quiet();
    while (!isOver()) {
      const next = this.#next();
      if (!next) return isOver();
      if (next.at > until) {
        this.#pending.add(next);
        push(this.#heap, next);
        this.#now = until;
        return isOver();
      }
      this.#now = Math.max(this.#now, next.at);
      this.#steps += 1;
      await next.run();
      await quiet();
    }
    return true;
  }

  #next(): Pending | undefined {
    for (;;) {
      const first = pop(this.#heap);
      if (!first || this.#pending.delete(first)) return first;
    }
  }
}

/** Until all code that was woken waits again. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < QUIET_TURNS; turn += 1) await new Promise((next) => realImmediate(next));
}

function isBefore(a: Pending, b: Pending): boolean {
  return a.at === b.at ? a.tie < b.tie : a.at < b.at;
}

function push(heap: Pending[], entry: Pending): void {
  let at = heap.push(entry) - 1;
  for (let parent = (at - 1) >> 1; at > 0; parent = (at - 1) >> 1) {
    const above = heap[parent];
    if (!above || !isBefore(entry, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = entry;
}

function pop(heap: Pending[]): Pending | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (!last || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const child = smallerChild(heap, at);
    const below = heap[child];
    if (!below || !isBefore(below, last)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
  return first;
}

function smallerChild(heap: readonly Pending[], at: number): number {
  const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
  return left && right && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
}
