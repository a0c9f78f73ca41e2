import { offerDirectly } from "./apply-poll.ts";
import type { Customization } from "./customization.ts";
import type { ChannelFacts } from "./ports.ts";
import { addNotice, hasUndelivered } from "./record.ts";
import { isOver } from "./state.ts";

/**
 * A request in what its channel is now. Where its people can no longer be reached there, the requester is written to,
 * and so are the approvers of a demo that waits.
 * @returns the same record when nothing has changed
 */
export function withChannel(c: Customization, facts: ChannelFacts, at: number): Customization {
  const { visibility, closed, shared, ...place } = c.conversation;
  if (visibility === "direct") return c;
  const now = isOver(c.state) ? endedFacts(c, facts) : facts;
  if (now.visibility === visibility && now.closed === closed && now.shared === shared) return c;
  const changed = { ...c, conversation: { ...place, ...now } };
  const news = newsOf(c.conversation, now);
  if (!news || isOver(c.state)) return changed;
  const to = c.requester;
  const told = addNotice(changed, at, `channel-${news}-${at}`, { type: "channel-changed", news, to });
  return offerDirectly(told, at);
}

/** The card of an ended request needs no care, unless something is still to be told or it ended in a closed channel. */
function endedFacts(c: Customization, facts: ChannelFacts): ChannelFacts {
  if (c.conversation.closed || hasUndelivered(c)) return facts;
  const { shared } = c.conversation;
  return { visibility: facts.visibility, ...(shared && { shared }) };
}

function newsOf(before: ChannelFacts, now: ChannelFacts): "archived" | "left" | "private" | undefined {
  if (now.closed && !before.closed) return now.closed;
  return now.visibility === "private" && before.visibility === "public" ? "private" : undefined;
}
