import type { Person } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import { describeFault } from "../../../core/fault.ts";
import { kindRow } from "../../../core/kinds.ts";
import { isRefusal } from "../../../core/refusal.ts";
import type { Drop } from "../../../core/thread-ports.ts";
import { acceptDrop } from "../../../flow/accept-upload.ts";
import { setReferenceText } from "../../../flow/texts.ts";
import { channelHint } from "../../cards/answers.ts";
import { referenceTextSetAnswer } from "../../cards/text-answers.ts";
import { dropOf, filesIn, isWritten, messageAt, referenceTextIn } from "../../slack/messages.ts";
import { cardIn } from "../../slack/metadata.ts";
import type { ListenerContext } from "../context.ts";
import { speakingTo } from "../context.ts";
import { answer, answerRefusal } from "../reply.ts";
import { channelMessagePosted, isAboutChannel } from "./channel-changed.ts";
import { answerMention } from "./mention.ts";
import { messageDeleted } from "./message-deleted.ts";
import type { Posted } from "./posted.ts";
import { isFirstEvent, postedSchema, rootOf, senderOf } from "./posted.ts";

/** Subtypes of events about earlier messages. */
const ECHOES: readonly (string | undefined)[] = ["message_changed", "message_deleted", "message_replied"];

/** Takes the files of a posted message, and in a voice's thread the reference text. Answers whoever mentions the bot. */
export async function messagePosted(context: ListenerContext, body: unknown): Promise<void> {
  if (await messageDeleted(context, body)) return;
  const parsed = postedSchema.safeParse(body);
  if (!parsed.success || ECHOES.includes(parsed.data.event.subtype)) return;
  const { event } = parsed.data;
  if (isAboutChannel(event)) return await channelMessagePosted(context, event);
  await takeMessage(context, event, `event ${parsed.data.event_id}`);
}

/** @param delivery  identifies this delivery: the same one is taken once */
export async function takeMessage(context: ListenerContext, posted: Posted, delivery: string): Promise<void> {
  const ids = filesIn(posted).map(({ id }) => id);
  context.expectedFiles.arrived(posted.channel, ids);
  if (posted.user === context.self.userId || !posted.user) return;
  const root = rootOf(posted);
  const text = root ? referenceTextIn(posted) : undefined;
  const files = dropOf(posted, root ? context.linkHosts : []);
  const c = files || text !== undefined ? await requestFor(context, posted, posted.user, root) : undefined;
  if (!c) return await answerMention(context, posted, posted.user);
  const who = await senderOf(context, posted, posted.user);
  if (who.barred === "app") return;
  if (!(await context.ports.store.markSeen(delivery, context.ports.clock.now()))) return;
  const { subtype = "", channel } = posted;
  const theirs = await speakingTo(context, { who, channel });
  if (!isWritten(posted))
    return await answerRefusal(theirs, { who, channel, thread: root }, { type: "message-unknown", subtype });
  // The text first: it may be the caption of the recording that is compared with it.
  if (text !== undefined) await takeReferenceText(theirs, posted, c, text, who);
  if (!files) return;
  const drop = { ...files, by: who, byName: context.people.nameOf(who.id) };
  if (root) await acceptDrop(context.ports, context.transfers, c.id, drop);
  else await hint(theirs, c, drop);
}

function requestFor(
  context: ListenerContext,
  { channel }: Posted,
  user: string,
  root: string | undefined,
): Promise<Customization | undefined> {
  return root ? requestOfThread(context, channel, root) : collectingOf(context, channel, user);
}

/** Sets the reference text of a basic voice; for other kinds such a message means nothing. */
async function takeReferenceText(
  context: ListenerContext,
  posted: Posted,
  known: Customization,
  text: string,
  who: Person,
): Promise<void> {
  if (kindRow(known.kind).speech !== "recording" || !(await isFirstEvent(context, posted))) return;
  const target = { who, channel: posted.channel, thread: posted.thread_ts };
  const c = await setReferenceText(context.ports, { id: known.id, text, who });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  const isCut = text.length > (c.referenceText?.length ?? 0);
  await answer(context, target, referenceTextSetAnswer(c, isCut, context.view()));
}

/** A file can arrive before the answer to the card's post: then the metadata of the thread's root names the request. */
async function requestOfThread(
  context: ListenerContext,
  channel: string,
  root: string,
): Promise<Customization | undefined> {
  const { store, clock } = context.ports;
  const known = await store.byCard(channel, root);
  if (known) return known;
  const thread = `${channel}/${root}`;
  if (context.otherThreads.has(thread)) return undefined;
  const id = await messageAt({ slack: context.slack, clock }, channel, root).then(
    (message) => {
      const card = message && cardIn(message, context.self);
      if (card === undefined) context.otherThreads.set(thread, true);
      return card;
    },
    (error: unknown) => {
      // Most threads belong to no request; if this one does, catching up finds its files later.
      context.ports.log.warn("looking up the request of a thread", { channel, root, because: describeFault(error) });
      return undefined;
    },
  );
  const c = id ? await store.get(id) : undefined;
  return c?.conversation.channel === channel ? c : undefined;
}

/** The requester's newest request in a channel that still collects files. */
async function collectingOf(
  context: ListenerContext,
  channel: string,
  requester: string,
): Promise<Customization | undefined> {
  const [newest] = await context.ports.store.list({ states: ["collecting", "ready"], requester, channel });
  return newest;
}

/** Sends one private hint per request to a requester who posted files in the channel instead of the thread. */
async function hint(context: ListenerContext, c: Customization, drop: Drop): Promise<void> {
  const { store, clock } = context.ports;
  if (!(await store.markSeen(`hint ${c.id}`, clock.now()))) return;
  const { channel } = c.conversation;
  await context.writer.whisper({ channel, user: drop.by.id }, channelHint(c, { channel, ts: drop.ts }, context.view()));
}
