import type { Metric } from "../../core/check-ports.ts";
import { GB, MB } from "../../core/material.ts";

const UNITS = [
  { unit: "GB", bytes: GB },
  { unit: "MB", bytes: MB },
  { unit: "KB", bytes: 1024 },
];

/** Bytes in a unit that people read, with three significant digits at most. */
export function fileSize(bytes: number): string {
  const fits = UNITS.find((unit) => bytes >= unit.bytes * 0.9995);
  return fits ? `${rounded(bytes / fits.bytes)} ${fits.unit}` : `${bytes} B`;
}

function rounded(value: number): string {
  return value < 99.95 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

export interface Duration {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

export function splitDuration(ms: number): Duration {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}

/** A measured number with two decimals at most, short enough for a table. */
export function decimal(value: number): string {
  return Math.abs(value) < 1e9 ? String(Math.round(value * 100) / 100) : value.toExponential(2);
}

/** A measured number; unrounded when rounding would make it equal the limit that it misses. */
export function measuredText({ value, low, high }: Pick<Metric, "value" | "low" | "high">): string {
  const shown = decimal(value);
  const isHidden = [low, high].some((limit) => limit !== undefined && limit !== value && decimal(limit) === shown);
  return isHidden ? String(value) : shown;
}

/** A duration: `12.5 s`, `2 min`, `1 min 12.4 s`. */
export function seconds(value: number): string {
  const { minutes, rest } = splitSeconds(value);
  if (minutes === 0) return `${decimal(rest)} s`;
  return `${minutes} min${rest > 0 ? ` ${decimal(rest)} s` : ""}`;
}

/** Whole minutes, and the seconds beyond them to a tenth; what is out of all bounds stays in seconds. */
export function splitSeconds(value: number): { readonly minutes: number; readonly rest: number } {
  const tenths = Math.round(value * 10);
  if (tenths < 600 || value >= 1e9) return { minutes: 0, rest: tenths / 10 };
  return { minutes: Math.floor(tenths / 600), rest: (tenths % 600) / 10 };
}
