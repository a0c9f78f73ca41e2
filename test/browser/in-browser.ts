import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { findChromium, launchChromium, NO_CHROMIUM } from "../../sandbox/page/chromium.ts";
import { PageUser } from "../../sandbox/page/hand.ts";
import { openPage } from "../../sandbox/page/server/open-page.ts";
import { addRooms } from "../../sandbox/rooms.ts";
import type { World, WorldOptions } from "../../sandbox/world.ts";
import { startWorld } from "../../sandbox/world.ts";

const { CHROMIUM_PATH, CI, HEADED } = process.env;
const path = findChromium(CHROMIUM_PATH);

/** Why nothing here is run, if so. */
export const whySkipped = reasonToSkip(path, CI);

/** Where CI is set a browser must be there: nothing is skipped, and each file fails without one. */
export function reasonToSkip(browser: string | undefined, ci: string | undefined): string | undefined {
  return browser === undefined && !ci ? `The browser tests are skipped. ${NO_CHROMIUM}` : undefined;
}

/** Long, because all of this may share two cores with other tests. */
const PATIENCE_MS = 30_000;

/** How somebody comes to the page. */
export interface Coming {
  readonly as?: string;
  readonly width?: number;
  readonly scheme?: "light" | "dark";
}

export interface Place {
  world(): World;
  /** In a browser without memory of earlier visits. */
  come(coming?: Coming): Promise<PageUser>;
}

/** Tests with a page as `npm run sandbox -- --stay` opens it, and a browser; for all of them there is one world. */
export function inBrowser(name: string, tests: (place: Place) => void, options: WorldOptions = {}): void {
  describe.skipIf(whySkipped !== undefined)(name, { timeout: 120_000 }, () => {
    const state: { world?: World; browser?: Browser; closePage?: () => void } = {};
    const faults: string[] = [];
    beforeAll(async () => {
      state.browser = await launchChromium(path, { isSeen: Boolean(HEADED) });
      const world = await startWorld({ gateway: { stageMs: 200 }, ...options });
      state.world = world;
      await world.startBot();
      addRooms(world);
      state.closePage = openPage(world);
    });
    afterEach(async ({ task }) => {
      for (const context of state.browser?.contexts() ?? []) {
        if (task.result?.state === "fail") console.error(await whatIsSeen(context));
        await context.close();
      }
      const said = faults.splice(0);
      if (said.length > 0) throw new Error(`the page complained: ${said.join("; ")}`);
    });
    afterAll(async () => {
      await state.browser?.close();
      state.closePage?.();
      await state.world?.close();
    });

    const world = (): World => {
      if (!state.world) throw new Error("the world has not started");
      return state.world;
    };
    async function come({ as = "alice", width = 1280, scheme = "light" }: Coming = {}): Promise<PageUser> {
      if (!state.browser) throw new Error("the browser has not started");
      const context = await state.browser.newContext({
        viewport: { width, height: 800 },
        colorScheme: scheme,
        reducedMotion: "reduce",
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      page.on("pageerror", (fault) => void faults.push(fault.message));
      page.on("console", (line) => void (/content security/i.test(line.text()) && faults.push(line.text())));
      await page.goto(`${world().slack.url}/#/${world().channel}?as=${as}`);
      await page.getByRole("textbox", { name: "Message #avatars" }).waitFor();
      return new PageUser(page);
    }
    tests({ world, come });
  });
}

/** In words, for whoever looks for why a test has failed. */
async function whatIsSeen(context: BrowserContext): Promise<string> {
  const pages = context.pages().map((page) => page.locator("body").ariaSnapshot({ timeout: 2_000 }));
  const seen = await Promise.allSettled(pages);
  return seen.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason))).join("\n\n");
}
