import type { Customization, Task } from "../../core/customization.ts";
import { stepOf } from "../../core/production.ts";
import { lastAttempt, situationOf } from "../../core/situation.ts";
import { isStuck } from "../../core/stage-durations.ts";
import { isFollowed } from "../../core/state.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import type { CardView } from "./message.ts";
import { withReason } from "./message.ts";
import { roundLines } from "./round.ts";

/** What has become of the vendor's task, as lines of a card. */
export function progressLines(c: Customization, view: CardView): Mrkdwn[] {
  const { card } = view.words;
  if (!c.task) return [];
  return [
    ...decisionLines(c, view),
    ...(isFollowed(c.state) ? followedLines(c, c.task, view) : []),
    ...roundLines(c, view),
    ...(c.state === "failed" ? [card.failure(c)] : []),
  ];
}

/** The refusal that brought the buttons back; the private answer about it may be gone by now. */
function decisionLines(c: Customization, view: CardView): Mrkdwn[] {
  const { card } = view.words;
  const now = situationOf(c, view.now);
  const last = lastAttempt(c);
  const no = c.state === "awaiting-decision" && last?.event.type === "decision-refused" ? last.event : undefined;
  return [
    ...(no && last ? [card.decisionRefused(withReason(no, view), last.at)] : []),
    ...(now.type === "retrain-refused" ? [card.retrainRefused(now.reason)] : []),
  ];
}

function followedLines(c: Customization, task: Task, view: CardView): Mrkdwn[] {
  const { card } = view.words;
  const step = stepOf(c);
  const tookMs = view.now - (step?.since ?? task.since);
  const usualMs = step && view.usualMs(c.kind, step.stage);
  return [
    ...(c.state === "running" && isStuck(tookMs, usualMs) ? [card.stuck(tookMs, usualMs)] : []),
    ...(task.failing ? [card.failing(task.failing, view.now)] : []),
    card.lastActs(c, task),
  ];
}
