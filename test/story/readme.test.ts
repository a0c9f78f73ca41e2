import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SCRIPTS } from "../../sandbox/scripts.ts";
import { FAULT_NAMES } from "../../sandbox/with-faults.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SANDBOX = ["--import", "tsx", join(ROOT, "sandbox/main.ts")];
const COMPILED = [join(ROOT, "dist/main.js")];

/** The claims of README.md and docs/sandbox.md that are about commands. */
describe("what the documents say", () => {
  const running = new Set<ChildProcess>();
  const place = { dir: "" };
  beforeEach(async () => {
    place.dir = await mkdtemp(join(tmpdir(), "avatar-bot-readme-"));
  });
  afterEach(async () => {
    for (const child of running) child.kill("SIGKILL");
    await rm(place.dir, { recursive: true });
  });

  /** Node without settings; it gets SIGINT once `isEnough` says so of its output. */
  async function run(
    args: readonly string[],
    cwd: string,
    isEnough: (seen: string) => boolean = () => false,
  ): Promise<{ code: unknown; text: string }> {
    const child = spawn(process.execPath, args, { cwd, env: { TMPDIR: place.dir }, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    const seen = { text: "", isEnough: false };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (piece: string) => {
        seen.text += piece;
        if (seen.isEnough || !isEnough(seen.text)) return;
        seen.isEnough = true;
        child.kill("SIGINT");
      });
    }
    const [code] = await once(child, "close");
    running.delete(child);
    return { code, text: seen.text };
  }

  it("of npm run sandbox: it tells what happens in that order, and ends with the asset keys", async () => {
    const { code, text } = await run([...SANDBOX, "--play", "IMAGE", "--http"], ROOT);
    const steps = [
      /alice +sends “New request”: .*Name Mei-studio/,
      /AV-\d +avatar-bot +· Mei-studio: Mei-studio needs 2 files/,
      /AV-\d +alice +drops consent\.mp4/,
      /COS +idcard\/consent….mp4/,
      /alice +presses Launch/,
      /gateway +make → 0/,
      /avatar-bot +~ In production/,
      /bob +presses Confirm/,
      /gateway +customerconfirm → 0 .*AGREE/,
      /avatar-bot +~ Done/,
      /^After .*HTTP/m,
      /^✓ IMAGE /m,
      /^ +VirtualmanKey +\w+$/m,
    ];
    const places = steps.map((step) => text.search(step));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    const [story = "", end = ""] = text.split(/^(?=After )/m);
    expect(end.match(/VirtualmanKey/g)).toHaveLength(1);
    expect(end).not.toMatch(/^\d\d:/m);
    expect(story).not.toMatch(/<[!@]|&amp;|\bU0/);
    // One line an event: none without its time.
    const [, ...events] = story.split(/^(?=\d\d:\d\d:\d\d {2})/m);
    expect(events.filter((event) => event.trim().includes("\n"))).toEqual([]);
    expect(text).toMatch(/\n1 of 1 reached their keys in \d+ s\n$/);
    expect(code).toBe(0);
  });

  it("of --with: what goes wrong is told, and the story goes on", async () => {
    const { code, text } = await run([...SANDBOX, "--play", "IMAGE_PHOTO", "--with", "lost-launch,503"], ROOT);
    expect(text).toMatch(/COS +! 503 on PutObject \(1 of 2\)/);
    expect(text).toMatch(/gateway +! answer lost on make \(1 of 1\)/);
    expect(text).toMatch(/alice +presses It was created…/);
    expect(text).toMatch(/^✓ IMAGE_PHOTO /m);
    expect(code).toBe(0);
  });

  it("of --stay: its address and three lines, and Ctrl-C leaves nothing behind", async () => {
    const { code, text } = await run([...SANDBOX, "--stay"], ROOT, (seen) => seen.includes("Ctrl-C ends it"));
    expect(text).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+\/\n/);
    expect(text.trim().split("\n").filter(Boolean)).toHaveLength(4);
    expect(text).not.toMatch(/xoxb-/);
    expect(code).toBe(0);
    expect((await readdir(place.dir)).filter((name) => /sandbox/.test(name))).toEqual([]);
  });

  it("of a taken port, and of output that nobody reads: what to do is said, and nothing stays behind", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { code, text } = await run([...SANDBOX, "--stay", "--port", String(port)], ROOT);
    taken.close();
    expect(text).toContain(`Port ${port} is taken`);
    expect(text).toContain(`-- --stay --port ${port + 1}`);
    expect(code).toBe(1);
    const reader = spawn(process.execPath, [...SANDBOX, "--play", "IMAGE_PHOTO"], {
      cwd: ROOT,
      env: { TMPDIR: place.dir },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(reader);
    await once(reader.stdout, "data");
    reader.stdout.destroy();
    await once(reader, "close");
    expect((await readdir(place.dir)).filter((name) => /sandbox/.test(name))).toEqual([]);
  });

  it("of --stay --verbose: it plays nothing, prints addresses and tokens, and ends with Ctrl-C", async () => {
    const { code, text } = await run([...SANDBOX, "--stay", "--verbose"], ROOT, (seen) =>
      seen.includes("Ctrl-C ends it"),
    );
    expect(text).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+\/\n/);
    expect(text).toMatch(/SLACK_BOT_TOKEN=xoxb-/);
    expect(text).toMatch(/IVH_BASE_URL=http:\/\/127\.0\.0\.1:\d+/);
    expect(text).not.toMatch(/presses|drops/);
    expect(code).toBe(0);
  });

  it("of acting as somebody: the lines that --stay prints go from the form to a launch", async () => {
    const acted: { answers?: Promise<unknown[]> } = {};
    const { code, text } = await run([...SANDBOX, "--stay", "--verbose"], ROOT, (seen) => {
      if (seen.includes("Ctrl-C ends it")) acted.answers ??= actByLines(seen);
      return /gateway +make → 0/.test(seen);
    });
    expect(await acted.answers).toEqual(Array(5).fill(expect.objectContaining({ ok: true })));
    expect(text).toMatch(/alice +presses Launch/);
    expect(code).toBe(0);
  });

  it("of the sandbox's flags: kinds and faults are these", async () => {
    const document = await readFile(join(ROOT, "docs/sandbox.md"), "utf8");
    const row = document.split("\n").find((line) => line.startsWith("| `--with")) ?? "";
    const faults = [...row.matchAll(/`([a-z\d-]+)`/g)].map(([, name]) => name);
    expect(faults.sort()).toEqual([...FAULT_NAMES].sort());
    const kinds = await readFile(join(ROOT, "docs/using.md"), "utf8");
    for (const kind of Object.keys(SCRIPTS)) expect(kinds).toContain(`\`${kind}\``);
  });

  it("of npm start without settings: every missing one is named, and the sandbox is offered", async () => {
    const { code, text } = await run(COMPILED, place.dir);
    for (const name of [
      "SLACK_BOT_TOKEN",
      "SLACK_APP_TOKEN",
      "SLACK_SIGNING_SECRET",
      "IVH_APPKEY",
      "IVH_ACCESS_TOKEN",
    ]) {
      expect(text).toContain(name);
    }
    expect(text).toContain("npm run sandbox");
    expect(code).toBe(1);
  });
});

/** Does what each `curl` line asks for, as curl would, and gives the answers. */
async function actByLines(text: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const [, url = "", , json, file = ""] of text.matchAll(
    /^ +curl -s "?([^\s"]+)"? (-d '(.*)'|--data-binary @(\S+))$/gm,
  )) {
    const body = json ?? new Uint8Array(await readFile(join(ROOT, file)));
    answers.push(await (await fetch(url, { method: "POST", body })).json());
  }
  return answers;
}
