import type { ChannelFacts } from "../core/ports.ts";
import { isOver } from "../core/state.ts";
import { updateChannel } from "./channel-now.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

/**
 * Brings all requests of a channel up to date with what Slack says of it now.
 * @param certain  what is known without asking: it counts even if Slack says otherwise, or nothing
 */
export async function followChannel(
  ports: OutboxPorts,
  channel: string,
  certain: Partial<ChannelFacts> = {},
): Promise<void> {
  ports.channels.forget(channel);
  const facts = await ports.channels.facts(channel);
  if (!facts && Object.keys(certain).length === 0) return;
  for (const c of await ports.store.list({ channel })) {
    const next = await updateChannel(ports, c, { ...(facts ?? c.conversation), ...certain });
    const needsCard = !isOver(c.state) || c.conversation.closed !== undefined;
    if (next !== c && needsCard) await deliverOutbox(ports, c.id);
  }
}
