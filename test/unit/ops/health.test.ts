import { describe, expect, it } from "vitest";
import { healthProblems, storeCheck, ticksCheck } from "../../../src/ops/health.ts";
import { ManualClock } from "../../twins/manual-clock.ts";

describe("the store's part of being ready", () => {
  function store() {
    const written: string[] = [];
    const next: { answer: () => Promise<boolean> } = { answer: async () => true };
    const markSeen = (key: string): Promise<boolean> => {
      written.push(key);
      return next.answer();
    };
    return { written, next, markSeen };
  }

  it("is a write, tried again after half a minute", async () => {
    const [clock, tried] = [new ManualClock(1_000_000), store()];
    const check = storeCheck(tried, clock);
    expect([await check(), await check()]).toEqual([undefined, undefined]);
    expect(tried.written).toHaveLength(1);
    clock.advance(30_000);
    expect(await check()).toBeUndefined();
    expect(new Set(tried.written).size).toBe(2);
  });

  it("is missing while writes fail, and back when they succeed", async () => {
    const [clock, tried] = [new ManualClock(1_000_000), store()];
    const check = storeCheck(tried, clock);
    tried.next.answer = () => Promise.reject(new Error("the disk is full"));
    expect([await check(), await check()]).toEqual(["store: the disk is full", "store: the disk is full"]);
    tried.next.answer = async () => true;
    clock.advance(30_000);
    expect(await check()).toBeUndefined();
  });

  it("is missing while a write hangs, beside which no other is begun", async () => {
    const [clock, tried] = [new ManualClock(1_000_000), store()];
    const check = storeCheck(tried, clock);
    tried.next.answer = () => new Promise(() => {});
    for (const _again of [1, 2]) {
      const answer = check();
      clock.advance(5_000);
      expect(await answer).toBe("store: no write for 5 s");
    }
    expect(tried.written).toHaveLength(1);
  });

  it("tries again when the clock was set back", async () => {
    const [clock, tried] = [new ManualClock(1_000_000), store()];
    const check = storeCheck(tried, clock);
    await check();
    clock.advance(-500_000);
    await check();
    expect(tried.written).toHaveLength(2);
  });
});

describe("the ticks' part of being ready", () => {
  it("needs a tick that is planned and not a minute late", async () => {
    const planned: { ticks?: { lateMs(): number } } = {};
    const check = ticksCheck(() => planned.ticks);
    expect(await check()).toBe("ticks: none is planned");
    planned.ticks = { lateMs: () => 60_000 };
    expect(await check()).toBeUndefined();
    planned.ticks = { lateMs: () => 61_000 };
    expect(await check()).toBe("ticks: the next one is 61 s late");
  });
});

it("tells all that is missing at once", async () => {
  const checks = [async () => "slack: away", async () => undefined, async () => "ticks: late"];
  expect(await healthProblems(checks)).toEqual(["slack: away", "ticks: late"]);
});
