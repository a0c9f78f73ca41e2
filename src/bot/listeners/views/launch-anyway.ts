import { isRefusal } from "../../../core/refusal.ts";
import { launch } from "../../../flow/launch.ts";
import { readLaunchForm } from "../../cards/small-forms.ts";
import type { ListenerContext } from "../context.ts";
import type { Submission } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import type { AckForm } from "./ack-form.ts";
import { ackClose, asSender } from "./ack-form.ts";

/** Launches after the second dialog, which closes at once; the card shows the outcome. */
export async function launchAnywaySubmitted(
  context: ListenerContext,
  { who, view }: Submission,
  ack: AckForm,
): Promise<void> {
  const { id, revision } = readLaunchForm(view);
  await ackClose(context, ack);
  await asSender(context, who, id, async (target) => {
    const result = await launch(context.ports, { id, revision, who: target.who });
    if (isRefusal(result)) await answerRefusal(context, target, result);
  });
}
