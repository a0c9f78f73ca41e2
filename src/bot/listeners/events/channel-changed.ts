import { z } from "zod";
import type { ChannelFacts } from "../../../core/ports.ts";
import { followChannel } from "../../../flow/follow-channel.ts";
import type { SlackMessage } from "../../slack/messages.ts";
import type { ListenerContext } from "../context.ts";

/** Subtypes of messages that tell of a change of their channel. */
const CHANGES: readonly (string | undefined)[] = [
  "channel_convert_to_private",
  "channel_convert_to_public",
  "channel_archive",
  "channel_unarchive",
  "channel_name",
  "group_archive",
  "group_unarchive",
  "group_name",
];

export function isAboutChannel({ subtype }: SlackMessage): boolean {
  return CHANGES.includes(subtype);
}

/**
 * Follows what a message says of its channel. Slack decides what the channel is now; only that it was made private
 * counts at once, so that nothing is shown meanwhile.
 */
export async function channelMessagePosted(
  { ports }: ListenerContext,
  { channel, subtype }: { readonly channel: string; readonly subtype?: string | undefined },
): Promise<void> {
  const hidden: Partial<ChannelFacts> = { visibility: "private" };
  await followChannel(ports, channel, subtype === "channel_convert_to_private" ? hidden : {});
}

const joinedSchema = z.object({ event: z.object({ channel: z.string(), user: z.string() }) });

/** Somebody has joined a channel: this bot may be back in one that it was removed from. */
export async function memberJoined({ ports, self }: ListenerContext, body: unknown): Promise<void> {
  const joined = joinedSchema.safeParse(body);
  if (joined.success && joined.data.event.user === self.userId) await followChannel(ports, joined.data.event.channel);
}

const sharedSchema = z.object({ event: z.object({ channel: z.string() }) });

/** Another organisation has come into a channel, or has left it. Slack sends no message about that. */
export async function channelShared({ ports }: ListenerContext, body: unknown): Promise<void> {
  const shared = sharedSchema.safeParse(body);
  if (shared.success) await followChannel(ports, shared.data.event.channel);
}
