import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { schedule } from "../../../src/ops/schedule.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const EVERY_TEN_SECONDS = "*/10 * * * * *";

describe("a schedule", () => {
  const zone = process.env.TZ;
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  /** When it ran, in ms of the monotonic clock. */
  function ticking(at: string, expression = EVERY_TEN_SECONDS) {
    vi.setSystemTime(new Date(at));
    const runs: number[] = [];
    const log = recordingLog();
    const ticks = schedule(expression, () => void runs.push(performance.now()), { log });
    return { runs, log, ticks };
  }

  function longestGap(runs: readonly number[]): number {
    return Math.max(...runs.slice(1).map((run, i) => run - (runs[i] ?? 0)));
  }

  // One minute before clocks go back, in UTC.
  it.each([
    ["Europe/Vienna", "2026-10-25T00:59:00Z"],
    ["Europe/London", "2026-10-25T00:59:00Z"],
    ["America/New_York", "2026-11-01T05:59:00Z"],
    ["Australia/Melbourne", "2026-04-04T15:59:00Z"],
  ])("in %s has no gap in the night that clocks go back", async (timeZone, at) => {
    process.env.TZ = timeZone;
    const { runs, ticks } = ticking(at);
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    ticks.stop();
    expect(runs.length).toBeGreaterThanOrEqual((3 * MINUTE) / (10 * SECOND) - 1);
    expect(longestGap(runs)).toBeLessThanOrEqual(20 * SECOND);
  });

  it.each([
    ["set back by an hour", -HOUR],
    ["set back by a minute", -MINUTE],
    ["set forward by eight hours", 8 * HOUR],
  ])("has no gap over two ticks and warns once when the clock is %s", async (_how, jump) => {
    const { runs, log, ticks } = ticking("2026-11-28T04:00:00Z");
    await vi.advanceTimersByTimeAsync(MINUTE);
    vi.setSystemTime(Date.now() + jump);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    ticks.stop();
    expect(longestGap(runs)).toBeLessThanOrEqual(20 * SECOND);
    expect(runs.length).toBeGreaterThan(14);
    expect(log.lines.filter(({ level }) => level === "warn")).toHaveLength(1);
  });

  it("tells its work how late it begins", async () => {
    vi.setSystemTime(new Date("2026-11-28T04:00:00Z"));
    const late: number[] = [];
    const ticks = schedule(EVERY_TEN_SECONDS, (ms) => void late.push(ms), { log: recordingLog() });
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(Math.max(...late)).toBeLessThan(SECOND);
    vi.setSystemTime(Date.now() - HOUR);
    late.length = 0;
    await vi.advanceTimersByTimeAsync(MINUTE);
    ticks.stop();
    expect(late.length).toBeGreaterThan(4);
    expect(Math.max(...late)).toBeLessThan(20 * SECOND);
  });

  it("tells how late it is, and is silent once stopped", async () => {
    const { runs, ticks } = ticking("2026-11-28T04:59:50Z", "0 0 * * * *");
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(runs).toHaveLength(1);
    expect(ticks.lateMs()).toBeLessThanOrEqual(0);
    ticks.stop();
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(runs).toHaveLength(1);
    expect(ticks.lateMs()).toBeGreaterThan(50 * MINUTE);
  });
});
