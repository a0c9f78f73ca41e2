import type { types } from "@slack/bolt";
import type { RequestInput } from "../../core/form-rules.ts";
import type { Kind } from "../../core/kinds.ts";
import type { ChannelRefusal } from "../../core/refusal.ts";
import { isRefusal } from "../../core/refusal.ts";
import { formExpiredAnswer } from "../cards/answers.ts";
import type { FormConversation, RequestFormOptions } from "../cards/forms.ts";
import { requestForm } from "../cards/forms.ts";
import { postingFacts } from "../slack/channels.ts";
import type { ListenerContext, ReplyTarget } from "./context.ts";
import { channelReader } from "./context.ts";
import { openViewOrAnswer } from "./open-view.ts";
import { answerRefusal } from "./reply.ts";

export interface FormAsk extends ReplyTarget {
  readonly trigger: string;
  readonly channelName?: string | undefined;
}

/** What a form starts with. */
export interface FormStart {
  readonly kind?: Kind;
  /** Answers of another request. */
  readonly like?: Partial<RequestInput>;
  /** The request also takes the files of this message. */
  readonly files?: { readonly channel: string; readonly ts: string };
}

/** Opens the form of a new request, or says what to do in a channel where the bot cannot post. */
export async function openRequestForm(context: ListenerContext, ask: FormAsk, start: FormStart = {}): Promise<void> {
  const conversation = await conversationOf(context, ask);
  if (isRefusal(conversation)) return await answerRefusal(context, ask, conversation);
  const approvers = await lastApprovers(context, ask);
  await context.groups.listSoon();
  const { kind, files, like } = start;
  const values = { approvers, ...(kind && { kind }), ...like };
  const form = formFor(context, ask.who.id, { conversation: { ...conversation, ...(files && { files }) }, values });
  await openViewOrAnswer(context, ask, form, formExpiredAnswer(context.view().words));
}

/** The form as this installation shows it to somebody; a voice is taken to speak their language. */
export function formFor(
  context: ListenerContext,
  who: string,
  { conversation, values }: Pick<RequestFormOptions, "conversation" | "values">,
): types.ModalView {
  const { words, environment, policy } = context.view();
  const { gatewayHost } = context;
  const language = spokenIn(context.people.localeOf(who));
  return requestForm({
    words,
    environment,
    gatewayHost,
    approversAllowed: policy.approvers,
    groups: context.groups.listed(),
    conversation,
    values: { ...(language && { language }), ...values },
  });
}

/** @param locale  e.g. `en-GB`, `zh-CN` */
function spokenIn(locale: string | undefined): RequestInput["language"] {
  if (locale?.startsWith("zh")) return "chi";
  return locale?.startsWith("en") ? "eng" : undefined;
}

/** Those whom this person chose last in this channel. */
async function lastApprovers(context: ListenerContext, { who, channel }: FormAsk): Promise<readonly string[]> {
  if (channel === undefined) return [];
  const [last] = await context.ports.store.list({ requester: who.id, channel });
  return last?.approvers ?? [];
}

async function conversationOf(context: ListenerContext, ask: FormAsk): Promise<FormConversation | ChannelRefusal> {
  const { teamId: team } = context.self;
  const { channel } = ask;
  if (channel === undefined) return { team };
  const { closed, visibility } = await postingFacts(channelReader(context), channel, ask.channelName);
  return closed ?? { team, channel, visibility };
}
