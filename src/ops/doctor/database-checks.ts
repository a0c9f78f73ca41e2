import type { DatabaseReport } from "../../core/database-report.ts";
import type { Clocks } from "./clocks.ts";
import type { Finding } from "./finding.ts";
import { ok, wrong } from "./finding.ts";
import { describeSchemas } from "./store-checks.ts";

/** @param name  what may be shown of the address */
export function checkDatabase(name: string, report: DatabaseReport, clocks: Pick<Clocks, "note">): Finding[] {
  const check = "database";
  if (report.type === "unreachable")
    return [wrong(check, `${name} cannot be used (${report.because}): start it, or change STORE_URL`)];
  clocks.note("the database", report.aheadMs);
  const told = `${name}, PostgreSQL ${report.version}`;
  if (report.isTooOld) return [wrong(check, `${told}: version 14 or newer is needed`)];
  return [ok(check, told), checkTables(report)];
}

function checkTables({ isPrepared, mayPrepare, schemas, schema }: DatabaseReport & { type: "read" }): Finding {
  const check = "store";
  const newer = [...schemas].filter(([number]) => number > schema).reduce((sum, [, count]) => sum + count, 0);
  if (newer > 0) return wrong(check, `${newer} written by a newer version: start that one, or restore a backup`);
  if (isPrepared) return ok(check, describeSchemas(schemas, schema));
  if (mayPrepare) return ok(check, "no tables yet; the first start makes them");
  return wrong(
    check,
    "no tables, and this role may not make them: GRANT CREATE on the schema, or npm run migrate as its owner",
  );
}
