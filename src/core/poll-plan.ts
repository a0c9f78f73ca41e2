import { createHash } from "node:crypto";
import type { Asset, Customization, Round } from "./customization.ts";
import { lastRound } from "./record.ts";
import type { Stage, StageStatus } from "./state.ts";

/** A parsed answer of `getprogress`. @see docs/tencent-api.md §4 (vendor page 62061) */
export interface ProgressReport {
  readonly status: "MAKING" | "SUCCESS" | "FAIL";
  readonly failMessage?: string;
  readonly stage?: Stage;
  readonly stageStatus?: StageStatus;
  /** Demo URLs as the vendor gave them; empty outside CONFIRM. */
  readonly demos: readonly string[];
  readonly rejectReason?: string;
  /** Older rounds, as one canonical text to compare. */
  readonly trainRecord: string;
  readonly assets: readonly Asset[];
  readonly requestId?: string;
}

/** What a report means for a request. `elsewhere`: somebody decided the open offer outside this bot. */
export type PollPlan =
  | { readonly type: "same" }
  | { readonly type: "stage" }
  | { readonly type: "demo"; readonly round: Round; readonly elsewhere: boolean }
  | { readonly type: "left"; readonly elsewhere: boolean }
  | { readonly type: "done"; readonly assets: Asset[]; readonly elsewhere: boolean }
  | { readonly type: "failed"; readonly said: string; readonly elsewhere: boolean };

/** After a decision the vendor may report the old demo for a while. After this long the buttons come back. */
export const STALE_MS = 15 * 60_000;

/** Compares a report with the record. */
export function planPoll(c: Customization, report: ProgressReport, now: number): PollPlan {
  const elsewhere = c.state === "awaiting-decision" && lastRound(c)?.stale !== true;
  if (report.status === "FAIL") return { type: "failed", said: report.failMessage ?? "", elsewhere };
  if (report.status === "SUCCESS") return { type: "done", assets: [...report.assets], elsewhere };
  const isOpen = c.state === "awaiting-decision" || c.state === "decision-unknown";
  if (isOpen && report.stage !== undefined && report.stage !== "CONFIRM") return { type: "left", elsewhere };
  const hasOffer = showsDemo(report) || (!isOpen && isSilentForLong(c, now));
  if (offersDecision(report) && hasOffer) return planOffer(c, nextRound(c, report, now), elsewhere);
  return { type: hasMoved(c, report) ? "stage" : "same" };
}

/** Whether an offer is a new round, or the last one reported again. */
function planOffer(c: Customization, round: Round, elsewhere: boolean): PollPlan {
  const last = lastRound(c);
  if (!last) return { type: "demo", round, elsewhere: false };
  if (round.fingerprint !== last.fingerprint) return { type: "demo", round, elsewhere };
  if (c.state !== "running") return { type: "same" };
  const hasRetrained = c.task?.stage !== "CONFIRM";
  if (hasRetrained) return { type: "demo", round, elsewhere: false };
  const decidedAt = last.decision?.at ?? last.offeredAt;
  const isStale = round.offeredAt - decidedAt >= STALE_MS;
  return isStale ? { type: "demo", round: { ...round, stale: true }, elsewhere: false } : { type: "same" };
}

/** Whether stage or status have changed. A missing or unknown value is no change. */
export function hasMoved(c: Customization, { stage, stageStatus }: ProgressReport): boolean {
  const { task } = c;
  return (stage !== undefined && stage !== task?.stage) || (stageStatus !== undefined && stageStatus !== task?.status);
}

/** `customerconfirm` is valid only here. */
export function offersDecision(report: ProgressReport): boolean {
  return report.status === "MAKING" && report.stage === "CONFIRM" && report.stageStatus === "WAIT_PROCESS";
}

/** `StageInfo` may be empty: then there is nothing to decide yet. */
function showsDemo(report: ProgressReport): boolean {
  return report.demos.length > 0 || report.rejectReason !== undefined;
}

/** A task that has waited long at CONFIRM without a demo is offered without one, so that it does not wait for ever. */
function isSilentForLong(c: Customization, now: number): boolean {
  const { task } = c;
  return task?.stage === "CONFIRM" && task.status === "WAIT_PROCESS" && now - task.since >= STALE_MS;
}

function nextRound(c: Customization, report: ProgressReport, now: number): Round {
  const round: Round = {
    n: c.rounds.length + 1,
    offeredAt: now,
    demos: [...report.demos],
    fingerprint: fingerprintOf(report),
  };
  return report.rejectReason ? { ...round, rejectReason: report.rejectReason } : round;
}

/** Identifies a demo. The signature in its URLs changes with every poll, the path does not. */
export function fingerprintOf(report: ProgressReport): string {
  const demos = report.demos.map((url) => url.split(/[?#]/)[0]).sort();
  return JSON.stringify([demos, report.trainRecord, report.rejectReason ?? ""]);
}

/** Whether a report may still show this round's demo. A report without a demo does not exclude it. */
export function isSameDemo(round: Round, report: ProgressReport): boolean {
  return offersDecision(report) && (!showsDemo(report) || round.fingerprint === fingerprintOf(report));
}

/** The shortest and the longest wait between two polls, in ms. */
export interface PollLimits {
  readonly min: number;
  readonly max: number;
}

/** Exponential backoff: the minimum after news, otherwise twice as long, up to the maximum. */
export function nextWait(everyMs: number, hadNews: boolean, limits: PollLimits): number {
  return hadNews ? limits.min : Math.min(limits.max, Math.max(limits.min, everyMs * 2));
}

/** The same in a form that people can compare. */
export function shortFingerprint({ fingerprint }: Pick<Round, "fingerprint">): string {
  return createHash("sha256").update(fingerprint).digest("hex").slice(0, 12);
}
