import type { Person } from "../../../core/approval.ts";
import type { ListenerContext } from "../context.ts";
import type { ReplyTarget } from "../reply.ts";

/** A form has no place of its own: whoever sent it is answered in its request's thread. */
export async function threadOf(context: ListenerContext, who: Person, id: string): Promise<ReplyTarget> {
  const c = await context.ports.store.get(id);
  return { who, channel: c?.conversation.channel, thread: c?.conversation.card };
}
