import { mkdir, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { material } from "../material/files.ts";
import { addRooms } from "../rooms.ts";
import { startWorld, type World, type WorldOptions } from "../world.ts";
import { findChromium, launchChromium } from "./chromium.ts";
import { animatedGif, type GifFrame } from "./gif.ts";
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
  .dialog-player { margin: auto 10px auto auto !important; width: 48% !important }
  .dialog-player::backdrop, .player-address { display: none !important }
  .pane :is(.block-context, .block-context code, .stamp, .edited, .badge, .quiet, .file-card *) { font-size: 14.5px !important }`;

/** Plays a request until an approver watches its demo, and takes the pictures of README.md and docs/sandbox.md. */
async function takeScreenshots(world: World, browser: Browser): Promise<void> {
  const hand = await openHand(world, browser, "alice", CARD_AND_THREAD);
  await hand.ask({ name: "Mei-studio", approvers: ["bob", "carol"] });
  await hand.attach([material.consentVideo.path], "my consent, on camera");
  await hand.attach([material.footage1080p.path], "and the footage");
  await hand.press("Launch", "Launch");
  await hand.sees(DEMO);
  const approver = await openHand(world, browser, "bob", CARD_AND_THREAD);
  await approver.openThread("Mei-studio");
  await approver.press("Open the demo");
  await approver.page.addStyleTag({ content: ONLY_CARD_AND_THREAD });
  await approver.privates.locator(".media-link-play").last().click();
  const film = approver.dialog.locator("video");
  await film.evaluate(showMoment, OPEN_EYES_S);
  // Both lists first follow their new height to the bottom.
  await approver.page.waitForTimeout(500);
  await scrollTo(approver.channel.getByRole("heading", { name: /Mei-studio/ }), "start");
  await take(approver, "sandbox");

  const other = await openHand(world, browser, "bob", { ...WHOLE_PAGE, colorScheme: "dark" });
  await other.openThread("Mei-studio");
  await other.sees(DEMO);
  await other.open("Bucket");
  await take(other, "sandbox-behind");
}

/** Somebody speaks, and looks at us. */
const OPEN_EYES_S = 1;

interface Film {
  currentTime: number;
  pause(): void;
  addEventListener(name: "seeked", run: () => void, options: { once: true }): void;
}

/** In the browser. */
function showMoment(film: Film, seconds: number): Promise<void> {
  film.pause();
  return new Promise((shown) => {
    film.addEventListener("seeked", shown, { once: true });
    film.currentTime = seconds;
  });
}

/** README.md's film is as wide as its text. */
const FILM = { viewport: { width: 830, height: 560 }, reducedMotion: "no-preference" as const };
const FILM_FRAME_MS = 400;
/** A slow machine takes its pictures late; the film goes on meanwhile. */
const LONGEST_FRAME_MS = 900;
const LAST_FRAME_MS = 4_000;

/** The whole story as a film. */
async function takeFilm(world: World, browser: Browser): Promise<void> {
  const { page } = await openHand(world, browser, "alice", FILM);
  const bar = page.getByRole("region", { name: "The story" });
  await page.getByRole("button", { name: "Play the whole story" }).first().click();
  const frames: GifFrame[] = [];
  for (let isOver = false; !isOver; ) {
    isOver = (await bar.count()) === 0;
    const at = performance.now();
    if (isOver) await page.waitForTimeout(1_500);
    const png = await page.screenshot({ type: "png", caret: "hide" });
    await page.waitForTimeout(Math.max(0, FILM_FRAME_MS - (performance.now() - at)));
    frames.push({ png, ms: isOver ? LAST_FRAME_MS : Math.min(LONGEST_FRAME_MS, performance.now() - at) });
  }
  await save("sandbox-story.gif", animatedGif(frames));
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
  await save(`${name}.png`, picture);
}

async function save(name: string, picture: Buffer): Promise<void> {
  const path = `${DOCS}${name}`;
  await writeFile(path, picture);
  console.log(`${relative(process.cwd(), path)}  ${Math.ceil(picture.length / 1024)} KB`);
}

type Scene = (world: World, browser: Browser) => Promise<void>;

async function main(): Promise<void> {
  const browser = await launchChromium(findChromium(process.env.CHROMIUM_PATH));
  try {
    await mkdir(DOCS, { recursive: true });
    await inWorld(browser, { stageMs: 200 }, takeScreenshots);
    await inWorld(browser, {}, takeFilm);
  } finally {
    await browser.close();
  }
}

async function inWorld(browser: Browser, gateway: WorldOptions["gateway"] & object, scene: Scene): Promise<void> {
  const world = await startWorld({ gateway });
  await world.startBot();
  addRooms(world);
  const closePage = openPage(world);
  try {
    await scene(world, browser);
  } finally {
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
