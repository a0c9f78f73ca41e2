import { isInChannel } from "../slack/channels.ts";
import type { ListenerContext } from "./context.ts";
import type { ReplyTarget } from "./reply.ts";

/** Whether whoever acted is in a channel; where they acted they are. */
export function membershipOf(desk: ListenerContext, at: ReplyTarget): (channel: string) => Promise<boolean> {
  const { slack, ports } = desk;
  const asker = { slack, log: ports.log, clock: ports.clock };
  return async (channel) => channel === at.channel || (await isInChannel(asker, channel, at.who.id));
}
