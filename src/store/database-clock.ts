import { z } from "zod";
import { describeFault } from "../core/fault.ts";
import type { Clock, Log } from "../core/ports.ts";
import type { Database } from "./database.ts";

/** Two machines' quartzes drift apart by some milliseconds in this time. */
const SYNC_MS = 60_000;

const told = z.tuple([z.object({ now: z.number() })]);
const NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now";

/** The database's time on this machine: asked each minute, and counted on by a clock that nobody sets. */
export class DatabaseClock implements Clock {
  readonly #database: Database;
  readonly #log: Log;
  readonly #syncing: ReturnType<typeof setInterval>;
  readonly sleep: Clock["sleep"];
  #offset: number;

  private constructor(database: Database, log: Log, sleep: Clock["sleep"], offset: number) {
    this.#database = database;
    this.#log = log;
    this.sleep = sleep;
    this.#offset = offset;
    this.#syncing = setInterval(() => void this.#sync(), SYNC_MS);
    this.#syncing.unref();
  }

  /** @throws {Fault} `store-unreadable` */
  static async open(database: Database, log: Log, sleep: Clock["sleep"]): Promise<DatabaseClock> {
    return new DatabaseClock(database, log, sleep, await offsetOf(database));
  }

  now(): number {
    return Math.round(performance.now() + this.#offset);
  }

  close(): void {
    clearInterval(this.#syncing);
  }

  async #sync(): Promise<void> {
    try {
      this.#offset = await offsetOf(this.#database);
    } catch (error) {
      this.#log.warn("asking the database for the time", { because: describeFault(error) });
    }
  }
}

/** Of the database's clock over our monotonic one; its answer is from about the middle of the call. */
function offsetOf(database: Database): Promise<number> {
  return database.attempt("store-unreadable", "asking the database for the time", async (query) => {
    const askedAt = performance.now();
    const [{ now }] = told.parse(await query(NOW));
    return now - (askedAt + performance.now()) / 2;
  });
}
