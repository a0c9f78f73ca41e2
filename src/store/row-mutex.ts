import { randomUUID } from "node:crypto";
import { describeFault } from "../core/fault.ts";
import type { Clock, KeyedMutex, Log } from "../core/ports.ts";
import type { Database } from "./database.ts";
import { storableText } from "./request-row.ts";

export interface RowMutexOptions {
  readonly database: Database;
  /** Orders this replica's own work first, so that one piece of it at a time waits in the database. */
  readonly local: KeyedMutex;
  readonly clock: Pick<Clock, "sleep">;
  readonly log: Log;
  /** How long a key stays taken after its replica has died. */
  readonly leaseMs?: number;
}

const LEASE_MS = 15_000;
/** A lease is renewed this often in its time, so that one lost renewal does not end it. */
const RENEWALS = 3;
const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 500;

/**
 * A mutex of all replicas: a row with an owner and a lease, by the database's clock. It orders work, e.g. edits of one
 * message; a replica that was cut off for a whole lease may still be at it, so what must happen once is compared and set.
 * `run` throws `store-unwritten` when the key cannot be asked for.
 */
export function rowMutex(options: RowMutexOptions): KeyedMutex {
  return {
    run: (key, work) => options.local.run(key, () => runHolding({ leaseMs: LEASE_MS, ...options }, key, work)),
    idle: () => options.local.idle(),
  };
}

async function runHolding<T>(options: Required<RowMutexOptions>, key: string, work: () => Promise<T>): Promise<T> {
  const holder = { key: storableText(key), owner: randomUUID() };
  await acquire(options, holder);
  const done = new AbortController();
  const renewing = renewUntil(done.signal, options, holder);
  try {
    return await work();
  } finally {
    done.abort();
    await renewing;
    await giveBack(options, holder);
  }
}

interface Holder {
  readonly key: string;
  readonly owner: string;
}

/** Whoever has the row already gets it again: its first answer may have been lost. */
const ACQUIRE = `
  INSERT INTO mutexes (key, owner, lease_until)
  VALUES ($1, $2, clock_timestamp() + $3::double precision * interval '1 millisecond')
  ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until
    WHERE mutexes.lease_until <= clock_timestamp() OR mutexes.owner = excluded.owner
  RETURNING owner`;

async function acquire({ database, clock, leaseMs }: Required<RowMutexOptions>, holder: Holder): Promise<void> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    const got = await database.attempt("store-unwritten", `waiting for the turn of ${holder.key}`, (query) =>
      query(ACQUIRE, [holder.key, holder.owner, leaseMs]),
    );
    if (got.length > 0) return;
    await clock.sleep(waitMs * (0.5 + Math.random() / 2));
  }
}

const RENEW = `
  UPDATE mutexes SET lease_until = clock_timestamp() + $3::double precision * interval '1 millisecond'
  WHERE key = $1 AND owner = $2 RETURNING owner`;

async function renewUntil(done: AbortSignal, options: Required<RowMutexOptions>, holder: Holder): Promise<void> {
  const { database, clock, log, leaseMs } = options;
  const doing = `renewing the turn of ${holder.key}`;
  for (;;) {
    await clock.sleep(leaseMs / RENEWALS, done);
    if (done.aborted) return;
    try {
      const renewed = await database.attempt("store-unwritten", doing, (query) =>
        query(RENEW, [holder.key, holder.owner, leaseMs]),
      );
      if (renewed.length === 0) log.warn(`${doing}: another replica has it`);
    } catch (error) {
      log.warn(doing, { because: describeFault(error) });
    }
  }
}

async function giveBack({ database, log }: RowMutexOptions, holder: Holder): Promise<void> {
  const doing = `ending the turn of ${holder.key}`;
  try {
    await database.attempt("store-unwritten", doing, (query) =>
      query("DELETE FROM mutexes WHERE key = $1 AND owner = $2", [holder.key, holder.owner]),
    );
  } catch (error) {
    log.warn(`${doing}: its lease ends by itself`, { because: describeFault(error) });
  }
}
