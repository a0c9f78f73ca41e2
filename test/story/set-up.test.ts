import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { play } from "../../sandbox/play.ts";
import type { World } from "../../sandbox/world.ts";
import { startWorld } from "../../sandbox/world.ts";
import { postgresServer } from "../fixtures/postgres-server.ts";
import { tempDir } from "../fixtures/temp-dir.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const READY_MS = 60_000;
const COMMAND_MS = 200_000;
/** Each case installs nothing, but it builds. */
const WHOLE_MS = 300_000;
const run = promisify(execFile);
/** `npm ci` has just run here: its packages will do. */
const GIVEN = "npm ci && ";

describe("README's set-up alone, with the sandbox's addresses as if they were real", () => {
  const server = postgresServer();
  const commands: string[] = [];
  beforeAll(async () => {
    const readme = await readFile(join(ROOT, "README.md"), "utf8");
    const section = /^## Set up a real workspace\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? "";
    const spans = [...section.matchAll(/`((?:cp|npm) [^`]+)`/g)].map(([, command]) => command ?? "");
    commands.push(...spans);
  });

  it("is a copy of the example, a build that the doctor checks, and the start", () => {
    expect(commands).toEqual(["cp .env.example .env", "npm ci && npm run build && npm run doctor", "npm start"]);
  });

  it.each([
    ["in Socket Mode", "socket", "files"],
    ["in HTTP mode", "http", "files"],
    ["with PostgreSQL", "socket", "postgres"],
  ] as const)("leads to a confirmed avatar %s", { timeout: WHOLE_MS }, async (_how, via, store) => {
    const world = await startWorld({ via, gateway: { stageMs: 100, inspectionStates: 1 } });
    onTestFinished(() => world.close());
    const machine = await freshMachine();
    const [copy = "", check = "", start = ""] = commands;
    await shell(machine, copy);
    await fillIn(join(machine, ".env"), world, store === "postgres" ? (await server.fresh()).url : undefined);
    const report = await shell(machine, check.replace(GIVEN, ""));
    expect(report).toContain("\nNothing is wrong. ");
    // Whether the signing secret is right shows only with Slack's first request.
    expect(report).not.toMatch(via === "http" ? /^✗|^–(?! Slack socket)/m : /^[✗–]/m);
    const { url } = await started(machine, start);
    if (via === "http") world.slack.setEventsUrl(`${url}/slack/events`);
    await world.slack.until(() => world.slack.connected() > 0, "the bot");
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await play(world, "IMAGE")).end).toMatch(/VirtualmanKey/);
  });
});

/** What git knows, and the packages. */
async function freshMachine(): Promise<string> {
  const dir = await tempDir();
  const files = await run("git", ["ls-files", "-co", "--exclude-standard"], { cwd: ROOT });
  const needed = files.stdout.split("\n").filter((name) => /^(?:src|bin)\/|^[^/]+$/.test(name) && name !== "");
  for (const name of needed) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await cp(join(ROOT, name), join(dir, name));
  }
  await symlink(join(ROOT, "node_modules"), join(dir, "node_modules"));
  return dir;
}

/** Somebody fills in the first part, and where the sandbox is. The pace is the sandbox's, and the port a free one. */
async function fillIn(path: string, { env }: World, storeUrl: string | undefined): Promise<void> {
  const settings: Record<string, string> = { ...env, STORE_URL: storeUrl ?? "file:./data" };
  const named = Object.entries(settings).map(([name, value]) => [name, `${name}=${JSON.stringify(value)}`] as const);
  const text = named.reduce(
    (all, [name, line]) => all.replace(new RegExp(`^#?${name}=.*$`, "m"), () => line),
    await readFile(path, "utf8"),
  );
  expect(named.filter(([, line]) => !text.includes(line))).toEqual([]);
  await writeFile(path, text);
}

/** On a machine without any settings of its own. */
const EMPTY = { PATH: process.env.PATH, HOME: process.env.HOME };

/** What the command prints; what it says when it fails is in the error. */
async function shell(cwd: string, command: string): Promise<string> {
  return (await run("sh", ["-ec", command], { cwd, env: EMPTY, timeout: COMMAND_MS })).stdout;
}

/** @returns the address, once the log says `ready`; what was started ends with the test */
async function started(cwd: string, command: string): Promise<{ url: string }> {
  const child = spawn("sh", ["-c", command], { cwd, env: EMPTY, stdio: ["ignore", "pipe", "inherit"], detached: true });
  onTestFinished(() => ended(child));
  const lines: string[] = [];
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (line.includes('"msg":"ready"')) resolve();
    });
  });
  const early = once(child, "exit", { signal: AbortSignal.timeout(READY_MS) }).then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([ready, early]);
  const port = /"port":(\d+).*"msg":"listening"/.exec(lines.join("\n"))?.[1];
  if (port === undefined) throw new Error(`npm start did not get ready:\n${lines.join("\n")}`);
  return { url: `http://127.0.0.1:${port}` };
}

/** npm, the shell and the bot are one group, and hold the output until they have ended. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const closed = once(child, "close");
  process.kill(-child.pid, "SIGTERM");
  await closed;
}
