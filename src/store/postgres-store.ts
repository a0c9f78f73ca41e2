import { randomUUID } from "node:crypto";
import type { Customization, NewCustomization } from "../core/customization.ts";
import { SCHEMA } from "../core/customization.ts";
import { describeFault, Fault } from "../core/fault.ts";
import type { Created, CustomizationStore, DueKind, Lease, ListFilter, Log, RequestCount } from "../core/ports.ts";
import { OPEN_STATES } from "../core/state.ts";
import { CLAIM } from "./claim-due.ts";
import { createRequest } from "./create-request.ts";
import type { DatabaseOptions } from "./database.ts";
import { Database } from "./database.ts";
import { DUE_CHANNEL } from "./due-listener.ts";
import { frozenCopy } from "./frozen-copy.ts";
import { migrateDatabase } from "./migrate-database.ts";
import { RecordCache } from "./record-cache.ts";
import type { RequestRow } from "./request-row.ts";
import {
  COUNT_REQUESTS,
  DOCUMENTS,
  documentRows,
  isNameTaken,
  numberOf,
  ROW_COLUMNS,
  readRow,
  requestCounts,
  requestRows,
  rowOf,
  storableText,
  versionRows,
} from "./request-row.ts";

/**
 * Opens the store that several replicas share. Claims, leases and expiry use the database's clock, so a replica with a
 * wrong clock does no harm.
 * @throws {Fault} `store-unreadable` when the database cannot be reached or prepared, `store-newer`
 */
export async function openPostgresStore(options: DatabaseOptions): Promise<CustomizationStore> {
  await migrateDatabase(options.address, options.log);
  const database = new Database(options);
  try {
    return await storeIn(database, options.log);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The store in a database that is prepared; closing it closes the database. @throws {Fault} `store-newer` */
export async function storeIn(database: Database, log: Log): Promise<CustomizationStore> {
  const store = new PostgresStore(database, log);
  await store.refuseNewer();
  return store;
}

/** Slack repeats a delivery for up to a day; one hour more allows for a delay of ours. */
export const SEEN_FOR_MS = 25 * 3600_000;
/** Expired keys are removed once per this many new ones. */
const SWEEP_EVERY = 500;

class PostgresStore implements CustomizationStore {
  readonly exclusive = false;
  readonly #database: Database;
  readonly #log: Log;
  /** The claims this replica holds; it releases only these. */
  readonly #leases = new Map<string, string>();
  /** Keys that may have been written although the reply was lost: a repeat of the delivery must still count as new. */
  readonly #unsure = new Map<string, string>();
  /** Unreadable records already logged, by number. */
  readonly #unreadable = new Set<string>();
  readonly #cache = new RecordCache();
  #sightings = 0;

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /** @throws {Fault} `store-newer` */
  async refuseNewer(): Promise<void> {
    const sql = "SELECT number::text, document::text FROM requests WHERE schema > $1 ORDER BY requests.number LIMIT 1";
    const found = await this.#database.attempt("store-unreadable", "looking for newer records", (query) =>
      query(sql, [SCHEMA]),
    );
    for (const row of requestRows.parse(found)) readRow(row);
  }

  async create(draft: NewCustomization): Promise<Created> {
    const changeId = randomUUID();
    const doing = `creating the request of the form ${draft.formId}`;
    return this.#database.attempt("store-unwritten", doing, () =>
      this.#database.transaction(async (query) => {
        // One at a time, so that no number is skipped and lists are in order of creation.
        await query("SELECT pg_advisory_xact_lock(hashtextextended('creations in ' || current_schema(), 0))");
        return createRequest(query, draft, changeId);
      }),
    );
  }

  async replace(next: Customization, lease?: Lease): Promise<Customization | undefined> {
    const number = numberOf(next.id);
    if (number === undefined) return undefined;
    const changeId = randomUUID();
    const record = frozenCopy({ ...next, version: next.version + 1 });
    const row = rowOf(record, changeId);
    const places = row.map((_value, i) => `$${i + 3}`).join(", ");
    // If the reply to the first attempt was lost, the retry finds its own write and repeats it.
    const sql = `
      WITH written AS (
        UPDATE requests SET (${ROW_COLUMNS}) = (${places})
        WHERE number = $1 AND (version = $2 OR (version = $3 AND change_id = $14))
          AND ($16::timestamptz IS NULL OR clock_timestamp() < $16)
        RETURNING number, due_at
      ), told AS (${TELL_DUE})
      SELECT number::text, (SELECT count(*) FROM told) FROM written`;
    const written = await this.#database.attempt("store-unwritten", `writing ${next.id}`, (query) =>
      query(sql, [number, next.version, ...row, lease ? new Date(lease.until).toISOString() : null]).catch(
        (error: unknown) => {
          throw isNameTaken(error) ? new Fault("name-taken", `writing ${next.id}`, { cause: error }) : error;
        },
      ),
    );
    return written.length === 0 ? undefined : record;
  }

  async get(id: string): Promise<Customization | undefined> {
    const number = numberOf(id);
    return number === undefined ? undefined : this.#find(`reading ${id}`, "number = $1", [number]);
  }

  async count(): Promise<RequestCount[]> {
    return this.#database.attempt("store-unreadable", "counting requests", async (query) =>
      requestCounts.parse(await query(COUNT_REQUESTS)),
    );
  }

  async byCard(channel: string, ts: string): Promise<Customization | undefined> {
    const key = [storableText(channel), storableText(ts)];
    return this.#find(`reading the request of the card ${channel} ${ts}`, "channel = $1 AND card = $2", key);
  }

  async byTask(taskId: string): Promise<Customization | undefined> {
    return this.#find(`reading the request of the task ${taskId}`, "task = $1", [storableText(taskId)]);
  }

  async #find(doing: string, where: string, values: readonly unknown[]): Promise<Customization | undefined> {
    const sql = `SELECT number::text, document::text FROM requests WHERE ${where}`;
    const found = await this.#database.attempt("store-unreadable", doing, (query) => query(sql, values));
    return requestRows.parse(found).map(readRow)[0];
  }

  /** Most records of a list are known from the last one: only those that have changed are read and parsed. */
  async list({ states, requester, channel, unfinished, limit }: ListFilter = {}): Promise<Customization[]> {
    const sql = `
      SELECT number::text, change_id::text AS change FROM requests
      WHERE ($1::text[] IS NULL OR state = ANY($1)) AND ($2::text IS NULL OR requester = $2)
        AND ($3::text IS NULL OR channel = $3) AND ($4::text[] IS NULL OR state = ANY($4) OR urgent_at IS NOT NULL)
      ORDER BY requests.number DESC LIMIT $5`;
    const who = requester === undefined ? null : storableText(requester);
    const where = channel === undefined ? null : storableText(channel);
    const values = [states ?? null, who, where, unfinished ? OPEN_STATES : null, limit ?? null];
    return this.#database.attempt("store-unreadable", "listing requests", async (query) => {
      const rows = versionRows.parse(await query(sql, values));
      const known = new Map(rows.map((row) => [row.number, this.#cache.find(row)]));
      const missing = rows.flatMap(({ number }) => (known.get(number) ? [] : [number]));
      for (const row of missing.length === 0 ? [] : documentRows.parse(await query(DOCUMENTS, [missing]))) {
        for (const c of this.#readable(row)) {
          this.#cache.keep(row, c);
          known.set(row.number, c);
        }
      }
      return rows.flatMap(({ number }) => known.get(number) ?? []);
    });
  }

  /** One record that cannot be read must not block the rest. */
  #readable(row: RequestRow): Customization[] {
    try {
      return [readRow(row)];
    } catch (error) {
      if (!this.#unreadable.has(row.number)) {
        this.#unreadable.add(row.number);
        this.#log.error("skipping a request whose record is unreadable", { because: describeFault(error) });
      }
      return [];
    }
  }

  /** Uses the database's time, not the replica's. */
  async claimDue(_now: number, limit: number, leaseMs: number, which: DueKind = "all"): Promise<Customization[]> {
    const leaseId = randomUUID();
    const found = await this.#database.attempt("store-unwritten", "claiming what is due", (query) =>
      query(CLAIM[which], [limit, leaseMs, SCHEMA, leaseId]),
    );
    const claimed = requestRows.parse(found).flatMap((row) => this.#readable(row));
    for (const { id } of claimed) this.#leases.set(id, leaseId);
    return claimed;
  }

  async release(id: string): Promise<void> {
    const leaseId = this.#leases.get(id);
    if (leaseId === undefined) return;
    this.#leases.delete(id);
    const sql = "UPDATE requests SET lease_until = NULL WHERE number = $1 AND lease_id = $2";
    await this.#database.attempt("store-unwritten", `giving back ${id}`, (query) =>
      query(sql, [numberOf(id), leaseId]),
    );
  }

  async markSeen(key: string): Promise<boolean> {
    const changeId = this.#unsure.get(key) ?? randomUUID();
    this.#unsure.delete(key);
    try {
      const marked = await this.#database.attempt("store-unwritten", "remembering a delivery", (query) =>
        query(MARK_SEEN, [storableText(key), changeId, SEEN_FOR_MS]),
      );
      this.#sightings += 1;
      if (this.#sightings % SWEEP_EVERY === 1) await this.#sweep();
      return marked.length > 0;
    } catch (error) {
      this.#unsure.set(key, changeId);
      throw error;
    }
  }

  async #sweep(): Promise<void> {
    try {
      await this.#database.attempt("store-unwritten", "removing expired keys", (query) =>
        query("DELETE FROM seen_keys WHERE expires_at <= clock_timestamp()"),
      );
    } catch (error) {
      this.#log.warn("removing expired keys", { because: describeFault(error) });
    }
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}

/** The other replicas hear of what is due at once. */
const TELL_DUE = `SELECT pg_notify('${DUE_CHANNEL}', current_schema()) FROM written WHERE due_at <= clock_timestamp()`;

/** The first caller gets the row; the same caller gets it again on a retry. */
const MARK_SEEN = `
  INSERT INTO seen_keys (key, change_id, expires_at) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
  ON CONFLICT (key) DO UPDATE SET change_id = excluded.change_id, expires_at = excluded.expires_at
    WHERE seen_keys.expires_at <= clock_timestamp() OR seen_keys.change_id = excluded.change_id
  RETURNING key`;
