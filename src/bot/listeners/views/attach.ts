import { isRefusal } from "../../../core/refusal.ts";
import { readAttachForm } from "../../cards/attach-form.ts";
import type { AddFiles } from "../add-files.ts";
import { addFiles } from "../add-files.ts";
import type { ListenerContext } from "../context.ts";
import type { Submission } from "../payloads.ts";
import { answerFault, answerRefusal } from "../reply.ts";
import { whoActs } from "../who-acts.ts";
import type { AckForm } from "./ack-form.ts";
import { ackClose } from "./ack-form.ts";

/** Slack waits three seconds for a form. */
const LATEST_MS = 2_000;

/**
 * Adds the files of a message to the chosen request. They are in its record before the form closes, unless Slack takes
 * too long to return the message. The answer appears at the message.
 */
export async function attachSubmitted(context: ListenerContext, submission: Submission, ack: AckForm): Promise<void> {
  const taken = takeOnce(context, submission, readAttachForm(submission.view));
  const late = new AbortController();
  await Promise.race([taken, context.ports.clock.sleep(LATEST_MS, late.signal)]);
  late.abort();
  await ackClose(context, ack);
  await taken;
}

/** Never rejects: every outcome is answered at the message. */
async function takeOnce(context: ListenerContext, { who: sender, view }: Submission, ask: AddFiles): Promise<void> {
  const { store, clock } = context.ports;
  const target = { who: sender, channel: ask.channel, thread: ask.thread, isForm: true };
  try {
    if (!(await store.markSeen(`form ${view.id}`, clock.now()))) return;
    const who = await whoActs(context, { who: sender }, ask.id);
    if (isRefusal(who)) return await answerRefusal(context, target, who);
    await addFiles(context, { ...target, who }, ask);
  } catch (error) {
    await answerFault(context, target, error);
  }
}
