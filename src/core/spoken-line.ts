import { keysOf } from "./asset-lookup.ts";
import type { Customization } from "./customization.ts";
import { kindRow } from "./kinds.ts";
import type { SpokenLine } from "./line-record.ts";
import { addNotice, note } from "./record.ts";
import type { MakeAnswer } from "./vendor-answer.ts";

/** In UTF-16 units. */
export const LONGEST_LINE = 300;
export const LINES_A_DAY = 10;
const DAY_MS = 24 * 3600_000;
/** The vendor keeps what was said for seven days. */
const MEDIA_LIFE_MS = 7 * DAY_MS;
export const LINE_LEASE_MS = 120_000;
const FIRST_LOOK_MS = 3_000;
const LONGEST_WAIT_MS = 60_000;
const MOST_LINES = 100;
/** Then it is no use to go on. */
const MOST_TRIES = 200;

/** What the vendor says of a line. */
export type LineProgress =
  | { readonly type: "running" }
  | { readonly type: "made"; readonly url: string }
  | { readonly type: "failed"; readonly code: string; readonly said: string };

/** The vendor's broadcasts: finished voices and avatars say something. */
export interface Broadcast {
  /** May be repeated. Never throws. */
  speak(ask: { readonly key: string; readonly text: string; readonly claim: string }): Promise<MakeAnswer>;
  /** Spends broadcast hours, and is never repeated. Never throws. */
  film(ask: { readonly key: string; readonly text: string; readonly claim: string }): Promise<MakeAnswer>;
  /** @throws {Fault} `gateway-*` */
  progress(task: string): Promise<LineProgress>;
}

/** The key that speaks; undefined where the request has none. */
export function speakerKey(c: Customization): string | undefined {
  return c.state === "done" ? keysOf(c)[0] : undefined;
}

export function saysFilms(c: Customization): boolean {
  return kindRow(c.kind).speech === undefined;
}

export function linesOf(c: Customization, who: string, now: number): number {
  return (c.lines ?? []).filter(({ by, askedAt }) => by === who && now - askedAt < DAY_MS).length;
}

export function lineOf(c: Customization, id: string): SpokenLine | undefined {
  return c.lines?.find((line) => line.id === id);
}

export interface NewLine {
  readonly id: string;
  readonly by: string;
  readonly text: string;
  readonly owner: string;
}

/** Claims a line before the vendor is asked. */
export function addLine(c: Customization, { id, by, text, owner }: NewLine, now: number): Customization {
  const what = saysFilms(c) ? "film" : "sound";
  const line: SpokenLine = {
    ...{ id, by, askedAt: now, text, what, owner },
    ...{ state: "asked", at: now + LINE_LEASE_MS, tries: 0 },
  };
  const noted = note(c, now, { type: "said", text, what }, by);
  const lines = [...(c.lines ?? []), line].slice(-MOST_LINES);
  return addNotice({ ...noted, lines }, now, `line-${id}`, { type: "line", line: id });
}

export function changeLine(c: Customization, id: string, change: Partial<SpokenLine>): Customization {
  if (!lineOf(c, id)) return c;
  return { ...c, lines: (c.lines ?? []).map((line) => (line.id === id ? { ...line, ...change } : line)) };
}

/** What the answer to an order means. A film whose answer was lost is never ordered again. */
export function applyOrder(c: Customization, line: SpokenLine, answer: MakeAnswer, now: number): Customization {
  switch (answer.type) {
    case "created":
      return changeLine(c, line.id, { state: "making", task: answer.taskId, tries: 0, at: now + FIRST_LOOK_MS });
    case "refused":
      return changeLine(c, line.id, { state: "failed", code: answer.code, said: answer.said });
    case "unknown":
      return line.what === "film"
        ? changeLine(c, line.id, { state: "unknown", said: answer.because })
        : lookAgain(c, line, now);
  }
}

/** What the vendor's progress means. */
export function applyLineProgress(c: Customization, line: SpokenLine, p: LineProgress, now: number): Customization {
  switch (p.type) {
    case "running":
      return lookAgain(c, line, now);
    case "made":
      return changeLine(c, line.id, { state: "made", media: p.url, tries: 0, at: now });
    case "failed":
      return changeLine(c, line.id, { state: "failed", code: p.code, said: p.said });
  }
}

/** Later, and less often each time; given up in the end. */
export function lookAgain(c: Customization, { id, tries }: SpokenLine, now: number): Customization {
  if (tries >= MOST_TRIES) return changeLine(c, id, { state: "failed", said: "no result came" });
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_LOOK_MS * 2 ** Math.min(tries, 10));
  return changeLine(c, id, { tries: tries + 1, at: now + wait });
}

/** A link that is only shown lives as long as what it leads to. */
export function linkDies({ askedAt }: SpokenLine): number {
  return askedAt + MEDIA_LIFE_MS;
}

/** Removes a link that leads nowhere any more. */
export function withoutLink(c: Customization, id: string): Customization {
  return {
    ...c,
    lines: (c.lines ?? []).map((line) => {
      if (line.id !== id) return line;
      const { media: _media, ...rest } = line;
      return rest;
    }),
  };
}

/** When a line is to be looked at next. */
export function linesDueAt({ lines = [] }: Customization): number | undefined {
  const times = lines.flatMap((line) => lineDueAt(line) ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

export function lineDueAt(line: SpokenLine): number | undefined {
  switch (line.state) {
    case "asked":
    case "making":
    case "made":
      return line.at;
    case "shown":
      return line.media === undefined ? undefined : linkDies(line);
    case "failed":
    case "unknown":
      return undefined;
  }
}
