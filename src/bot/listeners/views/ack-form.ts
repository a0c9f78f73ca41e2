import type { Person } from "../../../core/approval.ts";
import { describeFault } from "../../../core/fault.ts";
import type { ListenerContext, ReplyTarget } from "../context.ts";
import { logFault } from "../reply.ts";

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

/** A form belongs to no channel, so its sender gets answers in the request's thread. */
export async function threadOf(context: ListenerContext, who: Person, id: string): Promise<ReplyTarget> {
  const c = await context.ports.store.get(id);
  return { who, channel: c?.conversation.channel, thread: c?.conversation.card };
}
