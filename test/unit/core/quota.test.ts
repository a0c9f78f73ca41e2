import { describe, expect, it, test } from "vitest";
import { planExpiry } from "../../../src/core/asset-expiry.ts";
import type { Customization } from "../../../src/core/customization.ts";
import { dueAt } from "../../../src/core/due-at.ts";
import {
  isOutOfQuota,
  knownQuota,
  quotaDueAt,
  quotaRefused,
  quotaUnread,
  withQuota,
  withQuotaBefore,
} from "../../../src/core/quota.ts";
import { customization, DAY, MINUTE, START } from "../../fixtures/customization-fixture.ts";

const ready = customization({ state: "ready" });
const IMAGE = { kind: "IMAGE" } as const;
const until = START + 300 * DAY;

describe("what is left of a quota", () => {
  it("is looked at at once and then so often that no dialog shows figures older than ten minutes", () => {
    expect(quotaDueAt(ready)).toBe(ready.createdAt);
    const looked = withQuota(ready, { ...IMAGE, left: 3, total: 5, expiresAt: until }, START);
    expect(quotaDueAt(looked)).toBe(START + 8 * MINUTE);
    expect(knownQuota(looked, START + 10 * MINUTE)).toMatchObject({ left: 3, total: 5, expiresAt: until });
    expect(knownQuota(looked, START + 10 * MINUTE + 1)).toBeUndefined();
    const failed = quotaUnread(looked, START + 8 * MINUTE);
    expect([quotaDueAt(failed), knownQuota(failed, START + 9 * MINUTE)?.left]).toEqual([START + 9 * MINUTE, 3]);
    expect(knownQuota(failed, START + 11 * MINUTE)).toBeUndefined();
  });

  it.each(["collecting", "launching", "running", "done", "cancelled"] as const)(
    "is not looked at while %s",
    (state) => {
      expect(quotaDueAt(customization({ state }))).toBeUndefined();
    },
  );

  it("is unknown where the vendor does not tell it", () => {
    for (const told of [undefined, IMAGE]) expect(knownQuota(withQuota(ready, told, START), START)).toBeUndefined();
  });

  it("is nothing after a refusal, until the vendor tells a number", () => {
    const refused = quotaRefused(ready, START);
    expect(isOutOfQuota(refused, START + DAY)).toBe(true);
    const untold = withQuota(refused, undefined, START + 2 * MINUTE);
    expect([isOutOfQuota(untold, START + DAY), quotaDueAt(untold)]).toEqual([true, START + 10 * MINUTE]);
    expect(isOutOfQuota(withQuota(refused, { ...IMAGE, left: 1 }, START + 2 * MINUTE), START + 3 * MINUTE)).toBe(false);
  });

  it("before a launch is kept, and only where a recent look has told it", () => {
    const looked = withQuota(ready, { ...IMAGE, left: 3 }, START);
    expect(withQuotaBefore(looked, START + MINUTE).launchHints).toEqual({ before: 3 });
    expect(withQuotaBefore({ ...looked, launchHints: { before: 9 } }, START + DAY).launchHints).toBeUndefined();
  });
});

describe("the end of what was made", () => {
  const end = START + 100 * DAY;
  type Lookup = NonNullable<Customization["lookup"]>;
  const found: Lookup = { since: START, nextLookAt: START, everyMs: 0, ended: "found", expiresAt: end };
  const done = (lookup: Partial<Lookup> = {}) => customization({ state: "done", lookup: { ...found, ...lookup } });

  test.each<[string, Customization, number | undefined]>([
    ["thirty days before", done(), end - 30 * DAY],
    ["then seven days before", done({ warned: 30 }), end - 7 * DAY],
    ["then no more", done({ warned: 7 }), undefined],
    ["later after the lists could not be read", done({ retryAt: end - 29 * DAY }), end - 29 * DAY],
    ["never where the vendor does not tell it", customization({ state: "done" }), undefined],
  ])("is looked at %s", (_what, c, at) => {
    expect(dueAt(c)).toBe(at);
  });

  test.each<[string, Customization, number | undefined, number, number | undefined, number | undefined]>([
    ["thirty days before", done(), undefined, end - 30 * DAY, 30, 30],
    ["seven days before", done({ warned: 30 }), end, end - 7 * DAY, 7, 7],
    ["only for seven days where that is all that is left", done(), end, end - 3 * DAY, 7, 7],
    ["not where it was extended", done({ warned: 30 }), end + 365 * DAY, end - 7 * DAY, undefined, undefined],
    ["not twice", done({ warned: 7 }), end, end - 2 * DAY, undefined, 7],
    ["not again for thirty days", done({ warned: 30 }), end + DAY, end - 7 * DAY, undefined, 30],
  ])("is told %s", (_what, c, listed, now, tell, warned) => {
    const plan = planExpiry(c, listed, now);
    expect([plan?.tell, plan?.lookup.warned]).toEqual([tell, warned]);
    expect(plan?.lookup.expiresAt).toBe(listed ?? end);
  });
});
