import { describe, expect, test } from "vitest";
import { acceptDecision, afterFailedPoll, applyPoll } from "../../../src/core/apply-poll.ts";
import type { Customization } from "../../../src/core/customization.ts";
import type { ProgressReport } from "../../../src/core/poll-plan.ts";
import { planPoll } from "../../../src/core/poll-plan.ts";
import { customization, offer, report, round, START, task } from "../../fixtures/customization-fixture.ts";

const LIMITS = { min: 30_000, max: 600_000 };
const NOW = START + 60_000;
const training = customization({ state: "running", task: task({ everyMs: 120_000 }), history: [] });
const waiting = customization({
  state: "awaiting-decision",
  task: task({ stage: "CONFIRM", status: "WAIT_PROCESS" }),
  rounds: [round()],
  history: [],
});
const unsettled = { operate: "AGREE", by: "U0BOB", at: START, accepted: false } as const;
const unknown: Customization = { ...waiting, state: "decision-unknown", rounds: [round({ decision: unsettled })] };

function look(c: Customization, seen: ProgressReport): Customization {
  return applyPoll(c, planPoll(c, seen, NOW), seen, NOW, LIMITS);
}

const events = (c: Customization) => c.history.map((line) => line.event.type);
const notices = (c: Customization) => c.outbox.map((notice) => notice.key);

describe("a look at the progress", () => {
  test("without news changes only when it looked and when it looks again", () => {
    expect(look(training, report())).toEqual({
      ...training,
      task: { ...training.task, lookedAt: NOW, everyMs: 240_000, nextLookAt: NOW + 240_000 },
    });
  });

  test("with a new stage says since when, and looks again soon", () => {
    const seen = look(training, report({ stage: "CONFIRM", stageStatus: "PROCESSING" }));
    const expected = { stage: "CONFIRM", status: "PROCESSING", since: NOW, everyMs: 30_000, nextLookAt: NOW + 30_000 };
    expect(seen.task).toMatchObject(expected);
    expect(seen.history).toEqual([{ at: NOW, event: { type: "stage", stage: "CONFIRM", status: "PROCESSING" } }]);
    expect(seen.outbox).toEqual([]);
  });

  test("that offers a demo waits for a decision and tells it once", () => {
    const seen = look(training, offer());
    expect(seen).toMatchObject({ state: "awaiting-decision", rounds: [{ n: 1, offeredAt: NOW }] });
    expect(events(seen)).toEqual(["stage", "demo"]);
    expect(seen.outbox).toEqual([{ key: "demo-1", at: NOW, content: { type: "demo", round: 1 } }]);
    expect(look(seen, offer())).toMatchObject({ state: "awaiting-decision", rounds: [{ n: 1 }], outbox: [{}] });
  });

  test("after a decision elsewhere says so and follows on", () => {
    const left = look(waiting, report());
    expect(left.state).toBe("running");
    expect(events(left)).toEqual(["stage", "decided-elsewhere"]);
    expect(notices(left)).toEqual(["elsewhere-1"]);
    const next = look(waiting, offer("https://demo.example.com/two.mp4"));
    expect(next).toMatchObject({ state: "awaiting-decision", rounds: [{ n: 1 }, { n: 2 }] });
    expect(notices(next)).toEqual(["elsewhere-1", "demo-2"]);
  });

  test("settles a decision whose answer was lost: what moved had been taken", () => {
    const left = look(unknown, report());
    expect(left).toMatchObject({ state: "running", rounds: [{ decision: { accepted: true } }] });
    expect(events(left)).toEqual(["stage", "decision-accepted"]);
    const done = look(unknown, report({ status: "SUCCESS" }));
    expect(done).toMatchObject({ state: "done", rounds: [{ decision: { accepted: true } }] });
    expect(look(unknown, offer()).state).toBe("decision-unknown");
  });

  test("that finds the end keeps the assets", () => {
    const assets = [{ VirtualmanKey: "vk", Resolution: "1080" }];
    const done = look(training, report({ status: "SUCCESS", stage: "END", stageStatus: "SUCCESS", assets }));
    expect(done).toMatchObject({ state: "done", assets });
    expect(done.history.at(-1)?.event).toEqual({ type: "done", assets: 1 });
    expect(notices(done)).toEqual(["done"]);
    expect(look(training, report({ status: "SUCCESS" }))).toMatchObject({ state: "done", assets: [] });
  });

  test("that finds a failure keeps the vendor's words and RequestID", () => {
    const failed = look(training, report({ status: "FAIL", failMessage: "too dark", requestId: "r-1" }));
    expect(failed).toMatchObject({ state: "failed", failure: { said: "too dark", requestId: "r-1" } });
    expect(notices(failed)).toEqual(["failed"]);
    expect(look(training, report({ status: "FAIL" })).failure).toEqual({ said: "" });
  });

  test("that fails is no change, and the next one that works ends it", () => {
    const failing = afterFailedPoll(training, "time-out", NOW, LIMITS);
    expect(failing).toEqual({
      ...training,
      task: {
        ...training.task,
        failing: { since: NOW, because: "time-out" },
        everyMs: 240_000,
        nextLookAt: NOW + 240_000,
      },
    });
    const still = afterFailedPoll(failing, "reset", NOW + 1, LIMITS);
    expect(still.task?.failing).toEqual({ since: NOW, because: "reset" });
    expect(look(still, report()).task).not.toHaveProperty("failing");
  });
});

test("a decision is accepted once", () => {
  const settled = acceptDecision(unknown, NOW);
  expect(settled.rounds[0]?.decision).toEqual({ ...unsettled, accepted: true });
  expect(acceptDecision(settled, NOW)).toBe(settled);
  expect(acceptDecision(waiting, NOW)).toBe(waiting);
});
