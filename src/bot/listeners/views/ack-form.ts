import type { Person } from "../../../core/approval.ts";
import { describeFault } from "../../../core/fault.ts";
import type { ListenerContext, ReplyTarget } from "../context.ts";
import { logFault } from "../reply.ts";

/** Answers a form: nothing closes it, errors stand beside their fields. */
export type AckForm = (answer?: { response_action: "errors"; errors: Record<string, string> }) => Promise<void>;

export async function ackErrors(ack: AckForm, errors: Record<string, string>): Promise<void> {
  await ack({ response_action: "errors", errors });
}

/** What was written down stays so when the connection ends before the form is closed. */
export async function ackClose(context: ListenerContext, ack: AckForm): Promise<void> {
  await ack().catch((error: unknown) => {
    context.ports.log.warn("closing a form", { because: describeFault(error) });
  });
}

/** Keeps the form and what was typed, and says what broke beside a field. */
export async function ackFault(context: ListenerContext, ack: AckForm, block: string, error: unknown): Promise<void> {
  const said = context.view().words.fault(error, logFault(context, error, {}));
  await ackErrors(ack, { [block]: said.replaceAll("`", "") });
}

/** A form has no place of its own: whoever sent it is answered in its request's thread. */
export async function threadOf(context: ListenerContext, who: Person, id: string): Promise<ReplyTarget> {
  const c = await context.ports.store.get(id);
  return { who, channel: c?.conversation.channel, thread: c?.conversation.card };
}
