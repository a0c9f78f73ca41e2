import { withChannel } from "../core/channel.ts";
import type { Customization } from "../core/customization.ts";
import type { ChannelFacts, Ports } from "../core/ports.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";

/** Brings one request up to date; what Slack said a minute ago is good enough. */
export async function withChannelNow(
  ports: Pick<Ports, "store" | "channels" | "clock">,
  c: Customization,
): Promise<Customization> {
  const facts = await ports.channels.facts(c.conversation.channel);
  return facts ? await updateChannel(ports, c, facts) : c;
}

/** Writes what Slack says of a request's channel. @returns the record as it is now, the same one if nothing has changed */
export async function updateChannel(
  ports: Pick<Ports, "store" | "clock">,
  c: Customization,
  { visibility, closed, shared }: ChannelFacts,
): Promise<Customization> {
  const facts = { visibility, ...(closed && { closed }), ...(shared && { shared }) };
  const at = ports.clock.now();
  if (withChannel(c, facts, at) === c) return c;
  const stored = await change(ports.store, c.id, (now) => withChannel(now, facts, at));
  return isRefusal(stored) ? c : stored;
}
