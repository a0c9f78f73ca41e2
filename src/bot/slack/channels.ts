import { z } from "zod";
import { describeFault } from "../../core/fault.ts";
import type { Clock, Log } from "../../core/ports.ts";
import { isPassing, slackCode, slackFault } from "./call.ts";
import type { SlackClients } from "./clients.ts";

export type Visibility = "public" | "private" | "direct";

export interface ChannelFacts {
  /** False when the bot is certainly not in the channel; where Slack does not tell, true: posting will. */
  readonly mayPost: boolean;
  readonly visibility: Visibility;
}

export interface Asker {
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
  }),
});

/** A click waits three seconds at most for its answer. */
const PATIENCE_MS = 1_500;

/**
 * Tries whether the bot may post in a channel, and who can see that channel.
 * @param name  as a slash command tells it: `privategroup`, `directmessage` or the channel's name
 */
export async function channelFacts(asker: Asker, channel: string, name?: string): Promise<ChannelFacts> {
  // No events come from group direct messages, so files would never be seen there.
  if (name?.startsWith("mpdm-")) return { mayPost: false, visibility: "direct" };
  const guess = { mayPost: true, visibility: guessVisibility(channel, name) };
  const tooLate = new AbortController();
  const asked = askSlack(asker, channel, guess);
  const late = asker.clock.sleep(PATIENCE_MS, tooLate.signal).then(() => guess);
  return await Promise.race([asked, late]).finally(() => tooLate.abort());
}

async function askSlack(asker: Asker, channel: string, guess: ChannelFacts): Promise<ChannelFacts> {
  try {
    const told = channelSchema.parse(await asker.slack.reads.conversations.info({ channel })).channel;
    const isDirect = told.is_im || told.is_mpim;
    const isPrivate = told.is_private || told.is_group;
    return {
      mayPost: told.is_im === true || (told.is_member !== false && !told.is_mpim),
      visibility: isDirect ? "direct" : isPrivate ? "private" : "public",
    };
  } catch (error) {
    const code = slackCode(error);
    asker.log.info("asking Slack about a channel", { channel, because: code });
    const isClosed = code === "channel_not_found" || code === "not_in_channel";
    return isClosed ? { ...guess, mayPost: false } : guess;
  }
}

/** Where only the id is known, the fewer people see it the better. */
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
  { slack }: Pick<Asker, "slack">,
  channel: string,
): AsyncGenerator<readonly string[]> {
  for (let cursor: string | undefined = ""; cursor !== undefined; ) {
    const from: { cursor?: string } = cursor ? { cursor } : {};
    const page = membersSchema.parse(await slack.reads.conversations.members({ channel, limit: 1000, ...from }));
    yield page.members;
    cursor = page.response_metadata?.next_cursor || undefined;
  }
}

/** Whether someone is in a channel; no when Slack does not tell. */
export async function isInChannel(asker: Asker, channel: string, user: string): Promise<boolean> {
  try {
    return (await whetherInChannel(asker, channel, user)) ?? false;
  } catch (error) {
    asker.log.info("asking Slack who is in a channel", { channel, because: describeFault(error) });
    return false;
  }
}

/**
 * Whether someone is in a channel, for what can wait; undefined for one that Slack does not tell about.
 * @throws {Fault} `slack-unreachable` when what keeps Slack from telling passes by itself
 */
export async function whetherInChannel(asker: Asker, channel: string, user: string): Promise<boolean | undefined> {
  try {
    for await (const members of memberPages(asker, channel)) if (members.includes(user)) return true;
    return false;
  } catch (error) {
    rethrowIfTransient(asker, channel, error);
    return undefined;
  }
}

/**
 * Slack does not tell who is in a channel.
 * @throws {Fault} `slack-unreachable` when that passes by itself
 */
export function rethrowIfTransient(asker: Asker, channel: string, error: unknown): void {
  if (isPassing(error)) throw slackFault(`asking who is in ${channel}`, error);
  asker.log.info("asking Slack who is in a channel", { channel, because: slackCode(error) });
}
