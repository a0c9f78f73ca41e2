import { describe, expect, it } from "vitest";
import { afterFailedPoll, applyPoll } from "../../../src/core/apply-poll.ts";
import type { Customization } from "../../../src/core/customization.ts";
import { dropSignatures } from "../../../src/core/demo-links.ts";
import { customization, HOUR, MINUTE, round, START, task } from "../../fixtures/customization-fixture.ts";

const ADDRESS = "https://demo.example.com/one.mp4";
const SECONDS = START / 1000;
const LIMITS = { min: 1_000, max: 60_000 };

function waiting(...demos: string[]): Customization {
  const rounds = [round({ offeredAt: START, demos })];
  return customization({ state: "awaiting-decision", task: task({ stage: "CONFIRM" }), rounds });
}

describe("signed links of a demo", () => {
  it.each([
    ["an hour when they do not say it", `${ADDRESS}?sign=1`, 60],
    ["as long as they say", `${ADDRESS}?expires=${SECONDS + 600}&sign=1`, 10],
    ["as long as COS says", `${ADDRESS}?q-sign-algorithm=sha1&q-sign-time=${SECONDS};${SECONDS + 7_200}&q-ak=1`, 120],
    ["as long as COS says, escaped", `${ADDRESS}?q-sign-time=${SECONDS}%3B${SECONDS + 7_200}`, 120],
  ])("are kept %s", (_what, url, minutes) => {
    const c = waiting(url);
    expect(dropSignatures(c, START + (minutes - 1) * MINUTE)).toBe(c);
    const [dropped] = dropSignatures(c, START + minutes * MINUTE).rounds;
    expect(dropped).toMatchObject({ demos: [ADDRESS], linksExpired: true });
  });

  it("go at once when nobody decides about them any more", () => {
    const c = waiting(`${ADDRESS}?sign=1`);
    const [first] = c.rounds;
    if (!first) throw new Error("no round");
    const decision = { operate: "REJECT", by: "U0BOB", at: START, accepted: true } as const;
    const over: Customization[] = [
      { ...c, state: "cancelled" },
      { ...c, state: "done" },
      { ...c, state: "running", rounds: [{ ...first, decision }] },
      { ...c, rounds: [first, { ...first, n: 2, demos: [] }] },
    ];
    for (const each of over) expect(JSON.stringify(dropSignatures(each, START).rounds)).not.toContain("sign=1");
    const lost = { ...first, decision: { ...decision, accepted: false } };
    const unknown: Customization = { ...c, state: "decision-unknown", rounds: [lost] };
    expect(dropSignatures(unknown, START)).toBe(unknown);
  });

  it("stay links where they have no signature", () => {
    const c = waiting(ADDRESS);
    expect(dropSignatures({ ...c, state: "done" }, START + HOUR).rounds[0]).not.toHaveProperty("linksExpired");
  });

  it("go with the polls, whether these are answered or not", () => {
    const c = waiting(`${ADDRESS}?sign=1`);
    const report = { status: "MAKING", demos: [], trainRecord: "", assets: [] } as const;
    const now = START + 2 * HOUR;
    for (const polled of [
      applyPoll(c, { type: "same" }, report, now, LIMITS),
      applyPoll(c, { type: "failed", said: "", elsewhere: false }, report, START, LIMITS),
      afterFailedPoll(c, "no answer", now, LIMITS),
    ])
      expect(polled.rounds[0]).toMatchObject({ demos: [ADDRESS], linksExpired: true });
  });
});
