import type { types } from "@slack/bolt";
import { decidersOf } from "../../core/approval.ts";
import type { Customization, Round } from "../../core/customization.ts";
import type { Notice } from "../../core/notice.ts";
import { lastRound } from "../../core/record.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { lines } from "../words/mrkdwn.ts";
import type { LostDecision } from "../words/notice-words.ts";
import { actions, button, context, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage } from "./message.ts";
import { earlierRounds, roundStatus } from "./round.ts";

/** The most links in a message; *Open the demo* has the rest. */
const MOST_DEMOS = 6;

/** A demo and the decision about it; the buttons belong to one round and disappear with it. */
export function demoMessage(c: Customization, n: number, view: CardView): CardMessage {
  const round = roundOf(c, n);
  const { notices } = view.words;
  const outcome = outcomeOf(c, round, view);
  const previous = c.rounds.findLast((earlier) => earlier.n < n);
  const outside = c.rounds[0]?.n === n ? notices.demoSeenOutside(c) : undefined;
  return threadMessage(notices.demo(c, round, decidersOf(c, view.policy)), view, [
    ...(outside ? [context(outside)] : []),
    ...(round.linksExpired ? expiredLinks(round.demos, view) : demoLinks(round.demos, view)),
    ...(round.stale ? [section(notices.demoStale(c, previous))] : []),
    ...(round.rejectReason ? [section(notices.retrainRefused(round.rejectReason))] : []),
    ...earlierRounds(c, n, view),
    context(lines(notices.demoHint, notices.mayDecide)),
    ...(outcome ? [section(outcome)] : decisionButtons(c, n, view)),
  ]);
}

/** The demo as one person was sent it. Whoever is no approver any more keeps neither links nor reason nor buttons. */
export function demoDirectMessage(c: Customization, n: number, to: string, view: CardView): CardMessage {
  if (c.approvers.includes(to)) return demoMessage(c, n, view);
  return threadMessage(view.words.notices.approverReplaced(c), view);
}

/** *Open the demo*, *Confirm* and *Reject…* of one round; below them what is rarely pressed. */
export function decisionButtons(c: Customization, n: number, view: CardView): types.KnownBlock[] {
  const open = button(view.words.labels.openDemo, { type: "open-demo", id: c.id, round: n });
  const pass = button(view.words.labels.passTo, { type: "pass-to", id: c.id });
  return [...actions(open, confirmButton(c, n, view), rejectButton(c, n, view)), ...actions(pass)];
}

function confirmButton(c: Customization, round: number, { words }: CardView): types.Button {
  const dialog = words.dialogs.confirm(c, round);
  return button(words.labels.confirm, { type: "confirm", id: c.id, round }, { style: "primary", dialog });
}

function rejectButton(c: Customization, round: number, { words }: CardView): types.Button {
  return button(words.labels.reject, { type: "reject", id: c.id, round }, { style: "danger" });
}

/** The links as the vendor gave them. */
export function demoLinks(demos: readonly string[], view: CardView): types.KnownBlock[] {
  return demos.slice(0, MOST_DEMOS).map((url, i) => section(view.words.notices.demoLink(url, i + 1)));
}

function expiredLinks(demos: readonly string[], view: CardView): types.KnownBlock[] {
  return demos.slice(0, MOST_DEMOS).map((url, i) => section(view.words.notices.demoExpired(url, i + 1)));
}

function roundOf(c: Customization, n: number): Round {
  return c.rounds.find((round) => round.n === n) ?? { n, offeredAt: c.createdAt, demos: [], fingerprint: "" };
}

/** What replaces the buttons; undefined while the decision is open. */
function outcomeOf(c: Customization, round: Round, view: CardView): Mrkdwn | undefined {
  const { notices } = view.words;
  const { decision } = round;
  switch (roundStatus(c, round)) {
    case "open":
      return undefined;
    case "sending":
      return notices.deciding(decision ?? { operate: "AGREE", by: c.claim?.by ?? c.requester });
    case "lost":
      return notices.decisionLost(decision);
    case "decided":
      return decision ? notices.decided(decision) : notices.roundOver(c);
    case "elsewhere":
      return notices.elsewhere;
    case "over":
      return notices.roundOver(c);
  }
}

/** A decision whose answer was lost: the same buttons again, for the same round. */
export function decisionUnknownMessage(c: Customization, notice: Notice, n: number, view: CardView): CardMessage {
  const { notices } = view.words;
  const newest = c.outbox.findLast(({ content }) => content.type === "decision-unknown" && content.round === n);
  const isOpen = c.state === "decision-unknown" && lastRound(c)?.n === n && newest?.key === notice.key;
  const settled = outcomeOf(c, roundOf(c, n), view) ?? notices.decisionNotArrived;
  return threadMessage(notices.decisionUnknown(c, n, lostDecision(c, n, notice.at)), view, [
    context(notices.mayDecide),
    ...(isOpen ? decisionButtons(c, n, view) : [section(settled)]),
  ]);
}

/** The lost decision that a notice from that time is about, from the history. */
function lostDecision(c: Customization, n: number, at: number): LostDecision {
  const before = c.history.filter((line) => line.at <= at && "round" in line.event && line.event.round === n);
  const lost = before.findLast(({ event }) => event.type === "decision-unknown")?.event;
  const decided = before.findLast(({ event }) => event.type === "decided");
  const { because = "", requestId } = lost?.type === "decision-unknown" ? lost : {};
  return {
    because,
    ...(requestId && { requestId }),
    ...(decided?.event.type === "decided" && {
      decision: { operate: decided.event.operate, by: decided.by ?? c.requester, at: decided.at },
    }),
  };
}

export function decidedElsewhereMessage(c: Customization, n: number, view: CardView): CardMessage {
  return threadMessage(view.words.notices.decidedElsewhere(c, n), view);
}
