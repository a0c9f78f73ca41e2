import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { DEFAULT_EVENTS, DEFAULT_SCOPES } from "../../../sandbox/slack/assemble.ts";

const manifestSchema = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});
const manifest = manifestSchema.parse(parse(readFileSync("manifest.yml", "utf8")));

it("tells the bot in the sandbox of what its manifest subscribes to, and of no more", () => {
  expect([...DEFAULT_EVENTS].sort()).toEqual([...manifest.settings.event_subscriptions.bot_events].sort());
});

it("lets the bot do in the sandbox what its manifest asks for, and no more", () => {
  expect([...DEFAULT_SCOPES].sort()).toEqual([...manifest.oauth_config.scopes.bot].sort());
});
