import { answerFault } from "../../answer.ts";
import { readAttachForm } from "../../cards/attach-form.ts";
import type { Desk } from "../../desk.ts";
import { takeIn } from "../../take-in.ts";
import type { Submission } from "../spot.ts";
import type { AckForm } from "./ack-form.ts";
import { ackClose } from "./ack-form.ts";

/** It was chosen which request gets the files of a message: the form closes at once, the answer stands at the message. */
export async function attachSubmitted(desk: Desk, { who, view }: Submission, ack: AckForm): Promise<void> {
  const ask = readAttachForm(view);
  await ackClose(desk, ack);
  const { store, clock } = desk.ports;
  if (!(await store.firstSight(`form ${view.id}`, clock.now()))) return;
  const at = { who, channel: ask.channel, thread: ask.thread };
  try {
    await takeIn(desk, at, ask);
  } catch (error) {
    await answerFault(desk, at, error);
  }
}
