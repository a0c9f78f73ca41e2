import { describe, expect, it } from "vitest";
import { PERSONAL_LIMITS, TokenBuckets } from "../../../src/core/token-bucket.ts";

describe("a token bucket per person", () => {
  const START = 1_000_000;

  function acts(buckets: TokenBuckets, who: string, count: number, now: number): string[] {
    return Array.from({ length: count }, () => buckets.admit(who, now));
  }

  it("lets thirty acts pass at once, refuses the next once, and ignores the rest", () => {
    const admitted = acts(new TokenBuckets(PERSONAL_LIMITS), "alice", 40, START);
    expect(admitted.filter((one) => one === "pass")).toHaveLength(30);
    expect(admitted.slice(30)).toEqual(["refuse", ...Array(9).fill("ignore")]);
  });

  it("lets one more pass every two seconds, and refuses again with a word after that", () => {
    const buckets = new TokenBuckets(PERSONAL_LIMITS);
    acts(buckets, "alice", 31, START);
    expect(acts(buckets, "alice", 1, START + 1_999)).toEqual(["ignore"]);
    expect(acts(buckets, "alice", 3, START + 4_000)).toEqual(["pass", "pass", "refuse"]);
    expect(acts(buckets, "alice", 31, START + 3_600_000).filter((one) => one === "pass")).toHaveLength(30);
  });

  it("keeps people apart, and a clock that is set back gives nothing away", () => {
    const buckets = new TokenBuckets(PERSONAL_LIMITS);
    acts(buckets, "alice", 31, START);
    expect(buckets.admit("bob", START)).toBe("pass");
    expect(buckets.admit("alice", START - 3_600_000)).toBe("ignore");
  });

  it("keeps a bounded number of people", () => {
    const buckets = new TokenBuckets({ burst: 1, everyMs: 1_000, most: 2 });
    for (const who of ["alice", "bob", "carol"]) buckets.admit(who, START);
    expect(buckets.admit("carol", START)).toBe("refuse");
    // Alice acted longest ago and was forgotten.
    expect(buckets.admit("alice", START)).toBe("pass");
  });
});
