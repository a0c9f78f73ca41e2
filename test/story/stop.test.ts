import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SandboxSlack } from "../../sandbox/slack/server.ts";
import { startSlack } from "../../sandbox/slack/server.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

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

  it("hands SIGTERM to the bot, which ends in good order and leaves nothing running", async () => {
    const { slack, dir = "" } = place;
    if (!slack) throw new Error("the sandbox has not started");
    const npm = spawn("npm", ["start"], {
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
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = { text: "" };
    const ready = new Promise<void>((resolve, reject) => {
      npm.stdout.on("data", (chunk: Buffer) => {
        said.text += chunk.toString();
        if (said.text.includes('"msg":"ready"')) resolve();
      });
      npm.once("exit", () => reject(new Error(`it ended before it was ready:\n${said.text}`)));
    });
    const ended = once(npm, "exit");
    await ready;
    npm.kill("SIGTERM");
    const [code, signal] = await ended;
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(said.text).toContain('"msg":"stopping"');
  });
});
