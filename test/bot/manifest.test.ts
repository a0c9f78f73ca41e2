import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { WebClient } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { DEFAULT_SCOPES } from "../../sandbox/slack/assemble.ts";

const manifestSchema = z.object({
  features: z.object({
    app_home: z.object({ messages_tab_enabled: z.boolean(), messages_tab_read_only_enabled: z.boolean() }),
    shortcuts: z.array(z.object({ type: z.string(), callback_id: z.string() })),
    slash_commands: z.array(z.object({ command: z.string(), should_escape: z.boolean() })),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
    interactivity: z.object({ is_enabled: z.boolean() }),
    socket_mode_enabled: z.boolean(),
  }),
});

/** What each Web API method needs, in every kind of conversation that we are used in. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  "auth.test": [],
  "chat.postMessage": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.info": ["channels:read", "groups:read", "im:read"],
  "conversations.members": ["channels:read", "groups:read", "im:read"],
  "conversations.history": ["channels:history", "groups:history", "im:history"],
  "conversations.replies": ["channels:history", "groups:history", "im:history"],
  "files.info": ["files:read"],
  "users.info": ["users:read"],
  "views.open": [],
};

/** What each event is called in a manifest, and needs. */
const EVENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  message: {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
  },
};

const manifest = manifestSchema.parse(parse(readFileSync("manifest.yml", "utf8")));
const source = readdirSync("src/bot", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readFileSync(join("src/bot", path), "utf8"))
  .join("\n");

function found(pattern: RegExp): string[] {
  const hits = [...source.matchAll(pattern)].map((hit) => hit[1] ?? "");
  return [...new Set(hits)].sort();
}

/** `….chat.update(`, where Slack's client has such a method. */
function methodsCalled(): string[] {
  const client = new WebClient();
  const isMethod = (name: string): boolean => {
    const [family = "", method = ""] = name.split(".");
    const methods: unknown = Reflect.get(client, family);
    return typeof methods === "object" && methods !== null && method in methods;
  };
  return found(/\b([a-z]+\.[a-zA-Z]+)\(/g).filter(isMethod);
}

const listened = found(/app\.event\("([a-z_]+)"/g);

describe("manifest.yml", () => {
  it("asks for exactly the scopes that the methods, events and commands of the code need", () => {
    const methods = methodsCalled();
    expect(methods).toEqual(
      Object.keys(SCOPES)
        .filter((method) => source.includes(`${method}(`))
        .sort(),
    );
    expect(methods).toContain("chat.postMessage");
    const needed = [
      ...methods.flatMap((method) => SCOPES[method] ?? [`unknown: ${method}`]),
      ...listened.flatMap((event) => Object.values(EVENTS[event] ?? { unknown: event })),
      ...(found(/app\.(command|shortcut)\(/g).length > 0 ? ["commands"] : []),
    ];
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...new Set(needed)].sort());
  });

  it("subscribes to exactly the events that the code listens to", () => {
    const needed = listened.flatMap((event) => Object.keys(EVENTS[event] ?? {}));
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(needed.sort());
  });

  it("has the command and the shortcut, and lets people click", () => {
    const { shortcuts, slash_commands, app_home } = manifest.features;
    expect(slash_commands).toEqual(
      found(/app\.command\("([^"]+)"/g).map((command) => ({ command, should_escape: true })),
    );
    expect(shortcuts).toEqual(
      found(/app\.shortcut\("([^"]+)"/g).map((callback_id) => ({ type: "global", callback_id })),
    );
    expect(manifest.settings).toMatchObject({ interactivity: { is_enabled: true }, socket_mode_enabled: true });
    expect(app_home).toMatchObject({ messages_tab_enabled: true, messages_tab_read_only_enabled: false });
  });

  it("grants what the sandbox grants", () => {
    expect([...DEFAULT_SCOPES].sort()).toEqual([...manifest.oauth_config.scopes.bot].sort());
  });
});
