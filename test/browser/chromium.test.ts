import { expect, it } from "vitest";
import { findChromium, launchChromium } from "../../sandbox/page/chromium.ts";
import { whySkipped } from "./in-browser.ts";

if (whySkipped !== undefined) console.warn(whySkipped);

it("is the one that CHROMIUM_PATH names, or the first that is there", () => {
  const isThere = (path: string): boolean => /chrome|browser/.test(path);
  expect(findChromium("/opt/mine", isThere)).toBe("/opt/mine");
  expect(findChromium("", isThere)).toBe("/usr/bin/chromium-browser");
  expect(findChromium(undefined, () => false)).toBeUndefined();
});

it("is told to be missing with where it was looked for, which is why CI fails without it", async () => {
  await expect(launchChromium(undefined)).rejects.toThrow(
    /No Chromium was found: none of \/usr\/bin\/chromium,.*CHROMIUM_PATH/,
  );
});
