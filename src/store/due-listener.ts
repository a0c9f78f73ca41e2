import { Client } from "pg";
import { describeFault } from "../core/fault.ts";
import type { Clock, Log } from "../core/ports.ts";
import type { DatabaseAddress } from "./database.ts";
import { connectionSettings } from "./database.ts";

/** The payload names the schema: several bots may share a database. */
export const DUE_CHANNEL = "avatar_bot_due";

const LIMITS = { connectMs: 5_000, statementMs: 10_000 };
const RECONNECT_MS = { first: 500, most: 30_000 };
/** A network that swallows everything is noticed by asking. */
const ASK_MS = 30_000;

export interface DueListenerOptions {
  readonly address: DatabaseAddress;
  readonly clock: Pick<Clock, "sleep">;
  readonly log: Log;
  readonly wake: () => void;
  readonly askMs?: number;
}

/**
 * Hears from other replicas that something is due at once, on a connection of its own that is made anew when it ends.
 * What is said meanwhile is lost, so it wakes after each gap; polling stays the truth.
 */
export class DueListener {
  readonly #options: DueListenerOptions;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: DueListenerOptions) {
    this.#options = options;
    this.#running = this.#listenAlways();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #listenAlways(): Promise<void> {
    const { clock, log, wake } = this.#options;
    const { signal } = this.#closing;
    let waitMs = RECONNECT_MS.first;
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      const client = new Client(connectionSettings(this.#options.address.url, LIMITS));
      try {
        await this.#connect(client);
        waitMs = RECONNECT_MS.first;
        if (!isFirst) wake();
        await this.#askUntilItEnds(client);
      } catch (error) {
        if (!signal.aborted) log.warn("listening to the database", { because: describeFault(error), waitMs });
      }
      await client.end().catch(() => undefined);
      await clock.sleep(waitMs, signal);
      waitMs = Math.min(RECONNECT_MS.most, waitMs * 2);
    }
  }

  async #connect(client: Client): Promise<void> {
    client.on("error", () => undefined);
    client.on("notification", ({ payload }) => {
      if (payload === schema.name) this.#options.wake();
    });
    const schema: { name?: string } = {};
    await client.connect();
    const { rows } = await client.query<{ name: string }>("SELECT current_schema() AS name");
    Object.assign(schema, rows[0]);
    await client.query(`LISTEN ${DUE_CHANNEL}`);
  }

  /** @throws when the connection answers no more */
  async #askUntilItEnds(client: Client): Promise<void> {
    const ended = new AbortController();
    const over = AbortSignal.any([this.#closing.signal, ended.signal]);
    client.once("end", () => ended.abort());
    for (;;) {
      await this.#options.clock.sleep(this.#options.askMs ?? ASK_MS, over);
      if (over.aborted) return;
      await client.query("SELECT 1");
    }
  }
}
