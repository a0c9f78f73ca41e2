import { z } from "zod";
import { showAgain } from "../../../flow/show-again.ts";
import { messageSchema } from "../../slack/messages.ts";
import type { ListenerContext } from "../context.ts";

/** A message is gone, or a root with replies has become a tombstone. */
const deletionSchema = z.object({
  event: z.union([
    z.object({ subtype: z.literal("message_deleted"), channel: z.string(), previous_message: messageSchema }),
    z.object({
      subtype: z.literal("message_changed"),
      channel: z.string(),
      message: z.object({ subtype: z.literal("tombstone") }),
      previous_message: messageSchema,
    }),
  ]),
});

/** Brings back a message of the bot that somebody has deleted. @returns whether the event was about a deletion */
export async function messageDeleted({ ports, self }: ListenerContext, body: unknown): Promise<boolean> {
  const deletion = deletionSchema.safeParse(body);
  if (!deletion.success) return false;
  const { channel, previous_message: gone } = deletion.data.event;
  if (gone.user !== self.userId) return true;
  const c = await ports.store.byCard(channel, gone.thread_ts ?? gone.ts);
  if (c) await showAgain(ports, c.id);
  return true;
}
