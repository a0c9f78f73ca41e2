import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { DueKind } from "../core/ports.ts";
import type { TickPorts } from "./poll.ts";
import { processDue } from "./poll.ts";
import { showFilms } from "./show-film.ts";
import type { Transfers } from "./transfers.ts";

/** How many of each kind are processed at the same time: those that wait for a slow service must not fill the memory. */
const MOST_AT_ONCE = 100;
/** How many of those that need no report of the vendor are claimed at once. */
const URGENT_BATCH = 20;
/** Longer than processing one request usually takes; what is done twice nevertheless compares and sets. */
const TICK_LEASE_MS = 30_000;
/** A request that is still due after it was processed waits this long. */
const AGAIN_MS = 5_000;

/** Processes every request that is due: orphaned claims and uploads, inspections, progress, undelivered notices. */
export function tick(ports: TickPorts, transfers: Transfers): Promise<void> {
  return ticker(ports, transfers)();
}

/**
 * Claims progress reports as the gateway has room for them, so that a lease begins when the work does. What people would
 * miss does not wait for that, nor for what is slow.
 * @param stopping  ends the claiming; what was claimed is still processed
 * @returns a tick, which resolves when all that it began has ended
 */
export function ticker(ports: TickPorts, transfers: Transfers, stopping?: AbortSignal): () => Promise<void> {
  const process = (c: Customization) => processLeased(ports, transfers, c);
  const urgent = new Pull(ports, process, "urgent", async () => URGENT_BATCH, stopping);
  const all = new Pull(ports, process, "all", ports.gatewayRoom, stopping);
  return async () => {
    await Promise.all([urgent.run(), all.run()]);
  };
}

/** Claims and processes until nothing is due. One run at a time: another one that is asked for meanwhile follows it. */
class Pull {
  readonly #ports: TickPorts;
  readonly #process: (c: Customization) => Promise<void>;
  readonly #which: DueKind;
  readonly #room: () => Promise<number>;
  readonly #stopping: AbortSignal | undefined;
  readonly #underWay = new Set<Promise<void>>();
  readonly #begunAt = new Map<string, number>();
  #isRunning = false;
  #again = false;

  constructor(
    ports: TickPorts,
    process: (c: Customization) => Promise<void>,
    which: DueKind,
    room: () => Promise<number>,
    stopping: AbortSignal | undefined,
  ) {
    this.#ports = ports;
    this.#process = process;
    this.#which = which;
    this.#room = room;
    this.#stopping = stopping;
  }

  async run(): Promise<void> {
    this.#again = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#again && !this.#stopping?.aborted) {
        this.#again = false;
        await this.#untilNothingIsDue();
      }
    } finally {
      this.#isRunning = false;
      await Promise.all(this.#underWay);
    }
  }

  async #untilNothingIsDue(): Promise<void> {
    const stillDue: string[] = [];
    try {
      for (let claimed = 1; claimed > 0; ) {
        const limit = await this.#room();
        if (this.#stopping?.aborted) return;
        claimed = await this.#claim(limit, stillDue);
        while (this.#underWay.size >= MOST_AT_ONCE) await Promise.race(this.#underWay);
      }
    } finally {
      // Until now their leases have kept them out of the way of the others.
      for (const id of stillDue) await this.#ports.store.release(id).catch(() => undefined);
    }
  }

  async #claim(limit: number, stillDue: string[]): Promise<number> {
    const { store, clock } = this.#ports;
    const now = clock.now();
    const due = await store.claimDue(now, limit, TICK_LEASE_MS, this.#which);
    for (const [id, at] of this.#begunAt) if (now - at >= AGAIN_MS) this.#begunAt.delete(id);
    for (const c of due) {
      if (this.#begunAt.has(c.id)) stillDue.push(c.id);
      else this.#begin(c, now);
    }
    return due.length;
  }

  #begin(c: Customization, now: number): void {
    this.#begunAt.set(c.id, now);
    const work: Promise<void> = this.#process(c).finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }
}

async function processLeased(ports: TickPorts, transfers: Transfers, c: Customization): Promise<void> {
  try {
    await processDue(ports, transfers, c);
  } catch (error) {
    ports.log.error("processing a due request", { id: c.id, because: describeFault(error) });
  }
  await ports.store.release(c.id).catch((error: unknown) => {
    ports.log.warn("giving back a due request", { id: c.id, because: describeFault(error) });
  });
  // A film takes minutes: without the lease, other work for the request goes on beside it.
  await showFilms(ports, c.id).catch((error: unknown) => {
    ports.log.error("showing films", { id: c.id, because: describeFault(error) });
  });
}
