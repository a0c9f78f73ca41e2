import { z } from "zod";
import { describeFault } from "../../../core/fault.ts";
import type { Drop } from "../../../core/ports.ts";
import { acceptDrop } from "../../../flow/accept-upload.ts";
import { cardIn } from "../../card-metadata.ts";
import { channelHint } from "../../cards/answers.ts";
import type { Desk } from "../../desk.ts";
import { dropOf, messageAt, messageSchema, senderTeam } from "../../slack-messages.ts";
import { teamOfUser } from "../../slack-people.ts";

const postedSchema = z.object({
  event_id: z.string(),
  team_id: z.string(),
  is_ext_shared_channel: z.boolean().optional(),
  event: messageSchema.extend({ channel: z.string() }),
});
type Posted = z.infer<typeof postedSchema>;

/** Copies of messages that came before. */
const ECHOES: readonly (string | undefined)[] = ["message_changed", "message_deleted", "message_replied"];

/** A message was posted: its files are what counts, whatever its subtype. */
export async function messagePosted(desk: Desk, body: unknown): Promise<void> {
  const posted = postedSchema.safeParse(body);
  if (!posted.success || ECHOES.includes(posted.data.event.subtype)) return;
  const { event, event_id } = posted.data;
  const { store, clock } = desk.ports;
  if (event.user === desk.self.userId || !dropOf(event, "")) return;
  if (!(await store.firstSight(`event ${event_id}`, clock.now()))) return;
  const drop = dropOf(event, await teamOf(desk, posted.data));
  if (!drop) return;
  const isReply = event.thread_ts !== undefined && event.thread_ts !== event.ts;
  if (!isReply) return await hint(desk, event.channel, drop);
  const id = await requestOfThread(desk, event.channel, event.thread_ts ?? "");
  if (id) await acceptDrop(desk.ports, desk.transfers, id, drop);
}

/** Events of files do not always say which workspace their sender is of; only in shared channels can it be another. */
async function teamOf(desk: Desk, { event, team_id, is_ext_shared_channel }: Posted): Promise<string> {
  const told = senderTeam(event);
  if (told || !is_ext_shared_channel || !event.user) return told ?? team_id;
  return (await teamOfUser(desk.slack, event.user)) ?? team_id;
}

/** A file can overtake the answer to the card's own post: then the thread's root tells whose card it is. */
async function requestOfThread(desk: Desk, channel: string, root: string): Promise<string | undefined> {
  const { store, clock } = desk.ports;
  const known = await store.byCard(channel, root);
  if (known) return known.id;
  const message = await messageAt({ slack: desk.slack, clock }, channel, root).catch((error: unknown) => {
    // Most threads are no request's; files of one that is are found when its thread is read again.
    desk.ports.log.warn("asking whose thread it is", { channel, root, because: describeFault(error) });
    return undefined;
  });
  const id = message && cardIn(message, desk.self);
  const c = id ? await store.get(id) : undefined;
  return c?.place.channel === channel ? c.id : undefined;
}

/** One private hint per request, for files posted in the channel by someone whose request there still collects. */
async function hint(desk: Desk, channel: string, drop: Drop): Promise<void> {
  const { store, clock } = desk.ports;
  const [c] = await store.list({ states: ["collecting", "ready"], requester: drop.by.id, channel });
  if (!c || !(await store.firstSight(`hint ${c.id}`, clock.now()))) return;
  await desk.writer.whisper({ channel, user: drop.by.id }, channelHint(c, { channel, ts: drop.ts }, desk.view()));
}
