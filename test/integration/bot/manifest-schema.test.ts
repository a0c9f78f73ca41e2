import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const schema = z.fromJSONSchema(JSON.parse(readFileSync("test/recorded/slack/manifest-schema.json", "utf8")));
const YAML = readFileSync("manifest.yml", "utf8");
const HOST = "https://avatar-bot.example.com/slack/events";

const appSchema = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

/** The manifest as README.md says to change it for HTTP mode: each marked comment becomes its line. */
function overHttp(yaml: string): string {
  return yaml.replace(/# HTTP mode: (\w+: http.*)/g, "$1").replace(/true # HTTP mode: false/, "false");
}

/** The names in a type of Slack's published declarations. */
function namesIn(type: string): string[] {
  const text = readFileSync("node_modules/@slack/web-api/dist/types/request/manifest.d.ts", "utf8");
  const [, union = ""] = new RegExp(`type ${type} = ([^;]+);`).exec(text) ?? [];
  return [...union.matchAll(/'([^']+)'/g)].map(([, name = ""]) => name);
}

describe("manifest.yml, held against what Slack publishes", () => {
  it.each([
    ["for Socket Mode", YAML],
    ["for HTTP mode", overHttp(YAML)],
  ])("is a manifest: %s", (_mode, yaml) => {
    expect(schema.safeParse(parse(yaml)).error?.issues).toBeUndefined();
  });

  it("has three addresses in HTTP mode, and no Socket Mode", () => {
    const manifest = parse(overHttp(YAML));
    expect(JSON.stringify(manifest).split(HOST)).toHaveLength(4);
    expect(manifest.settings.socket_mode_enabled).toBe(false);
  });

  it("asks for scopes and events that exist", () => {
    const { oauth_config, settings } = appSchema.parse(parse(YAML));
    expect(namesIn("BotScope").length).toBeGreaterThan(50);
    expect(namesIn("ManifestEvent")).toContain("file_shared");
    expect(oauth_config.scopes.bot.filter((scope) => !namesIn("BotScope").includes(scope))).toEqual([]);
    const { bot_events: events } = settings.event_subscriptions;
    expect(events.filter((event) => !namesIn("ManifestEvent").includes(event))).toEqual([]);
  });

  it.each([
    ["a name of 36 characters", "name: Avatar Bot", `name: ${"a".repeat(36)}`],
    ["a shortcut's name of 25 characters", "name: Add to a request", `name: ${"a".repeat(25)}`],
    ["a key that Slack does not know", "always_online: true", "always_on: true"],
    ["a command without a slash", "command: /avatar", "command: avatar"],
  ])("is none with %s", (_what, right, wrong) => {
    expect(schema.safeParse(parse(YAML.replace(right, wrong))).success).toBe(false);
  });
});
