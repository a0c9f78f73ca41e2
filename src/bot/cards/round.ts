import type { types } from "@slack/bolt";
import type { Customization, Round } from "../../core/customization.ts";
import { lastRound } from "../../core/record.ts";
import type { RoundStanding } from "../words/card-words.ts";
import { context } from "./blocks.ts";
import type { CardView } from "./message.ts";

/** Rounds before these are in the history. */
const MOST_ROUNDS = 6;

/** The decisions so far, one line each; of a demo that waits, or is being decided on, the card's headline tells. */
export function roundBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  const { card } = view.words;
  const told = c.rounds.slice(-MOST_ROUNDS).map((round) => ({ round, standing: roundStanding(c, round) }));
  return told
    .filter(({ round, standing }) => round.rejectReason || (standing !== "open" && standing !== "sending"))
    .map(({ round, standing }) => context(card.round(round, standing)));
}

/** Demos before a round, without names. */
export function earlierRounds(c: Customization, n: number, view: CardView): types.KnownBlock[] {
  const { notices } = view.words;
  const before = c.rounds.filter((round) => round.n < n).slice(-MOST_ROUNDS);
  return before.map((round) => context(notices.earlier(round, roundStanding(c, round))));
}

export function roundStanding(c: Customization, round: Round): RoundStanding {
  if (round.decision?.accepted) return "decided";
  const isElsewhere = c.history.some(({ event }) => event.type === "decided-elsewhere" && event.round === round.n);
  if (isElsewhere) return "elsewhere";
  if (lastRound(c)?.n !== round.n) return "over";
  if (c.state === "awaiting-decision") return "open";
  if (c.state === "deciding") return "sending";
  return c.state === "decision-unknown" ? "lost" : "over";
}
