import { execFileSync, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { World } from "../sandbox/world.ts";
import { startWorld } from "../sandbox/world.ts";

const MB = 1024 * 1024;
/** As many as a login shell allows: fewer than the attackers' connections. */
const OPEN_FILES = 1024;
const REAL_REQUESTS = 40;

const PROCESS = fileURLToPath(new URL("slow-client-process.ts", import.meta.url));
const HEAD = "POST /slack/events HTTP/1.1\r\nHost: bot\r\n";

interface Attack {
  readonly name: string;
  readonly clients: number;
  readonly text: () => string;
  /** Bytes of the body that follow. */
  readonly filler: number;
}

const ATTACKS: readonly Attack[] = [
  { name: "slow bodies, unsigned", clients: 1_500, text: () => `${HEAD}Content-Length: 900000\r\n\r\n`, filler: 1_000 },
  { name: "half-sent headers", clients: 400, text: () => `${HEAD}X-Slow: `, filler: 0 },
  {
    name: "bodies of 4 MB, unsigned",
    clients: 100,
    text: () => `${HEAD}Content-Length: 4000000\r\n\r\n`,
    filler: 4_000_000,
  },
  {
    name: "slow bodies, forged signature",
    clients: 1_500,
    text: () => `${HEAD}${forged()}Content-Length: 900000\r\n\r\n`,
    filler: 1_000,
  },
  {
    name: "bodies of 1 MB that lack their end, forged signature",
    clients: 200,
    text: () => `${HEAD}${forged()}Content-Length: 1000000\r\n\r\n`,
    filler: 900_000,
  },
];

function forged(): string {
  return `X-Slack-Request-Timestamp: ${Math.floor(Date.now() / 1000)}\r\nX-Slack-Signature: v0=${"0".repeat(64)}\r\n`;
}

/** The section of RESULTS.md: what slow clients cost the compiled bot, and what they cost others. */
export async function benchSlowClients(): Promise<string> {
  const world = await startWorld({ via: "http" });
  const bot = await world.startBot();
  execFileSync("prlimit", ["--pid", String(bot.pid), `--nofile=${OPEN_FILES}:${OPEN_FILES}`]);
  for (let i = 0; i < REAL_REQUESTS; i++) await timeReal(world);
  await wait(2_000);
  const idle = await rssOf(bot.pid);
  const rows: string[] = [];
  for (const attack of ATTACKS) rows.push(await measure(world, attack, idle));
  const troubles = bot.log.filter((line) => /EMFILE|"level":(?:50|60)/.test(line)).length;
  await world.close();
  return [
    "## Slow clients: what they cost",
    "",
    `The compiled bot in HTTP mode, with at most ${OPEN_FILES} open files (idle: ${(idle / MB).toFixed(0)} MB). ${REAL_REQUESTS} signed requests during each attack. Errors in the log: ${troubles}.`,
    "",
    "| attack | still open at its end | most memory over idle, MB | slowest signed request, ms | /readyz |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

async function measure(world: World, { name, clients, text, filler }: Attack, idle: number): Promise<string> {
  const { url, pid } = world.bot();
  const order = JSON.stringify({ port: Number(new URL(url).port), clients, text: text(), filler });
  const attackers = spawn(process.execPath, ["--import", "tsx", PROCESS, order], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const open = { now: 0 };
  createInterface({ input: attackers.stdout }).on("line", (line) => {
    open.now = Number(line);
  });
  await once(attackers.stdout, "data");
  const latencies: number[] = [];
  const peak = { bytes: 0 };
  for (let i = 0; i < REAL_REQUESTS; i++) {
    latencies.push(await timeReal(world));
    peak.bytes = Math.max(peak.bytes, await rssOf(pid));
    await wait(25);
  }
  const ready = (await fetch(`${url}/readyz`)).status;
  const more = ((peak.bytes - idle) / MB).toFixed(0);
  const row = `| ${clients} ${name} | ${open.now} | ${more} | ${Math.max(...latencies).toFixed(0)} | ${ready} |`;
  attackers.kill("SIGKILL");
  await once(attackers, "exit");
  return row;
}

/** @returns milliseconds until Slack's own check of the address was answered */
async function timeReal({ slack, bot }: World): Promise<number> {
  const body = '{"type":"url_verification","challenge":"c"}';
  const time = String(Math.floor(Date.now() / 1000));
  const digest = createHmac("sha256", slack.signingSecret).update(`v0:${time}:${body}`).digest("hex");
  const headers = {
    "content-type": "application/json",
    "x-slack-request-timestamp": time,
    "x-slack-signature": `v0=${digest}`,
    connection: "close",
  };
  const began = performance.now();
  const answer = await fetch(`${bot().url}/slack/events`, { method: "POST", headers, body });
  if (answer.status !== 200) throw new Error(`a signed request was answered ${answer.status}`);
  return performance.now() - began;
}

async function rssOf(pid: number): Promise<number> {
  return Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}
