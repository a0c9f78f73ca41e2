import { z } from "zod";
import type { Person } from "../../../core/approval.ts";
import type { Drop } from "../../../core/ports.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { acceptDrop } from "../../../flow/accept-upload.ts";
import { setReferenceText } from "../../../flow/texts.ts";
import { answer, answerRefusal } from "../../answer.ts";
import { cardIn } from "../../card-metadata.ts";
import { channelHint, referenceTextSetAnswer } from "../../cards/answers.ts";
import type { Desk } from "../../desk.ts";
import { referenceTextIn } from "../../reference-text.ts";
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

/** A message was posted: its files count, whatever its subtype, and in a voice's thread the text of its recording. */
export async function messagePosted(desk: Desk, body: unknown): Promise<void> {
  const posted = postedSchema.safeParse(body);
  if (!posted.success || ECHOES.includes(posted.data.event.subtype)) return;
  const { event, event_id } = posted.data;
  const { store, clock } = desk.ports;
  const isReply = event.thread_ts !== undefined && event.thread_ts !== event.ts;
  const text = isReply ? referenceTextIn(event) : undefined;
  if (event.user === desk.self.userId || (!dropOf(event, "") && text === undefined)) return;
  if (!(await store.firstSight(`event ${event_id}`, clock.now()))) return;
  const team = await teamOf(desk, posted.data);
  const drop = dropOf(event, team);
  if (!isReply) return drop && (await hint(desk, event.channel, drop));
  const id = await requestOfThread(desk, event.channel, event.thread_ts ?? "");
  if (!id) return;
  // The text first: it may be the caption of the recording that is to be compared with it.
  if (text !== undefined && event.user) await referenceTextSaid(desk, posted.data, id, text, { id: event.user, team });
  if (drop) await acceptDrop(desk.ports, desk.transfers, id, drop);
}

/** The requester says what the recording of a basic voice says; anywhere else such a message is just talk. */
async function referenceTextSaid(desk: Desk, { event }: Posted, id: string, text: string, who: Person): Promise<void> {
  const known = await desk.ports.store.get(id);
  if (known?.kind !== "VOICE") return;
  const at = { who, channel: event.channel, thread: event.thread_ts };
  const c = await setReferenceText(desk.ports, { id, text, who });
  if (isRefusal(c)) return await answerRefusal(desk, at, c);
  const isCut = text.length > (c.referenceText?.length ?? 0);
  await answer(desk, at, referenceTextSetAnswer(c, isCut, desk.view()));
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
  const message = await messageAt({ slack: desk.slack, clock }, channel, root);
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
