import type { Customization } from "../../../core/customization.ts";
import { checkWish } from "../../../core/form-rules.ts";
import { isRefusal } from "../../../core/refusal.ts";
import type { OpenRequest } from "../../../flow/open-request.ts";
import { announceRequest, openRequest } from "../../../flow/open-request.ts";
import type { SubmittedRequest } from "../../cards/forms.ts";
import { formErrors, readRequestForm } from "../../cards/forms.ts";
import { channelFacts } from "../../slack/channels.ts";
import { whoCannotApprove } from "../../slack/people.ts";
import type { ListenerContext } from "../context.ts";
import type { Submission } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import type { AckForm } from "./ack-form.ts";
import { ackClose, ackErrors, ackFault } from "./ack-form.ts";

/** The form of a new request: written down before it is acknowledged, announced after. */
export async function requestSubmitted(desk: ListenerContext, submission: Submission, ack: AckForm): Promise<void> {
  const opened = await open(desk, submission, ack);
  if (!opened) return;
  await ackClose(desk, ack);
  const announced = await announceRequest(desk.ports, opened.id);
  if (!isRefusal(announced)) return;
  await answerRefusal(desk, { who: submission.who, channel: opened.conversation.channel }, announced);
}

/** @returns undefined when the form stays open, with errors beside its fields */
async function open(desk: ListenerContext, submission: Submission, ack: AckForm): Promise<Customization | undefined> {
  try {
    const wish = readRequestForm(submission.view);
    const asked = await placed(desk, submission, wish);
    const result = "fields" in asked ? asked : await openRequest(desk.ports, asked);
    if ("opened" in result) return result.opened;
    const asksChannel = wish.conversation.visibility === undefined;
    await ackErrors(ack, formErrors(result.fields, desk.view().words, { asksChannel, bot: desk.self.name }));
  } catch (error) {
    await ackFault(desk, ack, "kind", error);
  }
  return undefined;
}

type Placed = OpenRequest | { readonly fields: Parameters<typeof formErrors>[0] };

async function placed(desk: ListenerContext, { who, view }: Submission, wish: SubmittedRequest): Promise<Placed> {
  const { teamId: team } = desk.self;
  const { channel, visibility } = wish.conversation;
  const { log, clock, settings } = desk.ports;
  const wrong = checkWish(wish, who.id, settings.policy);
  if (!channel) return { fields: { ...wrong, channel: { type: "channel-missing" } } };
  const names = await whoCannotApprove({ slack: desk.slack, clock }, wish.approvers, team);
  if (names.length > 0) return { fields: { ...wrong, approvers: { type: "approver-cannot-act", names } } };
  const ask = { ...wish, formId: view.id, requester: who };
  if (visibility) return { ...ask, conversation: { team, channel, visibility } };
  const facts = await channelFacts({ slack: desk.slack, log, clock }, channel);
  if (!facts.mayPost) return { fields: { ...wrong, channel: { type: "not-in-channel" } } };
  return { ...ask, conversation: { team, channel, visibility: facts.visibility } };
}
