import type { Finding } from "./finding.ts";
import { ok, unknown, wrong } from "./finding.ts";

/** What a data directory holds, looked at without changing it. */
export type DirectoryReport =
  | { readonly type: "empty" }
  /** Another process has it open, most likely the bot. */
  | { readonly type: "busy" }
  | {
      readonly type: "read";
      /** How many there are of each schema. */
      readonly schemas: ReadonlyMap<number, number>;
      /** What this version reads and writes. */
      readonly schema: number;
      /** Names of documents that a newer version wrote, that are no records, or that cannot be read or written. */
      readonly newer: readonly string[];
      readonly unreadable: readonly string[];
      readonly forbidden: readonly string[];
    };

const MOST_NAMES = 3;

export function checkStore(report: DirectoryReport): Finding {
  const check = "store";
  if (report.type === "empty") return ok(check, "no requests yet");
  if (report.type === "busy")
    return unknown(check, "in use by another process, probably the running bot: its /readyz tells");
  const { newer, unreadable, forbidden } = report;
  const problems = [
    newer.length > 0 && `${some(newer)} written by a newer version: start that one, or restore a backup`,
    forbidden.length > 0 && `${some(forbidden)} not readable and writable by this user: change the owner`,
    unreadable.length > 0 && `${some(unreadable)} not a record: repair it, or restore a backup`,
  ].filter((problem) => problem !== false);
  return problems.length > 0
    ? wrong(check, problems.join("; "))
    : ok(check, describeSchemas(report.schemas, report.schema));
}

/** `12 requests, schema 2, 3 of schema 1, upgraded when they are read` */
export function describeSchemas(found: ReadonlyMap<number, number>, schema: number): string {
  const requests = [...found.values()].reduce((sum, count) => sum + count, 0);
  const counted = requests === 1 ? "1 request" : `${requests.toLocaleString("en")} requests`;
  return `${counted}, ${schemas(found, schema)}`;
}

function schemas(found: ReadonlyMap<number, number>, schema: number): string {
  const older = [...found].filter(([number]) => number !== schema).sort(([a], [b]) => a - b);
  if (older.length === 0) return `schema ${schema}`;
  const told = older.map(([number, count]) => `${count} of schema ${number}`).join(", ");
  return `schema ${schema}, ${told}, upgraded when they are read`;
}

function some(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
