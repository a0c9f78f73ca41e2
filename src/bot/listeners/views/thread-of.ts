import type { Person } from "../../../core/approval.ts";
import type { Desk } from "../context.ts";
import type { Spot } from "../reply.ts";

/** A form has no place of its own: whoever sent it is answered in its request's thread. */
export async function threadOf(desk: Desk, who: Person, id: string): Promise<Spot> {
  const c = await desk.ports.store.get(id);
  return { who, channel: c?.place.channel, thread: c?.place.card };
}
