import { z } from "zod";
import type { Person } from "../../../core/approval.ts";
import { messageSchema, senderTeam } from "../../slack/messages.ts";
import { inChannel } from "../../slack/people.ts";
import type { ListenerContext } from "../context.ts";

export const postedSchema = z.object({
  event_id: z.string(),
  event: messageSchema.extend({ channel: z.string(), channel_type: z.string().optional().catch(undefined) }),
});
/** A message, and where it was posted. */
export type Posted = z.infer<typeof postedSchema>["event"];

/** The root of the thread in which a message is a reply. */
export function rootOf({ ts, thread_ts }: Posted): string | undefined {
  return thread_ts === ts ? undefined : thread_ts;
}

/** Answer a message once, even when Slack sends it again as another event. */
export function isFirstEvent({ ports }: ListenerContext, { channel, ts }: Posted): Promise<boolean> {
  return ports.store.markSeen(`message ${channel} ${ts}`, ports.clock.now());
}

/** Who wrote a message, and so is in its channel. */
export async function senderOf(context: ListenerContext, posted: Posted, user: string): Promise<Person> {
  return inChannel(await context.people.lookUp(user, senderTeam(posted)), posted.channel);
}
