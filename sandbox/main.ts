import { rmSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Choices, Flags } from "./flags.ts";
import { readFlags, takenByNpm, USUAL_PORT, usage } from "./flags.ts";
import { freePort } from "./free-port.ts";
import { howToAct, howToOpen } from "./how-to-act.ts";
import { summary } from "./narrated-line.ts";
import type { Narration } from "./narrator.ts";
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

const { stdout } = process;
const isColoured = stdout.isTTY && !process.env.NO_COLOR;

function narrationFor({ verbose }: Flags): Narration {
  return { isVerbose: verbose, isColoured, columns: stdout.isTTY && !verbose ? stdout.columns : undefined };
}

async function playAll(world: World, flags: Flags, logFile: string): Promise<boolean> {
  const kinds = KINDS.filter((kind) => flags.kinds.length === 0 || flags.kinds.includes(kind));
  const startedAt = performance.now();
  const endNarration = narrate(world, console.log, narrationFor(flags));
  const before = faultyRecordings(flags.faults.filter(isFaultName));
  const results = await Promise.allSettled(kinds.map((kind) => play(world, kind, before)));
  const ms = performance.now() - startedAt;
  // Stopping lets the bot finish its work, so that nothing is printed after the end.
  await world.bot().stop();
  endNarration();

  const isWell = results.every((result) => result.status === "fulfilled");
  const over = flags.via === "http" ? "signed HTTP requests" : "Socket Mode";
  console.log(`\nAfter ${(ms / 1000).toFixed(1)} s over ${over}; the bot's log is ${shown(logFile)}.`);
  for (const [i, result] of results.entries()) {
    if (result.status === "fulfilled") console.log(`\n✓ ${result.value.kind}  ${endOf(world, result.value)}`);
    else console.log(`\n✗ ${kinds[i]}\n${indent(String(result.reason))}`);
  }
  const trouble = world.bot().log.filter((line) => /"level":(40|50)/.test(line));
  if (!isWell) console.log(`\nErrors in the bot's log:\n${indent(trouble.slice(-20).join("\n"))}`);
  const reached = results.filter(({ status }) => status === "fulfilled").length;
  console.log(`\n${summary(reached, results.length, ms, isColoured)}`);
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
  if (flags.verbose) console.log(`${howToAct(world, shown(logFile))}\n\n${LEGEND}\n`);
  else console.log(`${howToOpen(world, shown(logFile))}\n`);
  const endNarration = narrate(world, console.log, narrationFor(flags));
  const endWatch = flags.watch ? watchSource(world, console.log) : undefined;
  await ended;
  endWatch?.();
  endNarration();
  closePage();
}

async function run(flags: Flags): Promise<number> {
  // Listen before the start, so that a partial start is closed too.
  const ended = untilSignal();
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
  const left: { world?: World } = {};
  const dir = await mkdtemp(join(tmpdir(), "avatar-bot-sandbox-"));
  // Also after a second Ctrl-C, a closed pipe or a fault: nothing stays behind.
  process.once("exit", () => {
    const { pid } = left.world?.botState() ?? {};
    if (pid !== undefined) process.kill(pid, "SIGKILL");
    rmSync(dir, { recursive: true, force: true });
  });
  const world = await startWorld({
    dir,
    via: flags.via,
    gateway: { plays: flags.gateway },
    logFile,
    uploadPage: flags.stay,
    ...(slackPort !== undefined && { slackPort }),
  });
  left.world = world;
  try {
    return await Promise.race([act(world, flags, logFile, ended), ended.then(() => (flags.stay ? 0 : INTERRUPTED))]);
  } finally {
    await world.close();
  }
}

/** The first signal ends the sandbox in order, the second one at once. */
function untilSignal(): Promise<void> {
  return new Promise((end) => {
    const state = { isEnding: false };
    const stop = (): void => {
      if (state.isEnding) process.exit(INTERRUPTED);
      state.isEnding = true;
      end();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  });
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
  const flags = takenByNpm(process.env) ?? tryFlags(process.argv.slice(2));
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

/** Whoever read the output has gone, as `head` does. */
for (const stream of [stdout, process.stderr])
  stream.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 1));

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(portInUse(error) ?? (error instanceof Error ? error.message : error));
    process.exit(1);
  },
);

function portInUse(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE" && "port" in cause)) return undefined;
  const port = Number(cause.port);
  return `Port ${port} is taken, perhaps by another sandbox. End that one, or choose another port: npm run sandbox -- --stay --port ${port + 1}`;
}
