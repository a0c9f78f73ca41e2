import type { Person } from "../../core/approval.ts";
import type { Ports } from "../../core/ports.ts";
import type { Transfers } from "../../flow/transfers.ts";
import type { CardMessage, CardView } from "../cards/message.ts";
import type { Homes } from "../publish/homes.ts";
import { isInChannel } from "../slack/channels.ts";
import type { Self, SlackClients } from "../slack/clients.ts";
import type { SlackWriter } from "../slack/writer.ts";

/** What every listener has at hand. */
export interface ListenerContext {
  readonly ports: Ports;
  readonly transfers: Transfers;
  readonly slack: SlackClients;
  readonly writer: SlackWriter;
  readonly homes: Homes;
  readonly self: Self;
  /** Whether someone is in a channel, as it was a minute ago at most. */
  readonly isKnownMember: (channel: string, user: string) => Promise<boolean>;
  /** Words, policy and the time, for whatever is shown now. */
  readonly view: () => CardView;
  /** Where the material goes, as forms say it. */
  readonly gatewayHost: string;
}

/** What a response URL takes. */
export interface Response extends Partial<CardMessage> {
  readonly response_type?: "ephemeral";
  readonly replace_original?: boolean;
  readonly delete_original?: boolean;
}

/** Where somebody acted, and so where they are answered. */
export interface ReplyTarget {
  readonly who: Person;
  readonly channel?: string | undefined;
  readonly thread?: string | undefined;
  /** The response URL of a command or click. */
  readonly respond?: ((response: Response) => Promise<unknown>) | undefined;
  /** Answers stand where the response URL puts them: for commands, and for messages that only one person sees. */
  readonly respondFirst?: boolean;
}

/** Whether whoever acted is in a channel; where they acted they are. */
export function membershipOf(context: ListenerContext, target: ReplyTarget): (channel: string) => Promise<boolean> {
  const { slack, ports } = context;
  const asker = { slack, log: ports.log, clock: ports.clock };
  return async (channel) => channel === target.channel || (await isInChannel(asker, channel, target.who.id));
}
