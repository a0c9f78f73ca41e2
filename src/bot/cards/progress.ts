import type { types } from "@slack/bolt";
import type { Customization, Round, Stage, Task } from "../../core/customization.ts";
import { kindRow } from "../../core/kinds.ts";
import { isFollowed } from "../../core/state.ts";
import { isStuck } from "../../core/usual.ts";
import type { LookFacts, StageMark } from "../words/words.ts";
import { context, section } from "./blocks.ts";
import type { CardView } from "./message.ts";

const STAGES: readonly Stage[] = ["SUBMIT", "AUDIT", "PROCESS", "TRAIN", "CONFIRM", "END"];

/** How far the vendor's task is, and the decisions so far. */
export function progressBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  if (!c.task) return [];
  const { card } = view.words;
  const look = lookFacts(c, c.task, view);
  const waits = isFollowed(c.state);
  const stuck = c.state === "running" && isStuck(look.tookMs, look.usualMs);
  return [
    section(card.stages(stageMarks(c, c.task))),
    ...(waits ? [context(card.look(look), card.task(c.task.id))] : [context(card.task(c.task.id))]),
    ...(stuck ? [context(card.stuck(look))] : []),
    ...(waits && c.task.failing ? [context(card.failing(c.task.failing, view.now))] : []),
    ...roundBlocks(c, c.rounds, view),
  ];
}

function stageMarks(c: Customization, task: Task): StageMark[] {
  const stages = STAGES.filter((stage) => stage !== "CONFIRM" || kindRow(c.kind).hasDecision || task.stage === stage);
  const now = task.stage === undefined ? -1 : stages.indexOf(task.stage);
  return stages.map((stage, i) => {
    if (c.state === "done" || i < now) return { stage, mark: "done" };
    if (i > now) return { stage, mark: "later" };
    return { stage, mark: "now", ...(task.status && { status: task.status }) };
  });
}

function lookFacts(c: Customization, task: Task, view: CardView): LookFacts {
  const since = stageSince(c, task);
  return {
    taskId: task.id,
    since,
    tookMs: view.now - since,
    lookedAt: task.lookedAt,
    usualMs: task.stage && view.usualMs(c.kind, task.stage),
  };
}

/** When the stage began: its status may have changed since. */
function stageSince(c: Customization, task: Task): number {
  const seen = c.history.flatMap((line) =>
    line.event.what === "stage" ? [{ at: line.at, stage: line.event.stage }] : [],
  );
  const before = seen.findLastIndex((line) => line.stage !== task.stage);
  const first = seen[before + 1];
  return first?.stage === task.stage && first !== undefined ? first.at : task.since;
}

/** Rounds before these are in the history. */
const MOST_ROUNDS = 6;

export function roundBlocks(c: Customization, rounds: readonly Round[], view: CardView): types.KnownBlock[] {
  return rounds
    .slice(-MOST_ROUNDS)
    .map((round) => context(view.words.card.round(round, wasDecidedElsewhere(c, round.n))));
}

export function wasDecidedElsewhere(c: Customization, round: number): boolean {
  return c.history.some((line) => line.event.what === "decided-elsewhere" && line.event.round === round);
}
