import type { Customization, Decision, Round } from "./customization.ts";
import type { HistoryEvent, HistoryLine } from "./history.ts";
import type { Need } from "./kinds.ts";
import type { Material } from "./material-record.ts";
import type { Step } from "./production.ts";
import { stepOf } from "./production.ts";
import { isOutOfQuota } from "./quota.ts";
import { isBeingChecked, isOnItsWay, isOpenWarning, lastRound, neededFromPeople } from "./record.ts";

type Refused<Type extends HistoryEvent["type"]> = Extract<HistoryEvent, { type: Type }>;

/** What a request's headline is about, and since when (epoch ms) it waits. */
export type Situation =
  | {
      readonly type: "needs-files";
      readonly missing: readonly Need[];
      readonly isFirst: boolean;
      readonly since: number;
    }
  | { readonly type: "which-file"; readonly files: readonly Material[]; readonly since: number }
  /** The requester says whether it is used anyway. */
  | { readonly type: "questionable"; readonly file: Material; readonly since: number }
  /** Nothing more to drop. `isChecked`: all of them are in COS and being inspected. */
  | { readonly type: "taking-in"; readonly files: readonly Material[]; readonly isChecked: boolean }
  | { readonly type: "ready"; readonly since: number }
  /** Everything is there but a quota. */
  | { readonly type: "out-of-quota"; readonly expired: boolean; readonly since: number }
  | { readonly type: "launch-refused"; readonly no: Refused<"launch-refused">; readonly since: number }
  | { readonly type: "launching"; readonly by: string; readonly at: number | undefined }
  | { readonly type: "launch-lost"; readonly since: number }
  /** A relaunch was refused because the name is taken. */
  | { readonly type: "name-taken"; readonly since: number }
  | { readonly type: "running"; readonly step: Step | undefined }
  | { readonly type: "review"; readonly round: Round | undefined; readonly since: number }
  | { readonly type: "retrain-refused"; readonly round: Round; readonly reason: string }
  /** The vendor still shows the demo that was decided. */
  | { readonly type: "still-undecided"; readonly round: Round }
  | { readonly type: "deciding"; readonly decision: Decision | undefined }
  | { readonly type: "decision-lost"; readonly since: number }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly step: Step | undefined }
  | { readonly type: "cancelled"; readonly by: string | undefined; readonly at: number | undefined }
  | { readonly type: "unfollowed"; readonly by: string | undefined; readonly at: number | undefined };

/** @param now  in epoch ms: what is left of the quota counts only by a recent look */
export function situationOf(c: Customization, now: number): Situation {
  const since = c.history.at(-1)?.at ?? c.createdAt;
  switch (c.state) {
    case "collecting":
      return collecting(c, since);
    case "ready": {
      if (isOutOfQuota(c, now)) return { type: "out-of-quota", expired: c.quota?.expired === true, since };
      const last = lastAttempt(c);
      return last?.event.type === "launch-refused"
        ? { type: "launch-refused", no: last.event, since: last.at }
        : { type: "ready", since };
    }
    case "launching":
      return { type: "launching", by: c.claim?.by ?? c.requester, at: c.claim?.at };
    case "launch-unknown":
      return { type: isNameTaken(c) ? "name-taken" : "launch-lost", since };
    case "running":
      return { type: "running", step: stepOf(c) };
    case "awaiting-decision":
      return offered(lastRound(c), since);
    case "deciding":
      return { type: "deciding", decision: lastRound(c)?.decision };
    case "decision-unknown":
      return { type: "decision-lost", since };
    case "done":
      return { type: "done" };
    case "failed":
      return { type: "failed", step: stepOf(c) };
    case "cancelled": {
      const line = c.history.findLast(({ event }) => event.type === "cancelled");
      const isSpent = line?.event.type === "cancelled" && line.event.spent;
      return { type: isSpent ? "unfollowed" : "cancelled", by: line?.by, at: line?.at };
    }
  }
}

function collecting(c: Customization, since: number): Situation {
  const coming = c.materials.filter(isOnItsWay);
  const missing = neededFromPeople(c).filter((need) => !coming.some((m) => isFor(need, m)));
  if (missing.length === 0) {
    return { type: "taking-in", files: coming, isChecked: coming.every((m) => isBeingChecked(m) && m.check) };
  }
  const questionable = c.materials.find((m) => isOpenWarning(c, m) && missing.some((need) => isFor(need, m)));
  if (questionable) return { type: "questionable", file: questionable, since };
  const asked = c.materials.filter((m) => m.state === "asked");
  if (asked.length > 0) return { type: "which-file", files: asked, since };
  const isFirst = !c.materials.some((m) => m.state === "accepted" || isOnItsWay(m));
  return { type: "needs-files", missing, isFirst, since };
}

function isFor(need: Need, { role }: Material): boolean {
  return role !== undefined && need.roles.includes(role);
}

function offered(round: Round | undefined, since: number): Situation {
  if (round?.rejectReason !== undefined) return { type: "retrain-refused", round, reason: round.rejectReason };
  if (round?.stale) return { type: "still-undecided", round };
  return { type: "review", round, since: round?.offeredAt ?? since };
}

/** The newest notice about a lost launch says that the vendor refused the name. */
function isNameTaken(c: Customization): boolean {
  const newest = c.outbox.findLast(({ content }) => content.type === "launch-unknown" || content.type === "name-taken");
  return newest?.content.type === "name-taken";
}

const ATTEMPTS: readonly string[] = [
  "launch-refused",
  "launch-unknown",
  "launched",
  "demo",
  "decision-refused",
  "decision-accepted",
  "decision-unknown",
];

/** The end of the last launch or decision. */
export function lastAttempt(c: Customization): HistoryLine | undefined {
  return c.history.findLast(({ event }) => ATTEMPTS.includes(event.type));
}
