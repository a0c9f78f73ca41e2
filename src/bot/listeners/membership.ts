import { isInChannel } from "../slack/channels.ts";
import type { ListenerContext } from "./context.ts";
import type { ReplyTarget } from "./reply.ts";

/** Whether whoever acted is in a channel; where they acted they are. */
export function membershipOf(context: ListenerContext, target: ReplyTarget): (channel: string) => Promise<boolean> {
  const { slack, ports } = context;
  const asker = { slack, log: ports.log, clock: ports.clock };
  return async (channel) => channel === target.channel || (await isInChannel(asker, channel, target.who.id));
}
