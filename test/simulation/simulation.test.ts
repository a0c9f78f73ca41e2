import { describe, expect, it } from "vitest";
import { inStorms } from "./in-storms.ts";
import { simulate } from "./simulate.ts";

// Two files, so that two workers play them.
describe("the whole bot in storms", () => {
  it("keeps every invariant, seeds 1 to 50", () => inStorms(1, 50), 600_000);
});

describe("a seed", () => {
  it("plays the same each time, and not the same as another", async () => {
    const [first, again] = [await simulate({ seed: 6 }), await simulate({ seed: 6 })];
    expect(again.trace).toBe(first.trace);
    expect(again.steps).toBe(first.steps);
    expect((await simulate({ seed: 7 })).trace).not.toBe(first.trace);
  });
});
