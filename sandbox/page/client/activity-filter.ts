import type { Activity } from "../contract.ts";

export type Source = Activity["from"];

/** In the order of the chips. */
export const SOURCES: Readonly<Record<Source, string>> = {
  delivery: "Slack → bot",
  api: "Bot → Slack",
  gateway: "Bot → Tencent",
  cos: "COS",
  fault: "Faults",
  bot: "Bot process",
};

export interface ActivityFilter {
  readonly hidden: readonly Source[];
  /** e.g. `AV-1`; all of them when empty */
  readonly request: string;
}

/** Newest first. */
export function filtered(all: readonly Activity[], { hidden, request }: ActivityFilter): Activity[] {
  return all.filter((one) => !hidden.includes(one.from) && (request === "" || one.request === request)).toReversed();
}

/** Requests that are named, newest first. */
export function requestsIn(all: readonly Activity[]): string[] {
  const ids = new Set(all.flatMap(({ request }) => request ?? []));
  return [...ids].sort((a, b) => Number(b.replace(/\D/g, "")) - Number(a.replace(/\D/g, "")));
}

export function countsOf(all: readonly Activity[]): Readonly<Record<Source, number>> {
  const counts = { delivery: 0, api: 0, gateway: 0, cos: 0, fault: 0, bot: 0 };
  for (const { from } of all) counts[from] += 1;
  return counts;
}

/** Older activities are dropped, since polling adds some all the time. */
const MOST_ACTIVITY = 1_000;

/**
 * Merges new activities into the known ones. A repeated id replaces the earlier entry: its outcome is known now.
 */
export function joined(before: readonly Activity[], news: readonly Activity[]): readonly Activity[] {
  const byId = new Map(before.map((one) => [one.id, one]));
  for (const one of news) byId.set(one.id, one);
  return [...byId.values()].sort((a, b) => a.id - b.id).slice(-MOST_ACTIVITY);
}
