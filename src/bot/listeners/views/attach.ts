import { readAttachForm } from "../../cards/attach-form.ts";
import type { AddFiles } from "../add-files.ts";
import { addFiles } from "../add-files.ts";
import type { ListenerContext } from "../context.ts";
import type { Submission } from "../payloads.ts";
import { answerFault } from "../reply.ts";
import type { AckForm } from "./ack-form.ts";
import { ackClose } from "./ack-form.ts";

/** Slack waits 3 s for a form. */
const LATEST_MS = 2_000;

/**
 * It was chosen which request gets the files of a message: they stand in its record before the form closes, unless Slack
 * takes too long to hand the message out. The answer stands at the message.
 */
export async function attachSubmitted(context: ListenerContext, submission: Submission, ack: AckForm): Promise<void> {
  const taken = takeOnce(context, submission, readAttachForm(submission.view));
  const late = new AbortController();
  await Promise.race([taken, context.ports.clock.sleep(LATEST_MS, late.signal)]);
  late.abort();
  await ackClose(context, ack);
  await taken;
}

/** Whatever comes of it is answered at the message: it never rejects. */
async function takeOnce(context: ListenerContext, { who, view }: Submission, ask: AddFiles): Promise<void> {
  const { store, clock } = context.ports;
  const target = { who, channel: ask.channel, thread: ask.thread };
  try {
    if (await store.markSeen(`form ${view.id}`, clock.now())) await addFiles(context, target, ask);
  } catch (error) {
    await answerFault(context, target, error);
  }
}
