import { z } from "zod";
import type { MediaInfo } from "./check-ports.ts";
import type { Kind, MaterialRole } from "./kinds.ts";
import type { GatewayName } from "./material.ts";
import { RULE_ROWS, SUGGESTED_RECORDING_BYTES } from "./material-rules.ts";
import type { RuleRow } from "./rule-row.ts";
import { RULES } from "./rule-row.ts";
import { storedObject } from "./stored-object.ts";

/**
 * What looking at a material has found, as it is kept in the record. `refuse` is a clear violation, a `warn` may be
 * overridden, `unknown` could not be told and is let through. `measured`, `low` and `high` are in the unit of the
 * rule (see rule-row.ts); `takes` are the texts that would do.
 */
export const findingSchema = storedObject({
  rule: z.enum(RULES),
  severity: z.enum(["refuse", "warn", "unknown"]),
  measured: z.exactOptional(z.union([z.number(), z.string()])),
  low: z.exactOptional(z.number()),
  high: z.exactOptional(z.number()),
  takes: z.exactOptional(z.array(z.string())),
});
export type Finding = z.infer<typeof findingSchema>;

const WEIGHT: Readonly<Record<Finding["severity"], number>> = { refuse: 0, warn: 1, unknown: 2 };

/** All findings about a material, worst first, at most one per rule. */
export function judge(kind: Kind, role: MaterialRole, inside: MediaInfo): Finding[] {
  if (inside.gaveUp) return [{ rule: "contents", severity: "unknown" }];
  const rows = RULE_ROWS.filter((row) => row.roles.includes(role) && (row.kinds?.includes(kind) ?? true));
  const found = rows.flatMap((row) => findingOf(row, inside) ?? []);
  const worstFirst = found.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
  return worstFirst.filter((finding, i) => worstFirst.findIndex((other) => other.rule === finding.rule) === i);
}

/** The mainland's page suggests a size for the basic version's recording. */
export function judgeSize(role: MaterialRole, size: number, gateway: GatewayName | undefined): Finding[] {
  if (role !== "recording" || gateway !== "mainland" || size <= SUGGESTED_RECORDING_BYTES) return [];
  return [{ rule: "suggested-size", severity: "warn", measured: size, high: SUGGESTED_RECORDING_BYTES }];
}

function findingOf(row: RuleRow, inside: MediaInfo): Finding | undefined {
  if (row.applies && !row.applies(inside)) return undefined;
  const { rule, severity } = row;
  switch (row.by) {
    case "range":
      return rangeFinding(row, row.measure(inside));
    case "choice": {
      const measured = row.measure(inside);
      const takes = [...row.takes];
      if (measured === undefined) return { rule, severity: "unknown", takes };
      return takes.includes(measured) ? undefined : { rule, severity, measured, takes };
    }
    case "entry": {
      const entry = inside.zip?.entries.find(row.isWrong);
      return entry && { rule, severity, measured: entry.name };
    }
  }
}

function rangeFinding(
  row: Extract<RuleRow, { readonly by: "range" }>,
  measured: number | undefined,
): Finding | undefined {
  const { rule, severity, low, high, tolerance = 0 } = row;
  const limits = { ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
  if (measured === undefined) return { rule, severity: "unknown", ...limits };
  const miss = Math.max((low ?? -Infinity) - measured, measured - (high ?? Infinity));
  const limit = (low !== undefined && measured < low ? low : high) ?? 0;
  if (miss <= tolerance * limit) return undefined;
  return { rule, severity, measured, ...limits };
}
