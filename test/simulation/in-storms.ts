import { expect } from "vitest";
import { simulate } from "./simulate.ts";

/** Plays each seed, and names those that violate something; `npm run test:simulate -- --runs 1 --seed N --trace` shows how. */
export async function inStorms(first: number, last: number): Promise<void> {
  const broken: object[] = [];
  for (let seed = first; seed <= last; seed += 1) {
    const { violations } = await simulate({ seed });
    if (violations.length > 0) broken.push({ seed, violations });
  }
  expect(broken).toEqual([]);
}
