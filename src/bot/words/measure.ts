import { GB, MB } from "../../core/material.ts";

/** Bytes as people read them: at most three digits that matter. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < MB) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return bytes < GB ? `${trimmed(bytes / MB)} MB` : `${trimmed(bytes / GB)} GB`;
}

function trimmed(value: number): string {
  return value < 100 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
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
