import type { Metric } from "../../core/check-ports.ts";

/** Cells between the brackets, and of each zone outside the range. */
const CELLS = 18;
const OUTSIDE = 4;

type Scale = Pick<Metric, "value" | "low" | "high">;

/** Where a value lies in relation to its range, which may have one end or none. */
export type Side = "low" | "within" | "high" | "no-range";

export function sideOf({ value, low, high }: Scale): Side {
  if (low === undefined && high === undefined) return "no-range";
  if (low !== undefined && value < low) return "low";
  return high !== undefined && value > high ? "high" : "within";
}

/**
 * A value and its acceptable range, drawn in monospaced text: solid inside the range, dotted outside. The zones have
 * fixed widths, so a value beyond a limit is never drawn inside the range.
 * @returns  e.g. `[··X·|■■■■■■■■■■■■■]` for too little, `[····|■■■●■■■■|····]` for a good value
 */
export function gauge(scale: Scale): string {
  const side = sideOf(scale);
  const below = scale.low === undefined ? 0 : OUTSIDE;
  const above = scale.high === undefined ? 0 : OUTSIDE;
  const within = CELLS - below - Math.sign(below) - above - Math.sign(above);
  const zones = [
    ...(below ? [zone("·", below, side === "low" ? { mark: "X", at: shareBelow(scale) } : undefined)] : []),
    zone("■", within, side === "within" ? { mark: "●", at: shareWithin(scale) } : undefined),
    ...(above ? [zone("·", above, side === "high" ? { mark: "X", at: shareAbove(scale) } : undefined)] : []),
  ];
  return `[${zones.join("|")}]`;
}

function zone(fill: string, cells: number, marked: { readonly mark: string; readonly at: number } | undefined): string {
  if (!marked) return fill.repeat(cells);
  const share = Number.isFinite(marked.at) ? Math.min(1, Math.max(0, marked.at)) : 0.5;
  const cell = Math.min(cells - 1, Math.floor(share * cells));
  return fill.repeat(cell) + marked.mark + fill.repeat(cells - cell - 1);
}

/** From 0, far below, to 1, at the limit. */
function shareBelow({ value, low = 0 }: Scale): number {
  return low > 0 ? value / low : 1 / (1 + low - value);
}

function shareWithin({ value, low, high }: Scale): number {
  if (low !== undefined && high !== undefined) return high > low ? (value - low) / (high - low) : 0.5;
  if (low !== undefined) return value > 0 ? (value - low) / value : 0.5;
  return high ? value / high : 1;
}

/** From 0, at the limit, to 1, far above. */
function shareAbove({ value, high = 0 }: Scale): number {
  return high > 0 ? 1 - high / value : 1 - 1 / (1 + value - high);
}
