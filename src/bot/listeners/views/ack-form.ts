import type { Person } from "../../../core/approval.ts";
import { describeFault } from "../../../core/fault.ts";
import type { Refusal } from "../../../core/refusal.ts";
import { isRefusal } from "../../../core/refusal.ts";
import type { ListenerContext, ReplyTarget } from "../context.ts";
import { answerRefusal, logFault } from "../reply.ts";
import { whoActs } from "../who-acts.ts";

/** Answers a form: no argument closes it, errors appear beside their fields. */
export type AckForm = (answer?: { response_action: "errors"; errors: Record<string, string> }) => Promise<void>;

export async function ackErrors(ack: AckForm, errors: Record<string, string>): Promise<void> {
  await ack({ response_action: "errors", errors });
}

/** Closes a form. A failure is only logged: what was stored stays stored. */
export async function ackClose(context: ListenerContext, ack: AckForm): Promise<void> {
  await ack().catch((error: unknown) => {
    context.ports.log.warn("closing a form", { because: describeFault(error) });
  });
}

/** Keeps the form open and shows the fault beside a field. */
export async function ackFault(context: ListenerContext, ack: AckForm, block: string, error: unknown): Promise<void> {
  const text = context.view().words.fault(error, logFault(context, error, {}));
  await ackErrors(ack, { [block]: text.replaceAll("`", "") });
}

/** Shows beside a field why nothing was done. */
export async function ackRefusal(
  context: ListenerContext,
  ack: AckForm,
  block: string,
  refusal: Refusal,
): Promise<void> {
  const { words } = context.view();
  await ackErrors(ack, { [block]: words.refusal(refusal, context.self.name) });
}

/** A form belongs to no channel, so its sender gets answers in the request's thread. */
export async function threadOf(context: ListenerContext, who: Person, id: string): Promise<ReplyTarget> {
  const c = await context.ports.store.get(id);
  return { who, channel: c?.conversation.channel, thread: c?.conversation.card };
}

/** Carries out a closed form, if its sender may act by now; a right may have ended while the form was open. */
export async function asSender(
  context: ListenerContext,
  sender: Person,
  request: string,
  act: (target: ReplyTarget) => Promise<void>,
): Promise<void> {
  const who = await whoActs(context, { who: sender }, request);
  const target = await threadOf(context, sender, request);
  if (isRefusal(who)) return await answerRefusal(context, target, who);
  await act({ ...target, who });
}
