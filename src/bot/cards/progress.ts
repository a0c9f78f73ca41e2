import type { types } from "@slack/bolt";
import type { Customization, Task } from "../../core/customization.ts";
import { kindRow } from "../../core/kinds.ts";
import { isStuck } from "../../core/stage-durations.ts";
import { isFollowed, stageSchema } from "../../core/state.ts";
import type { ProgressFacts, StageMark } from "../words/card-words.ts";
import { context, section } from "./blocks.ts";
import type { CardView } from "./message.ts";
import { roundBlocks } from "./round.ts";

/** The progress of the vendor's task, and the decisions so far. */
export function progressBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  if (!c.task) return [];
  return [...stageBlocks(c, c.task, view), ...taskBlocks(c, c.task, view), ...roundBlocks(c, view)];
}

/** The headline of a request that is no longer followed has the TaskId already. */
function taskBlocks(c: Customization, task: Task, view: CardView): types.KnownBlock[] {
  if (isFollowed(c.state)) return detailBlocks(c, task, view);
  return c.state === "cancelled" ? [] : [context(view.words.card.task(task.id))];
}

function stageBlocks(c: Customization, task: Task, { words: { card } }: CardView): types.KnownBlock[] {
  if (c.state === "done") return [];
  if (c.state === "cancelled") return task.stage ? [context(card.lastSeen(task.stage, task.status))] : [];
  const marks = stageMarks(c, task);
  const reached = c.state === "failed" && task.stage ? marks.filter(({ mark }) => mark !== "later") : marks;
  return [section(card.stages(reached))];
}

function stageMarks(c: Customization, task: Task): StageMark[] {
  const hasDecision = kindRow(c.kind).hasDecision || task.stage === "CONFIRM";
  // A voice has no footage and so no PROCESS stage. See docs/tencent-api.md §4 (vendor page 62061).
  const hasProcess = kindRow(c.kind).speech === undefined || task.stage === "PROCESS";
  const stages = stageSchema.options.filter(
    (stage) => (stage !== "CONFIRM" || hasDecision) && (stage !== "PROCESS" || hasProcess),
  );
  const now = task.stage === undefined ? -1 : stages.indexOf(task.stage);
  // The vendor may report a failure while the stage's own status is still in progress.
  const status = c.state === "failed" ? "FAIL" : task.status;
  return stages.map((stage, i) => {
    if (i !== now) return { stage, mark: i < now ? "done" : "later" };
    return { stage, mark: "now", ...(status && { status }) };
  });
}

function detailBlocks(c: Customization, task: Task, view: CardView): types.KnownBlock[] {
  const { card } = view.words;
  const since = stageSince(c, task);
  const facts: ProgressFacts = {
    taskId: task.id,
    stage: task.stage,
    since,
    tookMs: view.now - since,
    lookedAt: task.lookedAt,
    usualMs: task.stage && view.usualMs(c.kind, task.stage),
  };
  const stuck = c.state === "running" && isStuck(facts.tookMs, facts.usualMs);
  return [
    context(card.progress(facts), card.task(task.id)),
    ...(stuck ? [context(card.stuck(facts))] : []),
    ...(task.failing ? [context(card.failing(task.failing, view.now))] : []),
  ];
}

/** When the stage began, which may be before its current status. */
function stageSince(c: Customization, task: Task): number {
  const seen = c.history.flatMap(({ at, event }) => (event.type === "stage" ? [{ at, stage: event.stage }] : []));
  const lastOther = seen.findLastIndex(({ stage }) => stage !== task.stage);
  return seen[lastOther + 1]?.at ?? task.since;
}
