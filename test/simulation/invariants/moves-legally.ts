import type { Invariant } from "./invariant.ts";

/** From the product's description, not from the code; the first word is the state that was left. */
const LEGAL = `
  collecting: ready cancelled
  ready: collecting launching cancelled
  launching: running ready launch-unknown
  launch-unknown: running launching cancelled
  running: awaiting-decision done failed cancelled
  awaiting-decision: deciding running done failed cancelled
  deciding: running done failed awaiting-decision decision-unknown
  decision-unknown: deciding awaiting-decision running done failed cancelled
`;

const MOVES = new Map(
  LEGAL.trim()
    .split("\n")
    .map((line) => line.trim().split(": "))
    .map(([from = "", to = ""]) => [from, to.split(" ")]),
);

/** Every change of state that was ever stored is a legal one. */
export const movesLegally: Invariant = {
  name: "moves legally",
  check({ scene }) {
    const { moves } = scene.worlds.store;
    return moves
      .filter(({ from, to }) => (from === undefined ? to !== "collecting" : !MOVES.get(from)?.includes(to)))
      .map(({ id, from, to }) => `${id} moved from ${from} to ${to}`);
  },
};
