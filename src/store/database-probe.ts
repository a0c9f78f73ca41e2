import { Client } from "pg";
import { z } from "zod";
import { SCHEMA } from "../core/customization.ts";
import type { DatabaseReport } from "../core/database-report.ts";
import { describeFault } from "../core/fault.ts";
import type { DatabaseAddress } from "./database.ts";
import { connectionSettings } from "./database.ts";
import { OLDEST_SERVER } from "./migrate-database.ts";

const LIMITS = { connectMs: 5_000, statementMs: 10_000 };

const FACTS = `
  SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
    (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now,
    coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may,
    to_regclass('requests') IS NOT NULL AS prepared`;
const facts = z.tuple([
  z.object({ version: z.string(), number: z.int(), now: z.number(), may: z.boolean(), prepared: z.boolean() }),
]);
const schemaCounts = z.array(z.object({ schema: z.int(), count: z.int() }));

/** Looks at a database as the next start would find it, and changes nothing. @param now  this machine's, epoch ms */
export async function probeDatabase(address: DatabaseAddress, now: () => number): Promise<DatabaseReport> {
  const client = new Client(connectionSettings(address.url, LIMITS));
  client.on("error", () => undefined);
  try {
    await client.connect();
    const askedAt = now();
    const [told] = facts.parse((await client.query(FACTS)).rows);
    const aheadMs = (askedAt + now()) / 2 - told.now;
    const counting = "SELECT schema, count(*)::int AS count FROM requests GROUP BY schema";
    const counts = told.prepared ? schemaCounts.parse((await client.query(counting)).rows) : [];
    return {
      type: "read",
      version: told.version,
      isTooOld: told.number < OLDEST_SERVER,
      aheadMs,
      mayPrepare: told.may,
      isPrepared: told.prepared,
      schemas: new Map(counts.map(({ schema, count }) => [schema, count])),
      schema: SCHEMA,
    };
  } catch (error) {
    return { type: "unreachable", because: describeFault(error) };
  } finally {
    await client.end().catch(() => undefined);
  }
}
