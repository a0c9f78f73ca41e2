import type { types } from "@slack/bolt";
import type { Metric } from "../../core/check-ports.ts";
import type { Customization } from "../../core/customization.ts";
import type { Check, Material } from "../../core/material-record.ts";
import { materialOf, takenOutOf } from "../../core/record.ts";
import { measuredText } from "../words/measure.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { lines, monospaced } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { context, section } from "./blocks.ts";
import { gauge, sideOf } from "./gauge.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage } from "./message.ts";

/** The result of a recording's inspection. It never changes: a new recording gets a report of its own. */
export function checkReportMessage(c: Customization, materialId: string, view: CardView): CardMessage {
  const material = materialOf(c, materialId);
  if (!material) throw new Error(`telling ${c.id}: no material ${materialId}`);
  if (material.packed) return packedReportMessage(c, takenOutOf(c, material.packed.package), view);
  const { checks } = view.words;
  return threadMessage(checks.report(c, material), view, [
    ...evaluationBlocks(c, material, view),
    ...some(material.check?.of === "detection" ? checks.vendorSaid(material.check) : undefined),
    ...some(checks.sameAs(c, material)),
  ]);
}

/** What the inspections of a package's recordings have found: one message, once one has passed or none is left. */
function packedReportMessage(c: Customization, tried: readonly Material[], view: CardView): CardMessage {
  const { packedReport, packedVerdict } = view.words.checks;
  const measured = tried.filter(({ check }) => check?.metrics);
  const blocks = tried.flatMap((m) => [
    ...(tried.length > 1 || !m.check?.metrics ? [section(packedVerdict(m))] : []),
    ...metricBlocks(c, m, view),
  ]);
  const notes = measured.slice(0, 1).map((m) => footnote(c, m, view));
  return threadMessage(packedReport(c, tried), view, [...blocks, ...notes]);
}

/** A table of the metrics, advice about those out of range, and where the ranges come from. */
export function evaluationBlocks(c: Customization, m: Material, view: CardView): types.KnownBlock[] {
  const blocks = metricBlocks(c, m, view);
  return blocks.length > 0 ? [...blocks, footnote(c, m, view)] : [];
}

function footnote(c: Customization, { check }: Material, { words }: CardView): types.KnownBlock {
  return context(words.checks.footnote(wasCompared(c, check)));
}

function wasCompared(c: Customization, check: Check | undefined): boolean {
  return check?.compared ?? c.referenceText !== undefined;
}

function metricBlocks(c: Customization, { check }: Material, { words }: CardView): types.KnownBlock[] {
  const metrics = judged(check, wasCompared(c, check));
  if (metrics.length === 0) return [];
  const advice = metrics.flatMap((metric) => {
    const side = sideOf(metric);
    return side === "low" || side === "high" ? [words.checks.advice(metric, side)] : [];
  });
  return [section(metricTable(metrics, words)), ...(advice.length > 0 ? [section(lines(...advice))] : [])];
}

/** Text accuracy means nothing without a text to compare with. */
function judged(check: Check | undefined, compared: boolean): Metric[] {
  return (check?.metrics ?? []).filter((metric) => metric.name !== "wer" || compared);
}

/** Two lines a metric, short enough for a thread: value and verdict, then gauge and range. */
function metricTable(metrics: readonly Metric[], { checks }: Words): Mrkdwn {
  const { metric: name, measured, verdict, scale, acceptable } = checks.columns;
  const rows = metrics.map((metric) => [
    checks.metric[metric.name],
    measuredText(metric),
    checks.verdict(metric.name, sideOf(metric)),
  ]);
  const above = aligned([[name, measured, verdict], ...rows]);
  const below = aligned([[scale, acceptable], ...metrics.map((metric) => [gauge(metric), checks.range(metric)])]);
  return monospaced(above.flatMap((line, i) => [line, below[i] ?? ""]));
}

/** Rows as lines with aligned columns. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  "));
}

function some(text: Mrkdwn | undefined): types.KnownBlock[] {
  return text ? [section(text)] : [];
}
