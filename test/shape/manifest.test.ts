import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { slackReference } from "../fixtures/slack-reference.ts";
import type { Syntax } from "./source-tree.ts";
import { isText, memberOf, readSources, readText } from "./source-tree.ts";

/** Bolt's word for an event, and Slack's words for those that bring it. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: ["app_home_opened"],
  channel_shared: ["channel_shared"],
  channel_unshared: ["channel_unshared"],
  file_shared: ["file_shared"],
  member_joined_channel: ["member_joined_channel"],
  message: ["message.channels", "message.groups", "message.im"],
};

const manifest = z
  .object({
    display_information: z.object({ name: z.string().max(35), description: z.string().max(140) }),
    features: z.object({
      app_home: z.object({
        home_tab_enabled: z.boolean(),
        messages_tab_enabled: z.literal(true),
        messages_tab_read_only_enabled: z.literal(false),
      }),
      bot_user: z.object({ display_name: z.string().max(80) }),
      shortcuts: z.array(z.object({ type: z.enum(["global", "message"]), callback_id: z.string() })),
      slash_commands: z.array(z.object({ command: z.string(), should_escape: z.literal(true) })),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.literal(true) }),
      socket_mode_enabled: z.boolean(),
    }),
  })
  .parse(parse(readText("manifest.yml")));

const nodes = readSources()
  .filter(({ path }) => path.startsWith("src/bot/"))
  .flatMap((source) => source.nodes);

describe("manifest.yml", () => {
  it("asks for the scopes of the Web API methods that the code calls, and for no others", () => {
    const methods = [...new Set(nodes.flatMap((node) => methodOf(node) ?? []))].sort();
    const without = methods.filter((method) => !slackReference.methods[method]);
    expect(without, "add them to test/recorded/slack/method-reference.json").toEqual([]);
    const scopes = methods.flatMap((method) => slackReference.methods[method]?.scopes ?? []);
    // Slack sends no events from group conversations to this app.
    const needed = ["commands", ...scopes.filter((scope) => !scope.startsWith("mpim:"))];
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...new Set(needed)].sort());
  });

  it("subscribes to the events that the code listens to", () => {
    const listened = registered("on").flatMap((name) => EVENTS[name] ?? [`${name} has no row here`]);
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(listened.sort());
  });

  it("has a Home tab where the code publishes Homes, and a direct message that takes files", () => {
    const publishes = nodes.some((node) => methodOf(node) === "views.publish");
    expect(manifest.features.app_home.home_tab_enabled).toBe(publishes);
  });

  it("has the commands and shortcuts that the code answers", () => {
    const { slash_commands, shortcuts } = manifest.features;
    expect(slash_commands.map(({ command }) => command)).toEqual(registered("app.command"));
    expect(shortcuts.map(({ callback_id }) => callback_id)).toEqual(registered("app.shortcut"));
  });
});

/** `….chat.update` → `chat.update` */
function methodOf({ node }: Syntax): string | undefined {
  const method = memberOf(node);
  if (!method) return undefined;
  const owner = memberOf(method.object)?.name ?? (method.object.type === "Identifier" ? method.object.name : "");
  if (!/^(auth|chat|conversations|files|users|usergroups|views)$/.test(owner)) return undefined;
  // A list called files is not Slack's files.
  return method.name in Array.prototype ? undefined : `${owner}.${method.name}`;
}

/** The first argument of `on("message", …)`, `app.command("/…", …)` and their like. */
function registered(verb: "on" | "app.command" | "app.shortcut"): string[] {
  return nodes.flatMap(({ node, text }) => {
    if (node.type !== "CallExpression" || !text.startsWith(`${verb}("`)) return [];
    const [name] = node.arguments;
    return isText(name) ? [name.value] : [];
  });
}
