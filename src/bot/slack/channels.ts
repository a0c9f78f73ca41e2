import { z } from "zod";
import { describeFault } from "../../core/fault.ts";
import type { Clock, Log } from "../../core/ports.ts";
import type { ChannelRefusal } from "../../core/refusal.ts";
import { closedBy, isTransient, slackCode, slackFault } from "./call.ts";
import type { SlackClients } from "./clients.ts";

export type Visibility = "public" | "private" | "direct";

export interface ChannelFacts {
  /** Why the bot certainly cannot post there; undefined also when Slack does not say, since posting will show it. */
  readonly closed?: ChannelRefusal;
  readonly visibility: Visibility;
}

export interface ChannelReader {
  readonly slack: Pick<SlackClients, "reads">;
  readonly log: Log;
  readonly clock: Clock;
}

const channelSchema = z.object({
  channel: z.object({
    is_member: z.boolean().optional(),
    is_im: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
    is_private: z.boolean().optional(),
    is_group: z.boolean().optional(),
    is_archived: z.boolean().optional(),
  }),
});

/** Slack sends no events from group direct messages, so their files would go unnoticed. */
const GROUP_CONVERSATION: ChannelFacts = { closed: { type: "group-conversation" }, visibility: "direct" };

/** A click has to be answered within three seconds. */
const PATIENCE_MS = 1_500;

/**
 * Whether the bot may post in a channel, and who can see that channel; a guess when Slack takes too long.
 * @param name  as a slash command gives it: `privategroup`, `directmessage` or the channel's name
 */
export async function channelFacts(reader: ChannelReader, channel: string, name?: string): Promise<ChannelFacts> {
  if (name?.startsWith("mpdm-")) return GROUP_CONVERSATION;
  const guess = { visibility: guessVisibility(channel, name) };
  const tooLate = new AbortController();
  const asked = askSlack(reader, channel, guess);
  const late = reader.clock.sleep(PATIENCE_MS, tooLate.signal).then(() => guess);
  return await Promise.race([asked, late]).finally(() => tooLate.abort());
}

async function askSlack(reader: ChannelReader, channel: string, guess: ChannelFacts): Promise<ChannelFacts> {
  try {
    const info = channelSchema.parse(await reader.slack.reads.conversations.info({ channel })).channel;
    if (info.is_mpim) return GROUP_CONVERSATION;
    if (info.is_im) return { visibility: "direct" };
    const visibility = info.is_private || info.is_group ? "private" : "public";
    if (info.is_archived) return { visibility, closed: { type: "channel-archived" } };
    return info.is_member === false ? { visibility, closed: { type: "not-in-channel" } } : { visibility };
  } catch (error) {
    reader.log.info("asking Slack about a channel", { channel, because: slackCode(error) });
    const closed = closedBy(error);
    return closed ? { ...guess, closed: { type: closed } } : guess;
  }
}

/** When only the id is known, assume the smaller audience. */
function guessVisibility(channel: string, name: string | undefined): Visibility {
  if (channel.startsWith("D") || name === "directmessage") return "direct";
  if (channel.startsWith("G") || name === undefined || name === "privategroup") return "private";
  return "public";
}

const membersSchema = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** The members of a channel, page by page. @throws what the Web API client throws */
export async function* memberPages(
  { slack }: Pick<ChannelReader, "slack">,
  channel: string,
): AsyncGenerator<readonly string[]> {
  for (let cursor: string | undefined = ""; cursor !== undefined; ) {
    const from: { cursor?: string } = cursor ? { cursor } : {};
    const page = membersSchema.parse(await slack.reads.conversations.members({ channel, limit: 1000, ...from }));
    yield page.members;
    cursor = page.response_metadata?.next_cursor || undefined;
  }
}

/** Whether someone is in a channel; false when Slack does not say. */
export async function isInChannel(reader: ChannelReader, channel: string, user: string): Promise<boolean> {
  try {
    return (await lookUpMembership(reader, channel, user)) ?? false;
  } catch (error) {
    reader.log.info("asking Slack who is in a channel", { channel, because: describeFault(error) });
    return false;
  }
}

/**
 * Whether someone is in a channel, for work that can be tried again later; undefined when Slack will never say.
 * @throws {Fault} `slack-unreachable` when Slack may say later
 */
export async function lookUpMembership(
  reader: ChannelReader,
  channel: string,
  user: string,
): Promise<boolean | undefined> {
  try {
    for await (const members of memberPages(reader, channel)) if (members.includes(user)) return true;
    return false;
  } catch (error) {
    rethrowIfTransient(reader, channel, error);
    return undefined;
  }
}

/**
 * Handles an error of `memberPages`: logs one that is permanent.
 * @throws {Fault} `slack-unreachable` for one that is transient
 */
export function rethrowIfTransient(reader: ChannelReader, channel: string, error: unknown): void {
  if (isTransient(error)) throw slackFault(`asking who is in ${channel}`, error);
  reader.log.info("asking Slack who is in a channel", { channel, because: slackCode(error) });
}
