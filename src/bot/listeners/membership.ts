import { isInChannel } from "../slack/channels.ts";
import type { Desk } from "./context.ts";
import type { Spot } from "./reply.ts";

/** Whether whoever acted is in a channel; where they acted they are. */
export function membershipOf(desk: Desk, at: Spot): (channel: string) => Promise<boolean> {
  const { slack, ports } = desk;
  const asker = { slack, log: ports.log, clock: ports.clock };
  return async (channel) => channel === at.channel || (await isInChannel(asker, channel, at.who.id));
}
