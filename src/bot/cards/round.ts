import type { types } from "@slack/bolt";
import type { Customization, Round } from "../../core/customization.ts";
import { lastRound } from "../../core/record.ts";
import type { RoundStatus } from "../words/card-words.ts";
import { context } from "./blocks.ts";
import type { CardView } from "./message.ts";

/** The most rounds shown; the history has all of them. */
const MOST_ROUNDS = 6;

/** The decisions so far, a line each; the headline covers a demo that is waiting or being decided. */
export function roundBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  const { card } = view.words;
  const shown = c.rounds.slice(-MOST_ROUNDS).map((round) => ({ round, status: roundStatus(c, round) }));
  return shown
    .filter(({ round, status }) => round.rejectReason || (status !== "open" && status !== "sending"))
    .map(({ round, status }) => context(card.round(round, status)));
}

/** Demos before a round, without names. */
export function earlierRounds(c: Customization, n: number, view: CardView): types.KnownBlock[] {
  const { notices } = view.words;
  const before = c.rounds.filter((round) => round.n < n).slice(-MOST_ROUNDS);
  return before.map((round) => context(notices.earlier(round, roundStatus(c, round))));
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
