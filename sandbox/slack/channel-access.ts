import type { Core } from "./core.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Channel, StoredMessage } from "./workspace.ts";

/**
 * A channel as the bot sees it: private channels without it do not exist.
 * @throws {SlackRefusal} channel_not_found
 */
export function visibleChannel(core: Core, id: string): Channel {
  const channel = core.workspace.channels.get(id);
  if (!channel) throw new SlackRefusal("channel_not_found");
  if (channel.kind !== "public" && !channel.members.has(core.workspace.botUserId))
    throw new SlackRefusal("channel_not_found");
  return channel;
}

/** @throws {SlackRefusal} channel_not_found, is_archived, not_in_channel */
export function openChannel(core: Core, id: string): Channel {
  if (core.workspace.channels.get(id)?.isArchived) throw new SlackRefusal("is_archived");
  return joinedChannel(core, id);
}

/** @throws {SlackRefusal} channel_not_found, not_in_channel */
export function joinedChannel(core: Core, id: string): Channel {
  const channel = visibleChannel(core, id);
  if (!channel.members.has(core.workspace.botUserId)) throw new SlackRefusal("not_in_channel");
  return channel;
}

/** The conversation to post to: a channel, or for a user id, that person's direct message. */
export function postTarget(core: Core, id: string): Channel {
  const user = core.workspace.users.get(id);
  return user && !user.isBot ? core.workspace.directMessage(id) : openChannel(core, id);
}

/** @throws {SlackRefusal} thread_not_found: no such message, or a reply, which cannot be a root */
export function threadRoot(core: Core, channel: Channel, ts: string): StoredMessage {
  const root = core.workspace.find(channel.id, ts);
  const isReply = root?.thread_ts !== undefined && root.thread_ts !== root.ts;
  if (!root || isReply) throw new SlackRefusal("thread_not_found");
  return root;
}
