import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SandboxSlack } from "../../sandbox/slack/server.ts";
import { startSlack } from "../../sandbox/slack/server.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

type Started = ChildProcessByStdio<null, Readable, Readable>;

/** What a supervisor does that knows nothing but `npm start`. */
describe("npm start", () => {
  const place: { slack?: SandboxSlack; dir?: string } = {};
  beforeEach(async () => {
    place.slack = await startSlack();
    place.dir = await mkdtemp(join(tmpdir(), "avatar-bot-stop-"));
  });
  afterEach(async () => {
    await place.slack?.close();
    await rm(place.dir ?? "", { recursive: true });
  });

  /** @returns the process once it is ready, with what it has said */
  async function started(
    command: string,
    args: readonly string[],
  ): Promise<{ child: Started; said: { text: string } }> {
    const { slack, dir = "" } = place;
    if (!slack) throw new Error("the sandbox has not started");
    const child = spawn(command, args, {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: dir,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        IVH_APPKEY: "key",
        IVH_ACCESS_TOKEN: "token",
        STORE_URL: `file:${join(dir, "data")}`,
        HOST: "127.0.0.1",
        PORT: "0",
        LOG_LEVEL: "debug",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = { text: "" };
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (chunk: Buffer) => {
        said.text += chunk.toString();
        if (said.text.includes('"msg":"ready"')) resolve();
      });
      child.once("exit", () => reject(new Error(`it ended before it was ready:\n${said.text}`)));
    });
    return { child, said };
  }

  it("hands SIGTERM to the bot, which ends in good order and leaves nothing running", async () => {
    const { child, said } = await started("npm", ["start"]);
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const [code, signal] = await ended;
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(said.text).toContain('"msg":"stopping"');
  });

  it("goes on when nobody reads its log any more", async () => {
    const { child, said } = await started(process.execPath, ["dist/main.js"]);
    const port = /"port":(\d+)/.exec(said.text)?.[1];
    const ended = once(child, "exit");
    child.stdout.destroy();
    const { slack } = place;
    if (!slack) throw new Error("the sandbox has not started");
    // Each of these makes it write to the log, whose pipe is closed.
    const alice = slack.person(slack.addUser({ name: "alice" }));
    const channel = slack.addChannel({ name: "studio", kind: "public", members: [alice.id] });
    for (const typed of ["help", "list", "help"]) await alice.command(channel, `/avatar ${typed}`);
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });
});
