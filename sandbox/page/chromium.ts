import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Usual install paths; playwright-core bundles no browser. */
const USUAL = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/opt/homebrew/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export const NO_CHROMIUM = `No Chromium was found: none of ${USUAL.join(", ")} is there. Install one, or let CHROMIUM_PATH name it.`;

/**
 * The browser of this machine.
 * @param named  CHROMIUM_PATH; takes precedence
 */
export function findChromium(
  named: string | undefined,
  isThere: (path: string) => boolean = existsSync,
): string | undefined {
  return named || USUAL.find(isThere);
}

/** @throws when there is none, naming the paths tried */
export async function launchChromium(path: string | undefined, options: { isSeen?: boolean } = {}): Promise<Browser> {
  if (path === undefined) throw new Error(NO_CHROMIUM);
  const { isSeen = false } = options;
  // Chromium's sandbox refuses to run as root, the user of many containers.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: path,
    headless: !isSeen,
    ...(isSeen && { slowMo: 250 }),
    args: isRoot ? ["--no-sandbox"] : [],
  });
}
