import type { types } from "@slack/bolt";
import type { Customization, Round } from "../../core/customization.ts";
import { lastRound } from "../../core/record.ts";
import type { RoundStanding } from "../words/card-words.ts";
import { context } from "./blocks.ts";
import type { CardView } from "./message.ts";

/** Rounds before these are in the history. */
const MOST_ROUNDS = 6;

/** The decisions so far, one line each. */
export function roundBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  const { card } = view.words;
  return c.rounds.slice(-MOST_ROUNDS).map((round) => context(card.round(round, roundStanding(c, round))));
}

/** Demos before a round, without names. */
export function earlierRounds(c: Customization, n: number, view: CardView): types.KnownBlock[] {
  const { notices } = view.words;
  const before = c.rounds.filter((round) => round.n < n).slice(-MOST_ROUNDS);
  return before.map((round) => context(notices.earlier(round, roundStanding(c, round))));
}

export function roundStanding(c: Customization, round: Round): RoundStanding {
  if (round.decision?.accepted) return "decided";
  const isElsewhere = c.history.some(({ event }) => event.what === "decided-elsewhere" && event.round === round.n);
  if (isElsewhere) return "elsewhere";
  if (lastRound(c)?.n !== round.n) return "over";
  if (c.state === "awaiting-decision") return "open";
  if (c.state === "deciding") return "sending";
  return c.state === "decision-unknown" ? "lost" : "over";
}
