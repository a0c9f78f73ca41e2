import { describe, expect, test } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import { isStuck, medianStageMs, slowStageMs } from "../../../src/core/stage-durations.ts";
import type { Stage, StageStatus } from "../../../src/core/state.ts";
import { customization, HOUR } from "../../fixtures/customization-fixture.ts";

function withStages(...stages: [Stage, StageStatus, number][]): Customization {
  return customization({
    history: [
      { at: 0, event: { type: "opened" } },
      ...stages.map(([stage, status, at]) => ({ at, event: { type: "stage" as const, stage, status } })),
    ],
  });
}

/** Was in TRAIN for so many hours. */
const trained = (hours: number, over: Partial<Customization> = {}): Customization => ({
  ...withStages(
    ["TRAIN", "PROCESSING", HOUR],
    ["TRAIN", "SUCCESS", 2 * HOUR],
    ["CONFIRM", "WAIT_PROCESS", (1 + hours) * HOUR],
  ),
  ...over,
});

describe("how long a stage usually takes", () => {
  test.each<[string, Customization[], number | undefined]>([
    ["no history", [], undefined],
    ["one", [trained(5)], 5],
    ["the median", [trained(9), trained(2), trained(4)], 4],
    ["only of its kind", [trained(9, { kind: "IMAGE_4K" }), trained(3)], 3],
    ["not of one that is still in it", [withStages(["TRAIN", "PROCESSING", 1])], undefined],
    [
      "not of one that never came there",
      [withStages(["AUDIT", "PROCESSING", 1], ["PROCESS", "PROCESSING", 2])],
      undefined,
    ],
    [
      "of the first time through",
      [
        withStages(
          ["TRAIN", "PROCESSING", 0],
          ["CONFIRM", "WAIT_PROCESS", 6 * HOUR],
          ["TRAIN", "PROCESSING", 7 * HOUR],
          ["CONFIRM", "WAIT_PROCESS", 90 * HOUR],
        ),
      ],
      6,
    ],
  ])("%s", (_what, others, hours) => {
    expect(medianStageMs(others, "IMAGE", "TRAIN")).toBe(hours === undefined ? undefined : hours * HOUR);
  });
});

test("a stage is stuck after three times its usual duration, or two days", () => {
  expect(isStuck(15 * HOUR, 5 * HOUR)).toBe(false);
  expect(isStuck(15 * HOUR + 1, 5 * HOUR)).toBe(true);
  expect(isStuck(48 * HOUR, undefined)).toBe(false);
  expect(isStuck(48 * HOUR + 1, undefined)).toBe(true);
});

test("a stage is slow once it takes longer than 95 of 100 others, of five at least", () => {
  const others = [1, 2, 3, 4, 50].map((hours) => trained(hours));
  expect(slowStageMs(others.slice(1), "IMAGE", "TRAIN")).toBeUndefined();
  expect(slowStageMs(others, "IMAGE", "TRAIN")).toBe(50 * HOUR);
  const many = Array.from({ length: 40 }, (_, i) => trained(i + 1));
  expect(slowStageMs(many, "IMAGE", "TRAIN")).toBe(38 * HOUR);
  expect(slowStageMs(many, "VOICE", "TRAIN")).toBeUndefined();
});
