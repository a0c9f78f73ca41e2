import { GB, MB } from "../../core/material.ts";

const UNITS = [
  { unit: "GB", bytes: GB },
  { unit: "MB", bytes: MB },
  { unit: "KB", bytes: 1024 },
];

/** Bytes as people read them: at most three digits that matter. */
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
