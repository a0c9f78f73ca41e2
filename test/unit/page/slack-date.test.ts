import { describe, expect, it } from "vitest";
import { ago, clockTime, dayName, slackDate } from "../../../sandbox/page/client/slack-date.ts";

/** 2026-02-18 15:04:05 UTC */
const SECONDS = 1_771_427_045;
const inUtc = { now: SECONDS * 1000, timeZone: "UTC" };

describe("slackDate", () => {
  it.each([
    ["{date_num}", "2026-02-18"],
    ["{date}", "February 18, 2026"],
    ["{date_short}", "Feb 18, 2026"],
    ["{date_long}", "Wednesday, February 18, 2026"],
    ["{time}", "3:04 PM"],
    ["{time_secs}", "3:04:05 PM"],
    ["since {date_short_pretty} {time}", "since today 3:04 PM"],
  ])("fills in %s", (format, said) => {
    expect(slackDate(SECONDS, format, inUtc)).toBe(said);
  });

  it("counts days in the reader's zone", () => {
    const evening = { now: SECONDS * 1000 + 10 * 3_600_000, timeZone: "Asia/Shanghai" };
    expect(slackDate(SECONDS, "{date_pretty} {time}", evening)).toBe("yesterday 11:04 PM");
    expect(slackDate(SECONDS, "{date_pretty}", { ...inUtc, now: (SECONDS - 86_400) * 1000 })).toBe("tomorrow");
    expect(slackDate(SECONDS, "{date_short_pretty}", { ...inUtc, now: 0 })).toBe("Feb 18, 2026");
  });

  it("knows when it does not know", () => {
    expect(slackDate(SECONDS, "{date} {nonsense}", inUtc)).toBeUndefined();
  });
});

it("says how long ago", () => {
  const said = [1, 59, 60, 150, 3_600, 90_000, 180_000].map(ago);
  expect(said).toEqual([
    "just now",
    "59 seconds ago",
    "1 minute ago",
    "2 minutes ago",
    "1 hour ago",
    "1 day ago",
    "2 days ago",
  ]);
});

it("writes the time of a message and the name of its day", () => {
  expect(clockTime(`${SECONDS}.000200`, inUtc)).toBe("3:04 PM");
  expect(clockTime(SECONDS * 1000, inUtc, true)).toBe("3:04:05 PM");
  expect(dayName(`${SECONDS}.000200`, inUtc)).toBe("Today");
  expect(dayName(`${SECONDS}.000200`, { ...inUtc, now: 0 })).toBe("Wednesday, February 18");
});
