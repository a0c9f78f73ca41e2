import type { Ports } from "../../core/ports.ts";
import type { Transfers } from "../../flow/transfers.ts";
import type { CardView } from "../cards/message.ts";
import type { Homes } from "../publish/homes.ts";
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
