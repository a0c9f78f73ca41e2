import type { Person } from "../../core/approval.ts";
import type { Ports } from "../../core/ports.ts";
import type { RecentMap } from "../../core/recent-map.ts";
import type { TokenBuckets } from "../../core/token-bucket.ts";
import type { Viewer } from "../../flow/show.ts";
import type { Transfers } from "../../flow/transfers.ts";
import type { CardMessage, CardView, ViewIn } from "../cards/message.ts";
import type { Homes } from "../publish/homes.ts";
import type { ChannelReader } from "../slack/channels.ts";
import { isInChannel } from "../slack/channels.ts";
import type { Self, SlackClients } from "../slack/clients.ts";
import type { Languages } from "../slack/languages.ts";
import type { People } from "../slack/people.ts";
import type { UserGroups } from "../slack/user-groups.ts";
import type { SlackWriter } from "../slack/writer.ts";
import type { ExpectedFiles } from "./expected-files.ts";

/** What every listener works with. */
export interface ListenerContext {
  readonly ports: Ports;
  readonly transfers: Transfers;
  readonly slack: SlackClients;
  readonly writer: SlackWriter;
  readonly homes: Homes;
  readonly people: People;
  readonly groups: UserGroups;
  readonly expectedFiles: ExpectedFiles;
  readonly self: Self;
  /** How fast each person may act. */
  readonly pace: TokenBuckets;
  /** Whether someone is in a channel; the answer may be a minute old. Undefined where Slack does not say. */
  readonly isKnownMember: (channel: string, user: string) => Promise<boolean | undefined>;
  /** Threads that belong to no request, as `channel/ts` of their roots. */
  readonly otherThreads: RecentMap<string, true>;
  /** Words, policy and the current time: in the language of whoever acts. */
  readonly view: () => CardView;
  readonly viewIn: ViewIn;
  readonly languages: Languages;
  /** The gateway's host: forms say that the material goes there. */
  readonly gatewayHost: string;
  /** `MATERIAL_HOSTS`: a link to one of them counts as a file. */
  readonly linkHosts: readonly string[];
}

/** What can be sent to a response URL. */
export interface Response extends Partial<CardMessage> {
  readonly response_type?: "ephemeral";
  readonly replace_original?: boolean;
  readonly delete_original?: boolean;
}

/** Where somebody acted, which is where they get the answer. */
export interface ReplyTarget {
  readonly who: Person;
  readonly channel?: string | undefined;
  readonly thread?: string | undefined;
  /** The response URL of a command or click. */
  readonly respond?: ((response: Response) => Promise<unknown>) | undefined;
  /** Prefer the response URL: for commands, and for messages that only one person sees. */
  readonly respondFirst?: boolean;
  /** They sent a form: they may have left the channel where they opened it. */
  readonly isForm?: boolean;
}

/** Where somebody typed a command: with a slash, in a message to the bot, or by a button that runs it. */
export interface CommandTarget extends ReplyTarget {
  readonly channel?: string | undefined;
  readonly channelName?: string | undefined;
  /** Absent for a message: Slack opens forms only for slash commands and clicks. */
  readonly trigger?: string;
}

/**
 * What a listener works with while somebody acts: it speaks their language as soon as Slack has told it, and until then
 * that of the channel.
 */
export async function speakingTo(
  context: ListenerContext,
  { who, channel }: Pick<ReplyTarget, "who" | "channel">,
): Promise<ListenerContext> {
  const { languages, viewIn } = context;
  const here = channel === undefined ? undefined : await languages.ofChannel(channel);
  return { ...context, view: () => viewIn(languages.known(who.id) ?? here) };
}

/** Reads channels for a listener. */
export function channelReader({ slack, ports }: ListenerContext): ChannelReader {
  return { slack, log: ports.log, clock: ports.clock };
}

/** Someone who wants to see requests; they certainly are in the channel where they act. */
export function viewerOf(context: ListenerContext, { who, channel, isForm }: ReplyTarget): Viewer {
  const isMember = (other: string): Promise<boolean | undefined> => isInChannel(channelReader(context), other, who.id);
  return { who, here: isForm ? undefined : channel, isMember };
}
