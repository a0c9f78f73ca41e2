import type { Customization } from "../../core/customization.ts";
import type { Refusal } from "../../core/refusal.ts";
import { isRefusal } from "../../core/refusal.ts";
import { collects } from "../../core/state.ts";
import type { Drop } from "../../core/thread-ports.ts";
import { acceptDrop } from "../../flow/accept-upload.ts";
import { findRequest } from "../../flow/show.ts";
import { addedAnswer } from "../cards/added-answer.ts";
import { isSlackReason } from "../slack/call.ts";
import { isInChannel } from "../slack/channels.ts";
import { cardLink } from "../slack/clients.ts";
import type { SlackMessage } from "../slack/messages.ts";
import { dropOf, filesIn, messageAt } from "../slack/messages.ts";
import type { ListenerContext, ReplyTarget } from "./context.ts";
import { channelReader, viewerOf } from "./context.ts";
import { answer, answerRefusal } from "./reply.ts";

/** A message with files, and the request that gets them. `thread` is set when the message is a reply. */
export interface AddFiles {
  readonly id: string;
  readonly channel: string;
  readonly ts: string;
  readonly thread?: string | undefined;
}

/**
 * Adds files that were posted elsewhere to a request, as if the person had dropped them in its thread. Reads their
 * message again, and answers privately where the person acted.
 * @returns whether they were added
 */
export async function addFiles(context: ListenerContext, target: ReplyTarget, ask: AddFiles): Promise<boolean> {
  const drop = await filesFor(context, target, ask);
  if (isRefusal(drop)) {
    await answerRefusal(context, target, drop);
    return false;
  }
  const isNew = await acceptDrop(context.ports, context.transfers, ask.id, drop);
  const c = await context.ports.store.get(ask.id);
  if (c)
    await answer(context, target, addedAnswer(c, drop.ts, { isNew, link: cardLink(c, context.self) }, context.view()));
  return true;
}

async function filesFor(context: ListenerContext, target: ReplyTarget, ask: AddFiles): Promise<Drop | Refusal> {
  const { who } = target;
  const c = await findRequest(context.ports, { ...viewerOf(context, target), id: ask.id });
  if (isRefusal(c)) return c;
  const outside = await whyOutside(context, target, c);
  if (outside) return outside;
  if (!collects(c.state)) return { type: "not-collecting", state: c.state, id: c.id };
  const message = await read(context, ask);
  if (isRefusal(message)) return message;
  const drop = await personsDrop(context, message);
  if (isRefusal(drop)) return drop;
  const byName = context.people.nameOf(who.id);
  const isOwnDrop = isOwnThread(c, ask) && drop.by.id === who.id;
  return isOwnDrop ? { ...drop, by: who, byName } : { ...drop, by: who, byName, from: fromOf(drop, ask) };
}

/** Files are added by people who are in the request's channel now; a direct message is its requester's alone. */
async function whyOutside(
  context: ListenerContext,
  { who, channel, isForm }: ReplyTarget,
  { id, requester, conversation }: Customization,
): Promise<Refusal | undefined> {
  const isHere = channel === conversation.channel && !isForm;
  const isOwnDirect = conversation.visibility === "direct" && requester === who.id;
  if (isHere || isOwnDirect) return undefined;
  const isMember = await isInChannel(channelReader(context), conversation.channel, who.id);
  if (isMember === undefined) return { type: "person-unknown" };
  return isMember ? undefined : { type: "not-in-its-channel", id };
}

/** The files of a message, unless an app posted them. */
export async function personsDrop(context: ListenerContext, message: SlackMessage): Promise<Drop | Refusal> {
  const drop = dropOf(message);
  const author = drop && (await context.people.lookUpSoon(drop.by.id, drop.by.team));
  if (author?.barred === "unknown") return { type: "person-unknown" };
  return drop && author?.barred !== "app" ? drop : noFiles(message);
}

async function read(context: ListenerContext, { channel, ts, thread }: AddFiles): Promise<SlackMessage | Refusal> {
  const reader = { slack: context.slack, clock: context.ports.clock };
  try {
    return (await messageAt(reader, channel, ts, thread)) ?? { type: "file-gone" };
  } catch (error) {
    if (isSlackReason(error, "thread-gone")) return { type: "file-gone" };
    if (isSlackReason(error, "not-in-channel", "channel-unknown")) return { type: "conversation-hidden" };
    throw error;
  }
}

/** Why a message has no files to add. */
function noFiles(message: SlackMessage): Refusal {
  return { type: "no-files", byApp: filesIn(message).length > 0 };
}

function isOwnThread({ conversation }: Customization, { channel, thread }: AddFiles): boolean {
  return channel === conversation.channel && thread !== undefined && thread === conversation.card;
}

function fromOf(drop: Drop, { channel, thread }: AddFiles): NonNullable<Drop["from"]> {
  return { channel, author: drop.by.id, ...(thread !== undefined && { thread }) };
}
