import { describe, it } from "vitest";
import { inStorms } from "./in-storms.ts";

/** In a file of its own, so that two cores share the seeds. */
describe("the whole bot in storms", () => {
  it("keeps every invariant, seeds 151 to 300", () => inStorms(151, 300), 400_000);
});
