import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startBot } from "../../sandbox/bot-process.ts";
import type { SandboxSlack } from "../../sandbox/slack/server.ts";
import { startSlack } from "../../sandbox/slack/server.ts";

/** What the compiled bot says when it ends before it is ready. */
describe("a bot that cannot start", () => {
  const place: { slack?: SandboxSlack; dir?: string } = {};
  beforeEach(async () => {
    place.slack = await startSlack();
    place.dir = await mkdtemp(join(tmpdir(), "avatar-bot-start-"));
  });
  afterEach(async () => {
    await place.slack?.close();
    await rm(place.dir ?? "", { recursive: true });
  });

  async function lastWords(settings: (slack: SandboxSlack) => Record<string, string>): Promise<string> {
    const { slack, dir = "" } = place;
    if (!slack) throw new Error("the sandbox has not started");
    const env = {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      IVH_APPKEY: "key",
      IVH_ACCESS_TOKEN: "token",
      HOST: "127.0.0.1",
      PORT: "0",
      ...settings(slack),
    };
    return startBot(env, { cwd: dir }).then(
      async (bot) => `it started, and ended with ${await bot.stop()}`,
      (error: Error) => error.message,
    );
  }

  it("names the bot's token when Slack refuses that one", async () => {
    const words = await lastWords(() => ({ SLACK_BOT_TOKEN: "xoxb-of-another-app" }));
    expect(words).toMatch(
      /ended with 1 .*"because":"Slack refuses SLACK_BOT_TOKEN \(invalid_auth\): .*"could not start"/s,
    );
  });

  it("names the app's token when Slack refuses that one", async () => {
    const words = await lastWords(() => ({ SLACK_APP_TOKEN: "xapp-of-another-app" }));
    expect(words).toMatch(
      /ended with 1 .*"because":"Slack refuses SLACK_APP_TOKEN \(invalid_auth\): .*"could not start"/s,
    );
  });

  it("names the port that another program has", async () => {
    const words = await lastWords((slack) => ({ PORT: new URL(slack.url).port }));
    expect(words).toMatch(/ended with 1 .*"because":"PORT \d+ is in use by another program: .*"could not start"/s);
  });
});
