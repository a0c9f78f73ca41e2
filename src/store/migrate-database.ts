import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import { Client } from "pg";
import { z } from "zod";
import type { Log } from "../core/ports.ts";
import type { DatabaseAddress } from "./database.ts";
import { connectionSettings, storeFault } from "./database.ts";
import * as requests from "./migrations/1764288000000_requests.ts";
import * as replicas from "./migrations/1764288000001_replicas.ts";
import * as shown from "./migrations/1764288000002_shown.ts";
import * as locales from "./migrations/1764288000003_locales.ts";
import * as urgent from "./migrations/1764288000004_urgent.ts";
import * as kinds from "./migrations/1764288000005_kinds.ts";

const MIGRATIONS = new Map([
  ["1764288000000_requests", requests],
  ["1764288000001_replicas", replicas],
  ["1764288000002_shown", shown],
  ["1764288000003_locales", locales],
  ["1764288000004_urgent", urgent],
  ["1764288000005_kinds", kinds],
]);
/** Long enough for another replica's migration and for an index on a big table. */
const PATIENCE_MS = 120_000;
/** `server_version_num` of PostgreSQL 14. */
export const OLDEST_SERVER = 140_000;

/**
 * Brings the tables to this version; replicas that start together take turns. Everything happens in one transaction,
 * with a lock that ends with it: a lock of the session would stay behind in a pooler.
 * @returns the names of the migrations that ran
 * @throws {Fault} `store-unreadable`
 */
export async function migrateDatabase(address: DatabaseAddress, log: Log): Promise<string[]> {
  const client = new Client(connectionSettings(address.url, { connectMs: 5_000, statementMs: PATIENCE_MS }));
  client.on("error", (error) => log.warn("losing the connection of the migration", { because: error.message }));
  try {
    await client.connect();
    await refuseOldServer(client);
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('migrations of ' || current_schema(), 0))");
    const ran = await runMigrations(client, log);
    await client.query("COMMIT");
    return ran;
  } catch (error) {
    throw storeFault("store-unreadable", `preparing the tables in ${address.name}`, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function refuseOldServer(client: Client): Promise<void> {
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS number, version()");
  const [server] = z.tuple([z.object({ number: z.int(), version: z.string() })]).parse(rows);
  if (server.number < OLDEST_SERVER) throw new Error(`PostgreSQL 14 or newer is needed, not ${server.version}`);
}

async function runMigrations(client: Client, log: Log): Promise<string[]> {
  const { rows } = await client.query("SELECT current_schema() AS name");
  const [schema] = z.tuple([z.object({ name: z.string("the search_path names no schema that exists") })]).parse(rows);
  const tell = (message: string): void => log.debug("migrating", { message });
  const ran = await runner({
    dbClient: client,
    dir: fileURLToPath(new URL("migrations/", import.meta.url)),
    // Source maps lie beside what is compiled.
    ignorePattern: "\\..*|.*\\.map",
    direction: "up",
    migrationsTable: "schema_migrations",
    migrationsSchema: schema.name,
    // Its own lock would be one of the session. Its COMMIT ends our transaction, and with it our lock.
    noLock: true,
    singleTransaction: true,
    logger: { debug: tell, info: tell, warn: tell, error: tell },
    migrationLoaderStrategies: [{ extensions: [".ts", ".js"], loader: async (paths) => paths.map(migrationUnit) }],
  });
  return ran.map(({ name }) => name);
}

function migrationUnit(path: string) {
  const actions = MIGRATIONS.get(basename(path, extname(path)));
  if (!actions) throw new Error(`${path} is not in the list of migrations`);
  return { id: path, filePaths: [path], actions: { ...actions } };
}
