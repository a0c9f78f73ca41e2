import type { types } from "@slack/bolt";
import type { Customization, Round } from "../../core/customization.ts";
import { lastRound } from "../../core/record.ts";
import type { RoundStatus } from "../words/card-words.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { context } from "./blocks.ts";
import type { CardView } from "./message.ts";

/** The most rounds shown; the details have all of them. */
const MOST_ROUNDS = 6;
const MOST_LINES = 2;

/** The last decisions, a line each; the headline covers a demo that waits or is being decided. */
export function roundLines(c: Customization, view: CardView): Mrkdwn[] {
  const shown = c.rounds.map((round) => ({ round, status: roundStatus(c, round) }));
  return shown
    .filter(({ status }) => status !== "open" && status !== "sending")
    .slice(-MOST_LINES)
    .map(({ round, status }) => view.words.card.round(c, round, status));
}

/** Demos before a round, without names. */
export function earlierRounds(c: Customization, n: number, view: CardView): types.KnownBlock[] {
  const { notices } = view.words;
  const before = c.rounds.filter((round) => round.n < n).slice(-MOST_ROUNDS);
  return before.map((round) => context(notices.earlier(c, round, roundStatus(c, round))));
}

export function roundStatus(c: Customization, round: Round): RoundStatus {
  if (round.decision?.accepted) return "decided";
  const isElsewhere = c.history.some(({ event }) => event.type === "decided-elsewhere" && event.round === round.n);
  if (isElsewhere) return "elsewhere";
  if (lastRound(c)?.n !== round.n) return "over";
  if (c.state === "awaiting-decision") return "open";
  if (c.state === "deciding") return "sending";
  return c.state === "decision-unknown" ? "lost" : "over";
}
