import type { Customization } from "../../../core/customization.ts";
import { collects } from "../../../core/state.ts";
import { listRequests } from "../../../flow/show.ts";
import { addFormExpiredAnswer } from "../../cards/added-answer.ts";
import { attachForm } from "../../cards/attach-form.ts";
import { channelFacts } from "../../slack/channels.ts";
import { dropOf } from "../../slack/messages.ts";
import { noFiles } from "../add-files.ts";
import type { ListenerContext } from "../context.ts";
import { openViewOrAnswer } from "../open-view.ts";
import type { AtMessage } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";

/** *Add to a request*, at a message with files: asks which request gets them. */
export async function attachUsed(desk: ListenerContext, use: AtMessage): Promise<void> {
  const { who, channel, thread, message } = use;
  if (who.team !== desk.self.teamId) return await answerRefusal(desk, use, { type: "other-workspace" });
  const drop = dropOf(message, who.team);
  if (!drop) return await answerRefusal(desk, use, noFiles(message));
  const { log, clock } = desk.ports;
  // Both at the same time: the form must be there within three seconds.
  const [{ mayPost }, requests] = await Promise.all([
    channelFacts({ slack: desk.slack, log, clock }, channel, use.channelName),
    collecting(desk, use),
  ]);
  if (!mayPost) return await answerRefusal(desk, use, { type: "conversation-hidden" });
  if (requests.length === 0) return await answerRefusal(desk, use, { type: "no-open-request" });
  const { words, environment } = desk.view();
  const { gatewayHost } = desk;
  const files = drop.files.map(({ name }) => name);
  const at = { channel, ts: message.ts, ...(thread !== undefined && { thread }) };
  const form = attachForm({ message: at, files, requests, environment, gatewayHost, words });
  await openViewOrAnswer(desk, use, form, addFormExpiredAnswer(words));
}

/** Requests that this person can see and that still take files, newest first. */
async function collecting(desk: ListenerContext, { who, channel }: AtMessage): Promise<Customization[]> {
  const isMember = async (other: string): Promise<boolean> =>
    other === channel || (await desk.isKnownMember(other, who.id));
  const open = await listRequests(desk.ports, { who, scope: { type: "open" }, isMember });
  return open.filter((c) => collects(c.state));
}
