import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Choices, Flags } from "./flags.ts";
import { readFlags, USUAL_PORT, usage } from "./flags.ts";
import { freePort } from "./free-port.ts";
import { howToAct } from "./how-to-act.ts";
import { LEGEND, narrate } from "./narrator.ts";
import { openPage } from "./page/server/open-page.ts";
import { plain } from "./plain.ts";
import type { Played } from "./play.ts";
import { play } from "./play.ts";
import { addRooms } from "./rooms.ts";
import type { PlayableKind } from "./scripts.ts";
import { SCRIPTS } from "./scripts.ts";
import { watchSource } from "./watch.ts";
import { applyFault, FAULT_NAMES, faultyRecordings, isFaultName } from "./with-faults.ts";
import type { World } from "./world.ts";
import { startWorld } from "./world.ts";

const KINDS = Object.keys(SCRIPTS) as PlayableKind[];
const CHOICES: Choices = { kinds: KINDS, faults: FAULT_NAMES };
const LOGS = fileURLToPath(new URL("../.sandbox/", import.meta.url));
/** The exit code of a shell after Ctrl-C. */
const INTERRUPTED = 130;

async function playAll(world: World, flags: Flags, logFile: string): Promise<boolean> {
  const kinds = KINDS.filter((kind) => flags.kinds.length === 0 || flags.kinds.includes(kind));
  const startedAt = performance.now();
  const endNarration = narrate(world, console.log);
  const before = faultyRecordings(flags.faults.filter(isFaultName));
  const results = await Promise.allSettled(kinds.map((kind) => play(world, kind, before)));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  // Stopping lets the bot finish its work, so that nothing is printed after the end.
  await world.bot().stop();
  endNarration();

  const isWell = results.every((result) => result.status === "fulfilled");
  const over = flags.via === "http" ? "signed HTTP requests" : "Socket Mode";
  console.log(`\nAfter ${seconds} s over ${over}; the bot's log is ${shown(logFile)}.`);
  for (const [i, result] of results.entries()) {
    if (result.status === "fulfilled") console.log(`\n✓ ${result.value.kind}  ${endOf(world, result.value)}`);
    else console.log(`\n✗ ${kinds[i]}\n${indent(String(result.reason))}`);
  }
  const trouble = world.bot().log.filter((line) => /"level":(40|50)/.test(line));
  if (!isWell) console.log(`\nErrors in the bot's log:\n${indent(trouble.slice(-20).join("\n"))}`);
  return isWell;
}

/** The asset keys, or the whole message when there are none. */
function endOf(world: World, { name, end }: Played): string {
  const lines = plain(end, (id) => world.slack.nameOf(id)).split("\n");
  const keys = lines.filter((line) => /^\w*Key\b/.test(line));
  return `${name}\n${indent((keys.length > 0 ? keys : lines).join("\n"))}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}

function shown(path: string): string {
  return relative(process.cwd(), path);
}

async function stay(world: World, flags: Flags, logFile: string, ended: Promise<unknown>): Promise<void> {
  addRooms(world);
  const closePage = openPage(world);
  console.log(`${howToAct(world, shown(logFile))}\n\n${LEGEND}\n`);
  const endNarration = narrate(world, console.log);
  const endWatch = flags.watch ? watchSource(world, console.log) : undefined;
  await ended;
  endWatch?.();
  endNarration();
  closePage();
}

async function run(flags: Flags): Promise<number> {
  // Listen before the start, so that a partial start is closed too. A second Ctrl-C exits at once.
  const ended = new Promise((end) => process.once("SIGINT", end).once("SIGTERM", end));
  if (!flags.stay)
    console.log(
      `A Slack, a Tencent Cloud gateway (the ${flags.gateway} one) and a COS run on this machine, and the bot beside them.\n` +
        `alice asks for avatars, bob decides on their demos. A stage takes a second here, hours or days at Tencent.\n${LEGEND}\n`,
    );
  const slackPort = flags.stay ? (flags.port ?? (await portOfPage())) : undefined;
  // A sandbox that stays has its own log, so that others can run beside it.
  const logFile = join(LOGS, slackPort === undefined ? "bot.log" : `bot-${slackPort}.log`);
  await mkdir(LOGS, { recursive: true });
  await writeFile(logFile, "");
  const world = await startWorld({
    via: flags.via,
    gateway: { plays: flags.gateway },
    logFile,
    uploadPage: flags.stay,
    ...(slackPort !== undefined && { slackPort }),
  });
  try {
    return await Promise.race([act(world, flags, logFile, ended), ended.then(() => (flags.stay ? 0 : INTERRUPTED))]);
  } finally {
    await world.close();
  }
}

async function act(world: World, flags: Flags, logFile: string, ended: Promise<unknown>): Promise<number> {
  for (const fault of flags.faults.filter(isFaultName)) applyFault(world, fault);
  await world.startBot();
  if (!flags.stay) return (await playAll(world, flags, logFile)) ? 0 : 1;
  await stay(world, flags, logFile, ended);
  return 0;
}

/** USUAL_PORT when it is free, else any free port. */
async function portOfPage(): Promise<number> {
  return (await freePort(USUAL_PORT)) ?? (await freePort(0)) ?? USUAL_PORT;
}

/** @returns the exit code */
async function main(): Promise<number> {
  const flags = tryFlags(process.argv.slice(2));
  if (typeof flags === "string") {
    console.error(`${flags}\n\n${usage(CHOICES)}`);
    return 2;
  }
  if (flags.help) {
    console.log(usage(CHOICES));
    return 0;
  }
  if (flags.stay && flags.kinds.length > 0) console.error("--stay plays no stories: --play is ignored.\n");
  if (!flags.stay && flags.port !== undefined) console.error("Only --stay has a page: --port is ignored.\n");
  if (!flags.stay && flags.watch) console.error("Only --stay keeps running: --watch is ignored.\n");
  return run(flags);
}

function tryFlags(argv: readonly string[]): Flags | string {
  try {
    return readFlags(argv, CHOICES);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
