import { mkdir, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { material } from "../material/files.ts";
import { addRooms } from "../rooms.ts";
import { startWorld, type World } from "../world.ts";
import { findChromium, launchChromium } from "./chromium.ts";
import { PageUser } from "./hand.ts";
import { palettePng } from "./palette-png.ts";
import { openPage } from "./server/open-page.ts";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const WHOLE_PAGE = { viewport: { width: 1280, height: 800 } };

/** README.md shows its picture 830 px wide, and every letter in it at least 16 px high: a narrow window, sharp by two pixels each. */
const CARD_AND_THREAD = { viewport: { width: 740, height: 550 }, deviceScaleFactor: 2 };

/** Card and thread side by side, without the page around them; the top bar stays for the drawings in it that portraits reuse. */
const ONLY_CARD_AND_THREAD = `
  .guide, .dock, .composer { display: none !important }
  .top-bar { position: absolute; visibility: hidden }
  .layout.has-thread { grid-template: "main thread" minmax(0, 1fr) / 1fr 1fr !important }
  .pane :is(.block-context, .block-context code, .stamp, .edited, .badge, .quiet, .file-card *) { font-size: 14.5px !important }`;

/** Plays a request until its demo waits for a decision, and takes the pictures of README.md and docs/sandbox.md. */
async function takeScreenshots(world: World, browser: Browser): Promise<void> {
  const hand = await openHand(world, browser, "alice", CARD_AND_THREAD);
  await hand.ask({ name: "Mei-studio", approvers: ["bob", "carol"] });
  await hand.attach([material.consentVideo.path], "my consent, on camera");
  await hand.attach([material.footage1080p.path], "and the footage");
  await hand.press("Launch", "Launch");
  await hand.sees(DEMO);
  await hand.page.addStyleTag({ content: ONLY_CARD_AND_THREAD });
  // Both lists first follow their new height to the bottom.
  await hand.page.waitForTimeout(500);
  await scrollTo(hand.channel.getByRole("heading", { name: /Mei-studio/ }), "start");
  await scrollTo(hand.thread.getByText(DEMO).first(), "end");
  await take(hand, "sandbox");

  const other = await openHand(world, browser, "bob", { ...WHOLE_PAGE, colorScheme: "dark" });
  await other.openThread("Mei-studio");
  await other.sees(DEMO);
  await other.open("Bucket");
  await take(other, "sandbox-behind");
}

const DEMO = "Demo 1 of Mei-studio is there.";

async function openHand(
  world: World,
  browser: Browser,
  name: string,
  options: BrowserContextOptions,
): Promise<PageUser> {
  // The page takes no styles but its own; the picture adds some.
  const context = await browser.newContext({ reducedMotion: "reduce", bypassCSP: true, ...options });
  const page = await context.newPage();
  await page.goto(`${world.slack.url}/#/${world.channel}?as=${name}`);
  return new PageUser(page);
}

async function scrollTo(target: Locator, block: "start" | "end"): Promise<void> {
  await target.evaluate((element, edge) => element.closest("li")?.scrollIntoView({ block: edge }), block);
}

/** Without the caret and hover effects. */
async function take({ page }: PageUser, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate("document.activeElement?.blur(); document.fonts.ready");
  const picture = palettePng(await page.screenshot({ type: "png", caret: "hide", animations: "disabled" }));
  const path = `${DOCS}${name}.png`;
  await writeFile(path, picture);
  console.log(`${relative(process.cwd(), path)}  ${Math.ceil(picture.length / 1024)} KB`);
}

async function main(): Promise<void> {
  const browser = await launchChromium(findChromium(process.env.CHROMIUM_PATH));
  const world = await startWorld({ gateway: { stageMs: 200 } });
  await world.startBot();
  addRooms(world);
  const closePage = openPage(world);
  try {
    await mkdir(DOCS, { recursive: true });
    await takeScreenshots(world, browser);
  } finally {
    await browser.close();
    closePage();
    await world.close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
