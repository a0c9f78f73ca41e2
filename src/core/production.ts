import type { Customization, Round, Task } from "./customization.ts";
import { kindRow } from "./kinds.ts";
import type { Stage } from "./state.ts";
import { stageSchema } from "./state.ts";

/** Where production stands: stage `n` of `of`, counted from 1. */
export interface Step {
  readonly stage: Stage;
  readonly n: number;
  readonly of: number;
  /** It has not begun yet. */
  readonly isQueued: boolean;
  /** Epoch ms. */
  readonly since: number;
}

export function stepOf(c: Customization): Step | undefined {
  const { task } = c;
  if (!task?.stage) return undefined;
  const stages = stagesOf(c, task);
  const n = stages.indexOf(task.stage) + 1;
  const isQueued = task.status === "WAIT_PROCESS" && task.stage !== "CONFIRM";
  return { stage: task.stage, n, of: stages.length, isQueued, since: stageSince(c, task) };
}

/** The stages of a kind. One that the vendor reports counts, expected or not. */
function stagesOf({ kind }: Customization, { stage: now }: Task): Stage[] {
  const { hasDecision, speech } = kindRow(kind);
  // A voice has no footage and so no PROCESS stage. See docs/tencent-api.md §4 (vendor page 62061).
  const absent: readonly Stage[] = [
    ...(hasDecision ? [] : ["CONFIRM" as const]),
    ...(speech ? ["PROCESS" as const] : []),
  ];
  return stageSchema.options.filter((stage) => stage === now || !absent.includes(stage));
}

/** When the stage began, which may be before its current status. */
function stageSince(c: Customization, task: Task): number {
  const seen = c.history.flatMap(({ at, event }) => (event.type === "stage" ? [{ at, stage: event.stage }] : []));
  const lastOther = seen.findLastIndex(({ stage }) => stage !== task.stage);
  return seen[lastOther + 1]?.at ?? task.since;
}

/** The number of the demo that a round is about: a demo offered again, or refused to be trained again, is the same one. */
export function demoNumber({ rounds }: Pick<Customization, "rounds">, n: number): number {
  return Math.max(1, rounds.filter((round) => round.n <= n && !isSameDemo(round)).length);
}

/** The vendor offers the last round's demo again. */
export function isSameDemo({ n, rejectReason, stale }: Round): boolean {
  return n > 1 && (rejectReason !== undefined || stale === true);
}
