import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SCRIPTS } from "../sandbox/scripts.ts";
import { FAULT_NAMES } from "../sandbox/with-faults.ts";

const ROOT = resolve(import.meta.dirname, "..");
const SANDBOX = ["--import", "tsx", join(ROOT, "sandbox/main.ts")];
const COMPILED = [join(ROOT, "dist/main.js")];

/** The claims of README.md that are about commands. */
describe("what README.md says", () => {
  const running = new Set<ChildProcess>();
  const place = { dir: "" };
  beforeEach(async () => {
    place.dir = await mkdtemp(join(tmpdir(), "avatar-bot-readme-"));
  });
  afterEach(async () => {
    for (const child of running) child.kill("SIGKILL");
    await rm(place.dir, { recursive: true });
  });

  /** Node in an empty directory; `until` is a word of its output after which it gets SIGINT. */
  async function run(args: readonly string[], cwd: string, until?: string): Promise<{ code: unknown; text: string }> {
    const child = spawn(process.execPath, args, { cwd, env: {}, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    const seen = { text: "" };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (piece: string) => {
        const was = seen.text;
        seen.text += piece;
        if (until && !was.includes(until) && seen.text.includes(until)) child.kill("SIGINT");
      });
    }
    const [code] = await once(child, "close");
    running.delete(child);
    return { code, text: seen.text };
  }

  it("of npm run sandbox: it plays, prints coskeys and calls, and ends with the asset keys", async () => {
    const { code, text } = await run([...SANDBOX, "--play", "IMAGE", "IMAGE_PHOTO", "--http"], ROOT);
    expect(text).toMatch(/COS +customer-pipeline\/.*\/idcard\/consent-F\w+\.mp4/);
    expect(text).toMatch(/gateway +make → 0/);
    expect(text.match(/VirtualmanKey/g)?.length).toBeGreaterThanOrEqual(2);
    expect(code).toBe(0);
  });

  it("of --stay: it plays nothing, prints addresses and tokens, and ends with Ctrl-C", async () => {
    const { code, text } = await run([...SANDBOX, "--stay"], ROOT, "Ctrl-C ends it");
    expect(text).toMatch(/SLACK_BOT_TOKEN=xoxb-/);
    expect(text).toMatch(/IVH_BASE_URL=http:\/\/127\.0\.0\.1:\d+/);
    expect(text).toContain("curl -X POST");
    expect(code).toBe(0);
  });

  it("of the sandbox's flags: kinds and faults are these", async () => {
    const readme = await readFile(join(ROOT, "README.md"), "utf8");
    const row = readme.split("\n").find((line) => line.startsWith("| `--with")) ?? "";
    const faults = [...row.matchAll(/`([a-z\d-]+)`/g)].map(([, name]) => name);
    expect(faults.sort()).toEqual([...FAULT_NAMES].sort());
    for (const kind of Object.keys(SCRIPTS)) expect(readme).toContain(`\`${kind}\``);
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
