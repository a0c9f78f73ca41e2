import type { types } from "@slack/bolt";
import type { Customization, Task } from "../../core/customization.ts";
import type { Kind } from "../../core/kinds.ts";
import { kindRow } from "../../core/kinds.ts";
import { stageSchema } from "../../core/stage.ts";
import { isStuck } from "../../core/stage-durations.ts";
import { isFollowed } from "../../core/state.ts";
import type { LookFacts, StageMark } from "../words/card-words.ts";
import { context, section } from "./blocks.ts";
import type { CardView } from "./message.ts";
import { roundBlocks } from "./round.ts";

/** How far the vendor's task is, and the decisions so far. */
export function progressBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  if (!c.task) return [];
  return [...stageBlocks(c, c.task, view), ...taskBlocks(c, c.task, view), ...roundBlocks(c, view)];
}

/** Of a request that is no longer followed the headline has the TaskId. */
function taskBlocks(c: Customization, task: Task, view: CardView): types.KnownBlock[] {
  if (isFollowed(c.state)) return lookBlocks(c, task, view);
  return c.state === "cancelled" ? [] : [context(view.words.card.task(task.id))];
}

/** Nothing is filmed: they have no PROCESS. @see docs/tencent-api.md §4 (vendor page 62061) */
const VOICES: readonly Kind[] = ["VOICE", "ZERO_SHOT_VOICE"];
function stageBlocks(c: Customization, task: Task, { words: { card } }: CardView): types.KnownBlock[] {
  if (c.state === "done") return [];
  if (c.state === "cancelled") return task.stage ? [context(card.lastSeen(task.stage, task.status))] : [];
  const marks = stageMarks(c, task);
  const reached = c.state === "failed" && task.stage ? marks.filter(({ mark }) => mark !== "later") : marks;
  return [section(card.stages(reached))];
}

function stageMarks(c: Customization, task: Task): StageMark[] {
  const hasDecision = kindRow(c.kind).hasDecision || task.stage === "CONFIRM";
  const hasProcess = !VOICES.includes(c.kind) || task.stage === "PROCESS";
  const stages = stageSchema.options.filter(
    (stage) => (stage !== "CONFIRM" || hasDecision) && (stage !== "PROCESS" || hasProcess),
  );
  const now = task.stage === undefined ? -1 : stages.indexOf(task.stage);
  // A failure may be told while the stage's own status still says that it goes on.
  const status = c.state === "failed" ? "FAIL" : task.status;
  return stages.map((stage, i) => {
    if (i !== now) return { stage, mark: i < now ? "done" : "later" };
    return { stage, mark: "now", ...(status && { status }) };
  });
}

function lookBlocks(c: Customization, task: Task, view: CardView): types.KnownBlock[] {
  const { card } = view.words;
  const since = stageSince(c, task);
  const look: LookFacts = {
    taskId: task.id,
    stage: task.stage,
    since,
    tookMs: view.now - since,
    lookedAt: task.lookedAt,
    usualMs: task.stage && view.usualMs(c.kind, task.stage),
  };
  const stuck = c.state === "running" && isStuck(look.tookMs, look.usualMs);
  return [
    context(card.look(look), card.task(task.id)),
    ...(stuck ? [context(card.stuck(look))] : []),
    ...(task.failing ? [context(card.failing(task.failing, view.now))] : []),
  ];
}

/** When the stage began: its status may have changed since. */
function stageSince(c: Customization, task: Task): number {
  const seen = c.history.flatMap(({ at, event }) => (event.type === "stage" ? [{ at, stage: event.stage }] : []));
  const lastOther = seen.findLastIndex(({ stage }) => stage !== task.stage);
  return seen[lastOther + 1]?.at ?? task.since;
}
