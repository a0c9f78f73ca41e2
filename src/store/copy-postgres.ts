import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Fault } from "../core/fault.ts";
import type { CopyEnd, StoreContents } from "./copy-store.ts";
import type { DatabaseOptions, Query } from "./database.ts";
import { Database } from "./database.ts";
import { HOUR_MS } from "./dedup-log.ts";
import { migrateDatabase } from "./migrate-database.ts";
import { SEEN_FOR_MS } from "./postgres-store.ts";
import { numberOf, ROW_COLUMNS, readRow, requestRows, rowOf, storableText, storedText } from "./request-row.ts";
import { readLocales, writeLocales } from "./stored-locales.ts";

/** A big table takes longer than a change of one request. */
const LIMITS = { connections: 1, statementMs: 600_000, patienceMs: 0 };
/** How long a connection that has ended is still in the server's list. */
const LINGER_MS = 5_000;
const LINGER_POLL_MS = 100;

/**
 * A database as one side of a copy; its tables are made where they are missing.
 * @throws {Fault} `store-busy` while bots are connected, `store-unreadable`
 */
export async function copyPostgres(options: Omit<DatabaseOptions, "limits">): Promise<CopyEnd> {
  await migrateDatabase(options.address, options.log);
  const database = new Database({ ...options, limits: LIMITS });
  const inOneTransaction = <T>(doing: string, work: (query: Query) => Promise<T>): Promise<T> =>
    database.attempt("store-unreadable", doing, () => database.transaction(work));
  try {
    await database.attempt("store-unreadable", `counting the connections to ${database.name}`, (query) =>
      refuseRunningBots(query, options),
    );
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    name: database.name,
    read: () =>
      inOneTransaction(`reading ${database.name}`, async (query) => {
        await query("LOCK TABLE requests, seen_keys IN SHARE MODE");
        return readContents(query);
      }),
    write: (contents) => inOneTransaction(`writing to ${database.name}`, (query) => writeContents(query, contents)),
    close: () => database.close(),
  };
}

async function refuseRunningBots(query: Query, { address, clock }: Omit<DatabaseOptions, "limits">): Promise<void> {
  const sql = `
    SELECT count(*)::int AS number FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = current_setting('application_name')
      AND pid <> pg_backend_pid()`;
  const counted = z.tuple([z.object({ number: z.int() })]);
  for (let waitedMs = 0; ; waitedMs += LINGER_POLL_MS) {
    const [{ number }] = counted.parse(await query(sql));
    if (number === 0) return;
    if (waitedMs >= LINGER_MS)
      throw new Fault(
        "store-busy",
        `opening ${address.name}: ${number} connections of bots are open; stop the bots first`,
      );
    await clock.sleep(LINGER_POLL_MS);
  }
}

const highestRows = z.tuple([z.object({ highest: z.coerce.number() })]);
const seenRows = z.array(z.object({ key: z.string(), at: z.coerce.number() }));

async function readContents(query: Query): Promise<StoreContents> {
  const rows = requestRows.parse(
    await query("SELECT number::text, document::text FROM requests ORDER BY requests.number"),
  );
  const [{ highest }] = highestRows.parse(
    await query("SELECT (CASE WHEN is_called THEN last_value ELSE 0 END)::text AS highest FROM request_numbers"),
  );
  const sql = `
    SELECT key, (extract(epoch FROM expires_at) * 1000 - $1)::text AS at FROM seen_keys
    WHERE expires_at > clock_timestamp()`;
  const seen = new Map<number, Set<string>>();
  for (const { key, at } of seenRows.parse(await query(sql, [SEEN_FOR_MS]))) {
    const hour = Math.floor(at / HOUR_MS);
    seen.set(hour, (seen.get(hour) ?? new Set()).add(storedText(key)));
  }
  return { records: rows.map(readRow), highest, seen, locales: await readLocales(query) };
}

async function writeContents(query: Query, { records, highest, seen, locales }: StoreContents): Promise<void> {
  await writeLocales(query, locales);
  for (const c of records) {
    const row = rowOf(c, randomUUID());
    const places = row.map((_value, i) => `$${i + 2}`).join(", ");
    await query(`INSERT INTO requests (number, ${ROW_COLUMNS}) VALUES ($1, ${places})`, [numberOf(c.id), ...row]);
  }
  if (highest > 0) await query("SELECT setval('request_numbers', $1)", [highest]);
  for (const [hour, keys] of seen) {
    const sql = `
      INSERT INTO seen_keys (key, change_id, expires_at)
      SELECT key, gen_random_uuid(), to_timestamp($2::double precision / 1000) FROM unnest($1::text[]) AS key
      ON CONFLICT (key) DO NOTHING`;
    await query(sql, [[...keys].map(storableText), hour * HOUR_MS + SEEN_FOR_MS]);
  }
}
