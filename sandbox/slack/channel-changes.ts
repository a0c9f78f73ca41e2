import { z } from "zod";
import type { Core } from "./core.ts";
import { announce, present } from "./messages.ts";
import { eventBody } from "./payloads.ts";
import type { Channel, ChannelKind, User } from "./workspace.ts";

/** The organisation with which the sandbox's channels are shared. */
const OTHER_TEAM = "T0OTHERORG";

export interface NewChannel {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly members: readonly string[];
  readonly botIsMember?: boolean;
  /** With another organisation. */
  readonly isShared?: boolean;
}

/** What a person can do to a channel. */
export const ChannelChange = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("make-private") }),
  z.strictObject({ type: z.literal("make-public") }),
  z.strictObject({ type: z.literal("archive") }),
  z.strictObject({ type: z.literal("unarchive") }),
  z.strictObject({ type: z.literal("rename"), name: z.string().regex(/^[a-z0-9_-]{1,80}$/, "only a-z, 0-9, - and _") }),
  z.strictObject({ type: z.literal("invite-organisation") }),
  z.strictObject({ type: z.literal("share") }),
  z.strictObject({ type: z.literal("unshare") }),
  z.strictObject({ type: z.literal("leave") }),
  z.strictObject({ type: z.literal("remove-bot") }),
]);
export type ChannelChange = z.infer<typeof ChannelChange>;

/**
 * Changes a channel as Slack does, and tells the app: most changes are messages of the channel, which its members get.
 * An archived channel loses its bots before its people: github.com/elastic/connectors/issues/1972
 * @throws where Slack's client has no such entry in its menu
 */
export async function changeChannel(core: Core, user: User, channel: Channel, change: ChannelChange): Promise<void> {
  if (channel.kind === "im") throw new Error("a direct message has no such menu");
  if (channel.isArchived && change.type !== "unarchive") throw new Error(`#${channel.name} is archived`);
  const by = `<@${user.id}>`;
  core.workspace.recordAct({ user: user.id, did: `${change.type.replace("-", " ")}: #${channel.name}` });
  switch (change.type) {
    case "make-private":
      channel.kind = "private";
      return await say(core, channel, user, "channel_convert_to_private", "made this channel private");
    case "make-public":
      channel.kind = "public";
      return await say(core, channel, user, "channel_convert_to_public", "made this channel public");
    case "archive": {
      channel.isArchived = true;
      const subtype = channel.kind === "private" ? "group_archive" : "channel_archive";
      await say(core, channel, user, subtype, "archived the channel");
      channel.members.delete(core.workspace.botUserId);
      return core.workspace.changes.emit();
    }
    case "unarchive": {
      channel.isArchived = false;
      const subtype = channel.kind === "private" ? "group_unarchive" : "channel_unarchive";
      return await say(core, channel, user, subtype, "un-archived the channel");
    }
    case "rename": {
      const names = { old_name: channel.name, name: change.name };
      const text = `renamed the channel from "${channel.name}" to "${change.name}"`;
      channel.name = change.name;
      return await say(core, channel, user, channel.kind === "private" ? "group_name" : "channel_name", text, names);
    }
    case "invite-organisation":
      channel.shared = "pending";
      return core.workspace.changes.emit();
    case "share":
      channel.shared = "yes";
      return await tell(core, channel, { type: "channel_shared", connected_team_id: OTHER_TEAM });
    case "unshare":
      channel.shared = "no";
      for (const id of channel.members) if (core.workspace.isStranger(id)) channel.members.delete(id);
      return await tell(core, channel, {
        type: "channel_unshared",
        previously_connected_team_id: OTHER_TEAM,
        is_ext_shared: false,
      });
    case "leave":
      await say(core, channel, user, "channel_leave", "has left the channel");
      channel.members.delete(user.id);
      return core.workspace.changes.emit();
    case "remove-bot":
      channel.members.delete(core.workspace.botUserId);
      core.workspace.add(channel.id, { user: user.id, text: `${by} removed avatar-bot from the channel` });
      return;
  }
}

async function say(
  core: Core,
  channel: Channel,
  { id: user }: User,
  subtype: string,
  did: string,
  more: object = {},
): Promise<void> {
  const message = core.workspace.add(channel.id, { user, subtype, text: `<@${user}> ${did}` });
  await announce(core, channel, { ...present(core, message, "event"), ...more });
}

/** An event of its own, which goes to every app that has asked for it and may see the channel. */
async function tell(core: Core, channel: Channel, event: Record<string, unknown>): Promise<void> {
  const { workspace } = core;
  workspace.changes.emit();
  if (channel.kind === "private" && !channel.members.has(workspace.botUserId)) return;
  const at = { channel: channel.id, event_ts: workspace.ts() };
  await core.delivery.event(eventBody(core, { ...event, ...at }, channel));
}
