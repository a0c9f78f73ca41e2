import { describe, expect, it } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import type { Offer } from "../../../src/core/material-record.ts";
import { STATES } from "../../../src/core/state.ts";
import { WAITING_STATES, waitsFor } from "../../../src/core/waits-for.ts";
import {
  APPROVER,
  accepted,
  asked,
  customization,
  OPERATOR,
  OUTSIDER,
  policy,
  REQUESTER,
  round,
  START,
  TEAM,
} from "../../fixtures/customization-fixture.ts";

const DROPPER = "U0FILMED";
const VIDEO = asked(5);
const QUESTION = { ...VIDEO, file: { ...VIDEO.file, by: DROPPER } };
const OFFER: Offer = { id: QUESTION.id, file: QUESTION.file, role: "footage" };
const PEOPLE = { requester: REQUESTER, approver: APPROVER, operator: OPERATOR, dropper: DROPPER, outsider: OUTSIDER };

/** Who has to do what. */
function waiting(c: Customization, over: Parameters<typeof policy>[0] = {}, team = TEAM): Record<string, string[]> {
  const rules = policy({ operators: [OPERATOR], ...over });
  const all = Object.entries(PEOPLE).map(([name, id]) => [name, waitsFor(c, { id, team }, rules)] as const);
  return Object.fromEntries(all.filter(([, w]) => w.length > 0).map(([name, w]) => [name, w.map(({ type }) => type)]));
}

const WARNED = accepted("photo", 3, { state: "warned" });

describe("what waits for somebody", () => {
  it.each<[string, Partial<Customization>, Record<string, string[]>]>([
    ["missing material: anybody's", {}, {}],
    ["a video", { materials: [QUESTION] }, { requester: ["which-file"] }],
    ["somebody else's file", { offers: [OFFER] }, { requester: ["use-file"] }],
    ["one that is still looked at", { offers: [{ ...OFFER, look: { owner: "o", leaseUntil: START } }] }, {}],
    ["one that was offered too late", { state: "running", offers: [OFFER] }, {}],
    ["a questionable file", { kind: "IMAGE_PHOTO", materials: [WARNED] }, { requester: ["override"] }],
    [
      "a better one that is questionable",
      { state: "ready", kind: "IMAGE_PHOTO", materials: [accepted("photo", 1), WARNED] },
      { requester: ["override", "launch"] },
    ],
    ["a launch", { state: "ready" }, { requester: ["launch"] }],
    ["a launch under way", { state: "launching" }, {}],
    [
      "a lost launch",
      { state: "launch-unknown" },
      { requester: ["resolve-launch"], approver: ["resolve-launch"], operator: ["resolve-launch"] },
    ],
    ["a demo", { state: "awaiting-decision", rounds: [round()] }, { approver: ["decide"] }],
    ["a lost decision", { state: "decision-unknown", rounds: [round()] }, { approver: ["decide"] }],
    ["a question that came too late", { state: "running", materials: [QUESTION] }, {}],
    ["the end", { state: "done" }, {}],
  ])("%s", (_what, over, who) => {
    expect(waiting(customization(over))).toEqual(who);
  });

  it("follows the operator's settings", () => {
    const ready = customization({ state: "ready" });
    expect(waiting(ready, { launchers: [OPERATOR] })).toEqual({ operator: ["launch"] });
    const own = customization({ state: "awaiting-decision", rounds: [round()], approvers: [REQUESTER] });
    expect(waiting(own)).toEqual({});
    expect(waiting(own, { allowSelfApproval: true })).toEqual({ requester: ["decide"] });
  });

  it("is nothing for people of other workspaces", () => {
    for (const state of STATES) {
      expect(waiting(customization({ state, rounds: [round()], materials: [QUESTION] }), {}, "T0ELSE")).toEqual({});
    }
  });

  it("tells which demo, and since when", () => {
    const c = customization({ state: "decision-unknown", rounds: [round(), round({ n: 2, offeredAt: START + 5 })] });
    expect(waitsFor(c, { id: APPROVER, team: TEAM }, policy())).toEqual([
      { type: "decide", round: 2, offeredAt: START + 5, lost: true },
    ]);
  });

  it("can only be in the states that lists ask the store for", () => {
    const found = STATES.filter((state) => {
      const c = customization({ state, rounds: [round()], materials: [QUESTION] });
      return Object.keys(waiting(c)).length > 0;
    });
    expect(found.sort()).toEqual([...WAITING_STATES].sort());
  });
});
