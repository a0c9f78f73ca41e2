import { describe, it } from "vitest";
import { inStorms } from "./in-storms.ts";

describe("the whole bot in more storms", () => {
  it("keeps every invariant, seeds 51 to 100", () => inStorms(51, 100), 600_000);
});
