import { describe, expect, test } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import type { ProgressReport } from "../../../src/core/poll-plan.ts";
import {
  fingerprintOf,
  isSameDemo,
  nextWait,
  offersDecision,
  planPoll,
  STALE_MS,
} from "../../../src/core/poll-plan.ts";
import { customization, offer, report, round, START, task } from "../../fixtures/customization-fixture.ts";

const ONE = "https://demo.example.com/one.mp4";
const TWO = "https://demo.example.com/two.mp4";
const NOW = START + 1000;

const training = customization({ state: "running", task: task() });
const offered = round({ demos: [`${ONE}?sign=1`] });
const waiting = customization({
  state: "awaiting-decision",
  task: task({ stage: "CONFIRM", status: "WAIT_PROCESS" }),
  rounds: [offered],
});
const decision = { operate: "REJECT", by: "U0BOB", at: START, accepted: true, reason: "blinks" } as const;
/** Rejected a moment ago; the vendor has not moved yet. */
const decided: Customization = { ...waiting, state: "running", rounds: [{ ...offered, decision }] };
const retraining: Customization = { ...decided, task: task({ stage: "TRAIN", status: "PROCESSING" }) };
const unknown: Customization = {
  ...waiting,
  state: "decision-unknown",
  rounds: [{ ...offered, decision: { ...decision, accepted: false } }],
};
/** The vendor kept showing the old demo, and it was offered again. */
const stale: Customization = {
  ...waiting,
  rounds: [
    { ...offered, decision },
    { ...offered, n: 2, stale: true },
  ],
};
const photo = customization({ kind: "IMAGE_PHOTO", state: "running", task: task() });

const first = { n: 1, offeredAt: NOW, fingerprint: expect.any(String) };
const second = { ...first, n: 2 };
const assets = [{ VirtualmanKey: "vk-1" }];
const success = report({ status: "SUCCESS", stage: "END", stageStatus: "SUCCESS", assets });
const failure = report({ status: "FAIL", stage: "TRAIN", stageStatus: "FAIL", failMessage: "too dark" });
const again = (over: Partial<ProgressReport> = {}) => ({ ...offer(`${ONE}?sign=new`), ...over });

type Row = [what: string, c: Customization, report: ProgressReport, plan: object];

describe("what a report means", () => {
  test.each<Row>([
    ["nothing new", training, report(), { type: "same" }],
    ["a new stage", training, report({ stage: "CONFIRM", stageStatus: "PROCESSING" }), { type: "stage" }],
    ["a new state of the stage", training, report({ stageStatus: "WAIT_PROCESS" }), { type: "stage" }],
    [
      "the first demo",
      training,
      offer(`${ONE}?sign=2`),
      { type: "demo", elsewhere: false, round: { ...first, demos: [`${ONE}?sign=2`] } },
    ],
    ["the demo that waits, signed anew", waiting, again(), { type: "same" }],
    [
      "another demo than the one that waits: decided elsewhere",
      waiting,
      offer(TWO),
      { type: "demo", elsewhere: true, round: { ...second, demos: [TWO] } },
    ],
    ["left CONFIRM without us: decided elsewhere", waiting, report(), { type: "left", elsewhere: true }],
    ["confirmed elsewhere, and done", waiting, success, { type: "done", assets, elsewhere: true }],
    ["failed while a decision waited", waiting, failure, { type: "failed", said: "too dark", elsewhere: true }],

    ["just decided, still the old demo: stale", decided, again(), { type: "same" }],
    ["just decided, and it moves", decided, report(), { type: "stage" }],
    [
      "just decided, another demo",
      decided,
      offer(TWO),
      { type: "demo", elsewhere: false, round: { ...second, demos: [TWO] } },
    ],
    [
      "just decided, the same demo with a longer record",
      decided,
      again({ trainRecord: "one round" }),
      { type: "demo", elsewhere: false, round: { ...second, demos: [`${ONE}?sign=new`] } },
    ],
    [
      "the vendor refuses to retrain: a new round that can be agreed to",
      decided,
      again({ rejectReason: "the footage is fine" }),
      {
        type: "demo",
        elsewhere: false,
        round: { ...second, demos: [`${ONE}?sign=new`], rejectReason: "the footage is fine" },
      },
    ],
    [
      "back from training with the same demo: a new round",
      retraining,
      again(),
      { type: "demo", elsewhere: false, round: { ...second, demos: [`${ONE}?sign=new`] } },
    ],
    ["agreed, and done", decided, success, { type: "done", assets, elsewhere: false }],

    ["a decision nobody knows of, same demo", unknown, again(), { type: "same" }],
    ["a decision nobody knows of, it moved", unknown, report(), { type: "left", elsewhere: false }],
    [
      "a decision nobody knows of, another demo",
      unknown,
      offer(TWO),
      { type: "demo", elsewhere: false, round: { ...second, demos: [TWO] } },
    ],
    ["a decision nobody knows of, done", unknown, success, { type: "done", assets, elsewhere: false }],

    ["offered again as stale, still there", stale, again(), { type: "same" }],
    ["offered again as stale, then it moves: our own decision", stale, report(), { type: "left", elsewhere: false }],
    [
      "offered again as stale, then another demo",
      stale,
      offer(TWO),
      { type: "demo", elsewhere: false, round: { ...second, n: 3, demos: [TWO] } },
    ],

    ["a photo is done without a decision", photo, success, { type: "done", assets, elsewhere: false }],
    ["any kind may end so", training, success, { type: "done", assets, elsewhere: false }],
    ["done without assets", training, { ...success, assets: [] }, { type: "done", assets: [], elsewhere: false }],
    ["failed without a word", training, report({ status: "FAIL" }), { type: "failed", said: "", elsewhere: false }],
    ["no stage at all", training, { status: "MAKING", demos: [], trainRecord: "", assets: [] }, { type: "same" }],
  ])("%s", (_what, c, seen, plan) => {
    expect(planPoll(c, seen, NOW)).toEqual(plan);
  });

  test("after a quarter of an hour the old demo is offered again, and says that it is old", () => {
    expect(STALE_MS).toBe(15 * 60_000);
    expect(planPoll(decided, again(), decision.at + STALE_MS - 1)).toEqual({ type: "same" });
    const plan = planPoll(decided, again(), decision.at + STALE_MS);
    expect(plan).toMatchObject({ type: "demo", elsewhere: false, round: { n: 2, stale: true } });
  });
});

describe("a demo", () => {
  test("is offered only while the task waits for it", () => {
    expect(offersDecision(offer())).toBe(true);
    expect(offersDecision({ ...offer(), stageStatus: "PROCESSING" })).toBe(false);
    expect(offersDecision({ ...offer(), stage: "TRAIN" })).toBe(false);
    expect(offersDecision({ ...offer(), status: "SUCCESS" })).toBe(false);
  });

  test("is told from another by what its URLs point to, its record and the refusal, not by signatures", () => {
    const same = [offer(`${ONE}?a=1&b=2`), offer(`${ONE}#t=1`), offer(ONE)].map(fingerprintOf);
    expect(new Set(same).size).toBe(1);
    const other = [offer(TWO), offer(ONE, TWO), again({ trainRecord: "x" }), again({ rejectReason: "x" })];
    expect(new Set([...other.map(fingerprintOf), ...same]).size).toBe(5);
    expect(isSameDemo(offered, again())).toBe(true);
    expect(isSameDemo(offered, offer(TWO))).toBe(false);
    expect(isSameDemo(offered, { ...again(), stage: "TRAIN" })).toBe(false);
  });
});

test.each([
  [30_000, true, 30_000],
  [600_000, true, 30_000],
  [30_000, false, 60_000],
  [240_000, false, 480_000],
  [400_000, false, 600_000],
  [600_000, false, 600_000],
  [1, false, 30_000],
])("after %d ms, news: %s, the next look is %d ms away", (everyMs, hadNews, wait) => {
  expect(nextWait(everyMs, hadNews, { min: 30_000, max: 600_000 })).toBe(wait);
});
