import { describe, expect, test } from "vitest";
import type { State } from "../../../src/core/state.ts";
import { canMove, collects, isFollowed, isOver, isSpent, STATES, waitsOnPerson } from "../../../src/core/state.ts";

/** From the architecture's text, row by row; every other move is illegal. */
const LEGAL: Readonly<Record<State, string>> = {
  collecting: "ready cancelled",
  ready: "collecting launching cancelled",
  launching: "running ready launch-unknown",
  "launch-unknown": "launching running cancelled",
  running: "awaiting-decision done failed cancelled",
  "awaiting-decision": "deciding running done failed cancelled",
  deciding: "running done failed awaiting-decision decision-unknown",
  "decision-unknown": "deciding awaiting-decision running done failed cancelled",
  done: "",
  failed: "",
  cancelled: "",
};

describe("states", () => {
  test.each(STATES)("%s moves only where it may", (from) => {
    const reachable = STATES.filter((to) => canMove(from, to));
    expect(new Set(reachable)).toEqual(new Set(LEGAL[from].split(" ").filter((to) => to !== "")));
  });

  test("every state can be reached from the first", () => {
    const seen = new Set<State>(["collecting"]);
    for (const from of seen) for (const to of STATES) if (canMove(from, to)) seen.add(to);
    expect(seen).toEqual(new Set(STATES));
  });

  test.each([
    ["isOver", isOver, "done failed cancelled"],
    ["collects", collects, "collecting ready"],
    ["isFollowed", isFollowed, "running awaiting-decision decision-unknown"],
    ["waitsOnPerson", waitsOnPerson, "ready launch-unknown awaiting-decision decision-unknown"],
    ["isSpent", isSpent, "launching launch-unknown running awaiting-decision deciding decision-unknown done failed"],
  ] as const)("%s", (_name, asks, states) => {
    expect(STATES.filter((state) => asks(state)).join(" ")).toBe(states);
  });
});
