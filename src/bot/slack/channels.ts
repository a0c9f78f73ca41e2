import { z } from "zod";
import { describeFault } from "../../core/fault.ts";
import type { ChannelFacts, Channels, Clock, Log } from "../../core/ports.ts";
import type { ChannelRefusal } from "../../core/refusal.ts";
import { callSlack, closedBy, isSlackReason, isTransient, slackCode, slackFault } from "./call.ts";
import type { SlackClients } from "./clients.ts";

type Visibility = ChannelFacts["visibility"];

export interface PostingFacts {
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
    is_shared: z.boolean().optional(),
    is_org_shared: z.boolean().optional(),
    is_ext_shared: z.boolean().optional(),
    is_pending_ext_shared: z.boolean().optional(),
  }),
});

/** Slack sends no events from group direct messages, so their files would go unnoticed. */
const GROUP_CONVERSATION: PostingFacts = { closed: { type: "group-conversation" }, visibility: "direct" };

/** A click has to be answered within three seconds. */
const PATIENCE_MS = 1_500;
/** Non-members may see a channel's requests for this long after it was made private, if its event got lost. */
const KEEP_MS = 60_000;
const MOST_KEPT = 1_000;

/** What Slack says of channels, cached for a minute; what it does not say is asked again each time. */
export function slackChannels(reader: ChannelReader): Channels {
  const known = new Map<string, { readonly until: number; readonly facts: Promise<SlackChannel | undefined> }>();
  const ask = async (channel: string): Promise<SlackChannel | undefined> => {
    try {
      return await callSlack(`asking about ${channel}`, reader.clock, () => readChannel(reader, channel));
    } catch (error) {
      // A private channel without this bot in it does not exist for it.
      if (isSlackReason(error, "channel-unknown")) return { visibility: "private", closed: "left" };
      reader.log.info("asking Slack about a channel", { channel, because: describeFault(error) });
      return undefined;
    }
  };
  const begin = (channel: string): Promise<SlackChannel | undefined> => {
    const kept = known.get(channel);
    if (kept && kept.until > reader.clock.now()) return kept.facts;
    const asked = { until: reader.clock.now() + KEEP_MS, facts: ask(channel) };
    known.delete(channel);
    known.set(channel, asked);
    const [oldest] = known.keys();
    if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
    void asked.facts.then((facts) => {
      if (!facts && known.get(channel) === asked) known.delete(channel);
    });
    return asked.facts;
  };
  return {
    facts: (channel) => soon(reader, begin(channel), undefined),
    forget: (channel) => void known.delete(channel),
  };
}

/**
 * Whether the bot may post in a channel, and who can see that channel; a guess when Slack takes too long.
 * @param name  as a slash command gives it: `privategroup`, `directmessage` or the channel's name
 */
export async function postingFacts(reader: ChannelReader, channel: string, name?: string): Promise<PostingFacts> {
  if (name?.startsWith("mpdm-")) return GROUP_CONVERSATION;
  const guess = { visibility: guessVisibility(channel, name) };
  return await soon(reader, askOrGuess(reader, channel, guess), guess);
}

async function soon<T>({ clock }: ChannelReader, asked: Promise<T>, otherwise: T): Promise<T> {
  const answered = new AbortController();
  const late = clock.sleep(PATIENCE_MS, answered.signal).then(() => otherwise);
  return await Promise.race([asked, late]).finally(() => answered.abort());
}

async function askOrGuess(reader: ChannelReader, channel: string, guess: PostingFacts): Promise<PostingFacts> {
  try {
    const { visibility, closed, isGroup } = await readChannel(reader, channel);
    if (isGroup) return GROUP_CONVERSATION;
    return closed ? { visibility, closed: { type: CLOSED[closed] } } : { visibility };
  } catch (error) {
    reader.log.info("asking Slack about a channel", { channel, because: slackCode(error) });
    const closed = closedBy(error);
    return closed ? { ...guess, closed: { type: closed } } : guess;
  }
}

const CLOSED = { archived: "channel-archived", left: "not-in-channel" } as const;

interface SlackChannel extends ChannelFacts {
  /** A direct message of several people. */
  readonly isGroup?: boolean;
}

/** @throws what the Web API client throws, or a z.ZodError */
async function readChannel({ slack }: ChannelReader, channel: string): Promise<SlackChannel> {
  const info = channelSchema.parse(await slack.reads.conversations.info({ channel })).channel;
  const isDirect = info.is_im || info.is_mpim;
  const isPrivate = info.is_private || info.is_group;
  const closed = closedFor(info);
  const shared = sharedBy(info);
  return {
    isGroup: info.is_mpim === true,
    visibility: isDirect ? "direct" : isPrivate ? "private" : "public",
    ...(closed && { closed }),
    ...(shared && { shared }),
  };
}

type Info = z.infer<typeof channelSchema>["channel"];

function closedFor(info: Info): ChannelFacts["closed"] {
  if (info.is_archived) return "archived";
  return info.is_member === false && !info.is_im ? "left" : undefined;
}

/** `is_shared` is also true for a channel of several workspaces of the same organisation, whose people are colleagues. */
function sharedBy(info: Info): ChannelFacts["shared"] {
  if (info.is_ext_shared ?? (info.is_shared && !info.is_org_shared)) return "yes";
  return info.is_pending_ext_shared ? "pending" : undefined;
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

/** Whether someone is in a channel; undefined when Slack does not say. */
export async function isInChannel(reader: ChannelReader, channel: string, user: string): Promise<boolean | undefined> {
  try {
    return await lookUpMembership(reader, channel, user);
  } catch (error) {
    reader.log.info("asking Slack who is in a channel", { channel, because: describeFault(error) });
    return undefined;
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
