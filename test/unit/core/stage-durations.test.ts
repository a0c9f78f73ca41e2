import { describe, expect, test } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import { isStuck, medianStageMs } from "../../../src/core/stage-durations.ts";
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
