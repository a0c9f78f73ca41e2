import type { Customization } from "../../../core/customization.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { collects } from "../../../core/state.ts";
import type { Listed } from "../../../flow/show.ts";
import { listRequests } from "../../../flow/show.ts";
import { addFormExpiredAnswer } from "../../cards/added-answer.ts";
import { attachForm } from "../../cards/attach-form.ts";
import { postingFacts } from "../../slack/channels.ts";
import { personsDrop } from "../add-files.ts";
import type { ListenerContext } from "../context.ts";
import { channelReader } from "../context.ts";
import { openViewOrAnswer } from "../open-view.ts";
import type { MessageShortcut } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";

/** *Add to a request* on a message with files: asks which request gets them. */
export async function attachUsed(context: ListenerContext, use: MessageShortcut): Promise<void> {
  const { channel, thread, message } = use;
  // In parallel: the form must open within three seconds.
  const [drop, { closed }, requests] = await Promise.all([
    personsDrop(context, message),
    postingFacts(channelReader(context), channel, use.channelName),
    collecting(context, use),
  ]);
  if (isRefusal(drop)) return await answerRefusal(context, use, drop);
  // An archived channel can still be read.
  if (closed && closed.type !== "channel-archived")
    return await answerRefusal(context, use, { type: "conversation-hidden" });
  if (requests.seen.length === 0) {
    const { mayMiss } = requests;
    return await answerRefusal(context, use, { type: "no-open-request", ...(mayMiss && { mayMiss }) });
  }
  const { words, environment } = context.view();
  const { gatewayHost } = context;
  const files = drop.files.map(({ name }) => name);
  const source = { channel, ts: message.ts, ...(thread !== undefined && { thread }) };
  const form = attachForm({ message: source, files, requests: requests.seen, environment, gatewayHost, words });
  await openViewOrAnswer(context, use, form, addFormExpiredAnswer(words));
}

/** Requests of this person's channels that still collect files, newest first. */
async function collecting(context: ListenerContext, { who, channel }: MessageShortcut): Promise<Listed> {
  const isMember = (other: string): Promise<boolean | undefined> => context.isKnownMember(other, who.id);
  const open = await listRequests(context.ports, { who, here: channel, scope: { type: "open" }, isMember });
  const theirs: Customization[] = [];
  for (const c of open.seen) {
    const isOwnDirect = c.conversation.visibility === "direct" && c.requester === who.id;
    const isHere = c.conversation.channel === channel || isOwnDirect;
    if (collects(c.state) && (isHere || (await isMember(c.conversation.channel)))) theirs.push(c);
  }
  return { ...open, seen: theirs };
}
