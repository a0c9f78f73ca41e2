import { describe, it } from "vitest";
import { inStorms } from "./in-storms.ts";

describe("the whole bot in more storms", () => {
  it("keeps every invariant, seeds 151 to 300", () => inStorms(151, 300), 600_000);
});
