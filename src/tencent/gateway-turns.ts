import PQueue from "p-queue";
import type { Clock } from "../core/ports.ts";
import type { RateSlots } from "../core/replica-ports.ts";

/** What a call is for: launches and decisions go first, then what a person waits for, an upload, nobody. */
const PRIORITY = { spends: 3, person: 2, upload: 1, nobody: 0 } as const;

/** Which call is next, at a rate that all replicas keep together. */
export class GatewayTurns {
  readonly #rate: number;
  readonly #rates: RateSlots;
  readonly #clock: Pick<Clock, "sleep">;
  /** Only the call whose turn is next holds a slot: whatever comes now waits for one of a lower class at most. */
  readonly #queue = new PQueue({ concurrency: 1 });

  constructor(options: { readonly rate: number; readonly rates: RateSlots; readonly clock: Pick<Clock, "sleep"> }) {
    this.#rate = options.rate;
    this.#rates = options.rates;
    this.#clock = options.clock;
  }

  /** @throws {Fault} `store-unwritten` when the slot cannot be asked for */
  async take(what: keyof typeof PRIORITY): Promise<void> {
    const slot = async () => this.#clock.sleep(await this.#rates.reserve("gateway", 1000 / this.#rate));
    await this.#queue.add(slot, { priority: PRIORITY[what] });
  }

  /** Resolves when fewer calls wait than about half a second takes, to how many more a second takes. */
  async room(): Promise<number> {
    // Calls that were just begun come into the queue first.
    await new Promise(setImmediate);
    await this.#queue.onSizeLessThan(Math.max(1, this.#rate / 2));
    return Math.max(1, Math.floor(this.#rate) - this.#queue.size);
  }
}
