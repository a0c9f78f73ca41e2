import { expect, test } from "vitest";
import { RecentMap } from "../../../src/core/recent-map.ts";

test("keeps what was set last, at most so much", () => {
  const map = new RecentMap<string, number>(3);
  for (const [n, key] of ["a", "b", "c", "d"].entries()) map.set(key, n);
  map.set("b", 7);
  map.set("e", 9);
  expect(["a", "b", "c", "d", "e"].map((key) => map.get(key))).toEqual([undefined, 7, undefined, 3, 9]);
  map.delete("b");
  expect([map.has("b"), map.size]).toEqual([false, 2]);
});
