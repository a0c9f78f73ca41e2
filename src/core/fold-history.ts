import type { HistoryEvent, HistoryLine } from "./history.ts";

/** The most lines of a history. */
const MOST_LINES = 200;
/** Up to this many refusals in a row keep a line each. */
const MOST_IN_A_ROW = 3;

/** Folds what repeats: refusals in a row, and of a long history the oldest line into the next one of its kind. */
export function foldHistory(lines: readonly HistoryLine[]): HistoryLine[] {
  const row = lines.slice(-MOST_IN_A_ROW - 1);
  const [first, ...rest] = row;
  const isRow = first !== undefined && row.length > MOST_IN_A_ROW && rest.every((line) => isSameRefusal(first, line));
  const folded = isRow ? foldInto(lines, lines.length - row.length, lines.length - row.length + 1) : [...lines];
  return folded.length > MOST_LINES ? foldOldest(folded) : folded;
}

function isSameRefusal(a: HistoryLine, b: HistoryLine): boolean {
  if (a.event.type !== "file-refused" || b.event.type !== "file-refused") return false;
  return a.by === b.by && a.event.refusal.type === b.event.refusal.type;
}

/** Who agreed to what stays as long as anything else can go. */
const AGREEMENTS: readonly HistoryEvent["type"][] = [
  "opened",
  "dropper-trusted",
  "warning-overridden",
  "launch-agreed",
  "launched",
  "launch-found",
  "decided",
  "decision-accepted",
  "owner-changed",
  "erased",
];

function foldOldest(lines: readonly HistoryLine[]): HistoryLine[] {
  const isAgreement = ({ event }: HistoryLine): boolean => AGREEMENTS.includes(event.type);
  for (const [at, line] of lines.entries()) {
    if (isAgreement(line)) continue;
    const next = lines.findIndex((o, i) => i > at && o.event.type === line.event.type && o.by === line.by);
    if (next > at) return foldInto(lines, at, next);
  }
  const oldest = lines.findIndex((line) => !isAgreement(line));
  return lines.filter((_, at) => at !== Math.max(0, oldest));
}

/** Removes a line, and counts it in a later one. */
function foldInto(lines: readonly HistoryLine[], from: number, to: number): HistoryLine[] {
  const more = 1 + (lines[from]?.before ?? 0);
  const counted = lines.map((line, i) => (i === to ? { ...line, before: (line.before ?? 0) + more } : line));
  return counted.filter((_, i) => i !== from);
}
