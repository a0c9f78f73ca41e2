import { z } from "zod";
import type { Person } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import { describeFault } from "../../../core/fault.ts";
import type { Drop } from "../../../core/ports.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { acceptDrop } from "../../../flow/accept-upload.ts";
import { setReferenceText } from "../../../flow/texts.ts";
import { channelHint } from "../../cards/answers.ts";
import { referenceTextSetAnswer } from "../../cards/text-answers.ts";
import { dropOf, messageAt, messageSchema, senderTeam } from "../../slack/messages.ts";
import { cardIn } from "../../slack/metadata.ts";
import { teamOfUser } from "../../slack/people.ts";
import { helpTyped } from "../commands/help.ts";
import type { ListenerContext } from "../context.ts";
import { referenceTextIn } from "../reference-text.ts";
import { answer, answerRefusal } from "../reply.ts";

const postedSchema = z.object({
  event_id: z.string(),
  team_id: z.string(),
  is_ext_shared_channel: z.boolean().optional(),
  event: messageSchema.extend({ channel: z.string(), channel_type: z.string().optional() }),
});
type Posted = z.infer<typeof postedSchema>;

/** Copies of messages that came before. */
const ECHOES: readonly (string | undefined)[] = ["message_changed", "message_deleted", "message_replied"];

/** What people themselves say, with files and without. */
const SAID: readonly (string | undefined)[] = [undefined, "file_share", "thread_broadcast"];

/**
 * A message was posted: its files count, whatever its subtype, and in a voice's thread the text of its recording.
 * Whoever talks to the bot is told how it goes.
 */
export async function messagePosted(context: ListenerContext, body: unknown): Promise<void> {
  const posted = postedSchema.safeParse(body);
  if (!posted.success || ECHOES.includes(posted.data.event.subtype)) return;
  const { event, event_id } = posted.data;
  const root = event.thread_ts !== undefined && event.thread_ts !== event.ts ? event.thread_ts : undefined;
  const text = root ? referenceTextIn(event) : undefined;
  if (event.user === context.self.userId || !event.user) return;
  if (!dropOf(event, "") && text === undefined) return await talked(context, posted.data, event.user, root);
  const c = root
    ? await requestOfThread(context, event.channel, root)
    : await collectingOf(context, event.channel, event.user);
  if (!c) return await talked(context, posted.data, event.user, root);
  if (!(await context.ports.store.markSeen(`event ${event_id}`, context.ports.clock.now()))) return;
  const team = await teamOf(context, posted.data);
  const drop = dropOf(event, team);
  // The text first: it may be the caption of the recording that is to be compared with it.
  if (text !== undefined) await referenceTextSaid(context, posted.data, c, text, { id: event.user, team });
  if (!drop) return;
  if (root) await acceptDrop(context.ports, context.transfers, c.id, drop);
  else await hint(context, c, drop);
}

/** The bot is spoken to: named somewhere, or written to directly. Anything else is other people's talk. */
async function talked(
  context: ListenerContext,
  posted: Posted,
  user: string,
  thread: string | undefined,
): Promise<void> {
  const { event } = posted;
  if (!SAID.includes(event.subtype) || event.bot_id) return;
  const isDirect = event.channel_type === "im" && thread === undefined;
  if (!isDirect && !event.text?.includes(`<@${context.self.userId}>`)) return;
  if (!(await isNews(context, event))) return;
  const target = { who: { id: user, team: await teamOf(context, posted) }, channel: event.channel, thread };
  if (target.who.team !== context.self.teamId) return await answerRefusal(context, target, { type: "other-workspace" });
  await helpTyped(context, target);
}

/** A message is answered once, also when Slack sends it again as another event. */
function isNews({ ports }: ListenerContext, { channel, ts }: Posted["event"]): Promise<boolean> {
  return ports.store.markSeen(`message ${channel} ${ts}`, ports.clock.now());
}

/** The requester says what the recording of a basic voice says; anywhere else such a message is just talk. */
async function referenceTextSaid(
  context: ListenerContext,
  { event }: Posted,
  known: Customization,
  text: string,
  who: Person,
): Promise<void> {
  if (known.kind !== "VOICE" || !(await isNews(context, event))) return;
  const target = { who, channel: event.channel, thread: event.thread_ts };
  const c = await setReferenceText(context.ports, { id: known.id, text, who });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  const isCut = text.length > (c.referenceText?.length ?? 0);
  await answer(context, target, referenceTextSetAnswer(c, isCut, context.view()));
}

/** Events of files do not always say which workspace their sender is of. */
async function teamOf(context: ListenerContext, { event, team_id }: Posted): Promise<string> {
  const told = senderTeam(event);
  if (told || !event.user) return told ?? team_id;
  return (await teamOfUser({ slack: context.slack, clock: context.ports.clock }, event.user)) ?? team_id;
}

/** A file can overtake the answer to the card's own post: then the thread's root tells whose card it is. */
async function requestOfThread(
  context: ListenerContext,
  channel: string,
  root: string,
): Promise<Customization | undefined> {
  const { store, clock } = context.ports;
  const known = await store.byCard(channel, root);
  if (known) return known;
  const message = await messageAt({ slack: context.slack, clock }, channel, root).catch((error: unknown) => {
    // Most threads are no request's; files of one that is are found when its thread is read again.
    context.ports.log.warn("asking whose thread it is", { channel, root, because: describeFault(error) });
    return undefined;
  });
  const id = message && cardIn(message, context.self);
  const c = id ? await store.get(id) : undefined;
  return c?.conversation.channel === channel ? c : undefined;
}

/** The newest request in a channel that still takes files of whoever asked for it. */
async function collectingOf(
  context: ListenerContext,
  channel: string,
  requester: string,
): Promise<Customization | undefined> {
  const [newest] = await context.ports.store.list({ states: ["collecting", "ready"], requester, channel });
  return newest;
}

/** One private hint per request, for files posted in the channel by someone whose request there still collects. */
async function hint(context: ListenerContext, c: Customization, drop: Drop): Promise<void> {
  const { store, clock } = context.ports;
  if (!(await store.markSeen(`hint ${c.id}`, clock.now()))) return;
  const { channel } = c.conversation;
  await context.writer.whisper({ channel, user: drop.by.id }, channelHint(c, { channel, ts: drop.ts }, context.view()));
}
