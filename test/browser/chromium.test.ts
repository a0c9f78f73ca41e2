import { expect, it } from "vitest";
import { findChromium, launchChromium } from "../../sandbox/page/chromium.ts";
import { reasonToSkip, whySkipped } from "./in-browser.ts";

if (whySkipped !== undefined) console.warn(whySkipped);

it("is the one that CHROMIUM_PATH names, or the first that is there", () => {
  const isThere = (path: string): boolean => /chrome|browser/.test(path);
  expect(findChromium("/opt/mine", isThere)).toBe("/opt/mine");
  expect(findChromium("", isThere)).toBe("/usr/bin/chromium-browser");
  expect(findChromium(undefined, () => false)).toBeUndefined();
});

it("may be missing, which is told, but not in CI", async () => {
  expect(reasonToSkip(undefined, undefined)).toMatch(/skipped\. No Chromium was found: none of \/usr\/bin\/chromium,/);
  expect(reasonToSkip(undefined, "true")).toBeUndefined();
  expect(reasonToSkip("/usr/bin/chromium", undefined)).toBeUndefined();
  await expect(launchChromium(undefined)).rejects.toThrow(/No Chromium was found.*CHROMIUM_PATH/);
});
