import type { Person } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import { checkInput } from "../../../core/form-rules.ts";
import type { StandingRefusal } from "../../../core/refusal.ts";
import { isRefusal } from "../../../core/refusal.ts";
import type { OpenRequest } from "../../../flow/open-request.ts";
import { announceRequest, openRequest } from "../../../flow/open-request.ts";
import type { SubmittedRequest } from "../../cards/forms.ts";
import { formErrors, readFormConversation, readRequestForm } from "../../cards/forms.ts";
import { isInChannel, postingFacts } from "../../slack/channels.ts";
import { inChannel } from "../../slack/people.ts";
import { addFiles } from "../add-files.ts";
import { checkPeople } from "../check-people.ts";
import type { ListenerContext } from "../context.ts";
import { channelReader } from "../context.ts";
import type { Submission } from "../payloads.ts";
import { portsForForm } from "../ports-for-form.ts";
import { answerRefusal } from "../reply.ts";
import { whoActs } from "../who-acts.ts";
import type { AckForm } from "./ack-form.ts";
import { ackClose, ackErrors, ackFault, ackRefusal } from "./ack-form.ts";

/** Opens a request: stores it before the form is acknowledged, announces it afterwards. */
export async function requestSubmitted(context: ListenerContext, submission: Submission, ack: AckForm): Promise<void> {
  const opened = await open(context, submission, ack);
  if (!opened) return;
  await ackClose(context, ack);
  const target = { who: submission.who, channel: opened.conversation.channel };
  const announced = await announceRequest(context.ports, opened.id);
  if (isRefusal(announced)) return await answerRefusal(context, target, announced);
  const { files } = readFormConversation(submission.view);
  if (files) await addFiles(context, target, { id: opened.id, ...files });
}

/** @returns undefined when the form stays open, with errors beside its fields */
async function open(
  context: ListenerContext,
  submission: Submission,
  ack: AckForm,
): Promise<Customization | undefined> {
  try {
    const input = readRequestForm(submission.view);
    const who = await senderOf(context, submission, input);
    if (isRefusal(who)) {
      await ackRefusal(context, ack, "kind", who);
      return undefined;
    }
    const checked = await checkForm(context, { ...submission, who }, input);
    const result =
      "fields" in checked ? checked : await openRequest(await portsForForm(context, input.approvers), checked);
    if ("opened" in result) return result.opened;
    const asksChannel = input.conversation.visibility === undefined;
    await ackErrors(ack, formErrors(result.fields, context.view().words, { asksChannel, bot: context.self.name }));
  } catch (error) {
    await ackFault(context, ack, "kind", error);
  }
  return undefined;
}

/** A guest asks for something only in a channel of theirs. */
async function senderOf(
  context: ListenerContext,
  { who: sender }: Submission,
  { conversation }: SubmittedRequest,
): Promise<Person | StandingRefusal> {
  const who = await whoActs(context, { who: sender });
  if (isRefusal(who) || !who.guestIn || !conversation.channel) return who;
  const isMember = await isInChannel(channelReader(context), conversation.channel, who.id);
  if (isMember === undefined) return { type: "person-unknown" };
  return isMember ? inChannel(who, conversation.channel) : { type: "guest-outside" };
}

type CheckedForm = OpenRequest | { readonly fields: Parameters<typeof formErrors>[0] };

async function checkForm(
  context: ListenerContext,
  { who, view }: Submission,
  input: SubmittedRequest,
): Promise<CheckedForm> {
  const { teamId: team } = context.self;
  const { channel, visibility } = input.conversation;
  const { settings } = await portsForForm(context, input.approvers);
  const wrong = checkInput(input, who.id, settings.policy);
  if (!channel) return { fields: { ...wrong, channel: { type: "channel-missing" } } };
  const approvers = await checkPeople(context, input.approvers, channel);
  if (approvers) return { fields: { ...wrong, approvers } };
  const ask = { ...input, formId: view.id, requester: who };
  if (visibility) return { ...ask, conversation: { team, channel, visibility } };
  const facts = await postingFacts(channelReader(context), channel);
  if (facts.closed) return { fields: { ...wrong, channel: facts.closed } };
  return { ...ask, conversation: { team, channel, visibility: facts.visibility } };
}
