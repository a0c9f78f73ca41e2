import { describe, expect, it } from "vitest";
import { isWorkingTime, localTime, workingDaysSince } from "../../../src/core/working-hours.ts";

const at = (text: string): number => Date.parse(text);

describe("a wall clock", () => {
  it.each([
    ["2026-11-27T17:30:00Z", "Europe/London", { day: "2026-11-27", weekday: 5, hour: 17 }],
    ["2026-11-27T17:30:00Z", "Asia/Singapore", { day: "2026-11-28", weekday: 6, hour: 1 }],
    ["2026-11-27T03:30:00Z", "America/New_York", { day: "2026-11-26", weekday: 4, hour: 22 }],
    ["2026-11-27T03:30:00Z", "Asia/Kolkata", { day: "2026-11-27", weekday: 5, hour: 9 }],
    ["2026-07-01T00:10:00Z", "Europe/London", { day: "2026-07-01", weekday: 3, hour: 1 }],
    ["2026-11-27T00:10:00Z", undefined, { day: "2026-11-27", weekday: 5, hour: 0 }],
    ["2026-11-27T00:10:00Z", "Not/AZone", { day: "2026-11-27", weekday: 5, hour: 0 }],
  ])("at %s in %s", (text, zone, shown) => {
    expect(localTime(at(text), zone)).toEqual(shown);
  });

  it.each([
    ["2026-11-27T08:59:00Z", false],
    ["2026-11-27T09:00:00Z", true],
    ["2026-11-27T17:59:00Z", true],
    ["2026-11-27T18:00:00Z", false],
    ["2026-11-28T12:00:00Z", false],
    ["2026-11-29T12:00:00Z", false],
    ["2026-11-30T12:00:00Z", true],
  ])("at %s somebody in London works: %s", (text, works) => {
    expect(isWorkingTime(localTime(at(text), "Europe/London"))).toBe(works);
  });

  it("knows the weekday of every day", () => {
    for (let day = 0; day < 60_000; day += 1) {
      const noon = new Date(day * 86_400_000 + 43_200_000);
      expect(localTime(noon.getTime(), undefined).weekday).toBe(noon.getUTCDay());
      if (day % 400 > 40) day += 11;
    }
  });

  it.each([
    ["2026-11-26T10:00:00Z", "2026-11-26T17:00:00Z", 0],
    ["2026-11-26T10:00:00Z", "2026-11-27T09:00:00Z", 1],
    ["2026-11-26T10:00:00Z", "2026-11-29T12:00:00Z", 1],
    ["2026-11-26T10:00:00Z", "2026-11-30T09:00:00Z", 2],
    ["2026-11-26T10:00:00Z", "2026-12-01T09:00:00Z", 3],
    ["2026-11-28T10:00:00Z", "2026-12-02T09:00:00Z", 3],
    ["2026-11-01T10:00:00Z", "2026-11-30T09:00:00Z", 21],
    ["2026-11-30T10:00:00Z", "2026-11-26T09:00:00Z", 0],
  ])("from %s to %s: %i working days", (from, to, days) => {
    expect(workingDaysSince(at(from), at(to), "Europe/London")).toBe(days);
  });
});
