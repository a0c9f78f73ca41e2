import { mkdir, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator } from "playwright-core";
import { material } from "../material/files.ts";
import { addRooms } from "../rooms.ts";
import { startWorld, type World } from "../world.ts";
import { findChromium, launchChromium } from "./chromium.ts";
import { PageUser } from "./hand.ts";
import { palettePng } from "./palette-png.ts";
import { openPage } from "./server/open-page.ts";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const SIZE = { width: 1280, height: 800 };

/** Plays a request until its demo waits for a decision, and takes the pictures of README.md. */
async function takeScreenshots(world: World, browser: Browser): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, colorScheme: "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${world.slack.url}/#/${world.channel}?as=alice`);
  const hand = new PageUser(page);
  await hand.ask({ name: "Mei-studio", approvers: ["bob", "carol"] });
  await hand.attach([material.consentVideo.path], "my consent, on camera");
  await hand.attach([material.footage1080p.path], "and the footage");
  await hand.press("Launch", "Launch");
  await hand.sees("Demo 1 of Mei-studio is there.");
  await hand.actAs("bob");
  await toTop(hand.channel.getByRole("heading", { name: /Mei-studio/ }));
  await take(hand, "sandbox");

  await page.emulateMedia({ colorScheme: "dark" });
  await hand.open("Bucket");
  await take(hand, "sandbox-behind");
}

async function toTop(target: Locator): Promise<void> {
  await target.evaluate((element) => element.closest("li")?.scrollIntoView({ block: "start" }));
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
