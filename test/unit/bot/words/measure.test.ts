import { describe, expect, it } from "vitest";
import { en } from "../../../../src/bot/words/en.ts";
import { fileSize, measuredText, seconds } from "../../../../src/bot/words/measure.ts";
import { GB, MB } from "../../../../src/core/material.ts";
import { DAY, HOUR, MINUTE } from "../../../fixtures/customization-fixture.ts";

describe("sizes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1024, "1 KB"],
    [1500, "1.5 KB"],
    [820_000, "801 KB"],
    [MB - 1, "1 MB"],
    [10 * MB, "10 MB"],
    [44.25 * MB, "44.3 MB"],
    [694 * MB, "694 MB"],
    [GB - 1, "1 GB"],
    [5 * GB, "5 GB"],
    [5.6 * GB, "5.6 GB"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(fileSize(bytes)).toBe(text);
  });
});

describe("durations", () => {
  it.each([
    [59_999, "less than a minute"],
    [-5, "less than a minute"],
    [20 * MINUTE, "20 min"],
    [3 * HOUR + 20 * MINUTE, "3 h 20 min"],
    [5 * HOUR, "5 h"],
    [DAY, "1 day"],
    [2 * DAY + 3 * HOUR + 59 * MINUTE, "2 days 3 h"],
  ])("%d ms are %s", (ms, text) => {
    expect(en.names.duration(ms)).toBe(text);
  });
});

describe("a measured number", () => {
  it.each([
    [{ value: 11.456, low: 30 }, "11.46"],
    [{ value: 29.999, low: 30 }, "29.999"],
    [{ value: 30, low: 30 }, "30"],
    [{ value: 1e12 }, "1.00e+12"],
    [{ value: -0.5, high: 0 }, "-0.5"],
  ])("%j is %s", (metric, text) => {
    expect(measuredText(metric)).toBe(text);
  });
});

describe("a length", () => {
  it.each([
    [0, "0 s"],
    [12.54, "12.5 s"],
    [59.96, "1 min"],
    [72.4, "1 min 12.4 s"],
    [119.9, "1 min 59.9 s"],
    [600, "10 min"],
    [1e12, "1.00e+12 s"],
  ])("of %d seconds is %s", (value, text) => {
    expect(seconds(value)).toBe(text);
  });
});
