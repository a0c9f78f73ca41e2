import { checkReason } from "../../../core/form-rules.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { decide } from "../../../flow/decide.ts";
import { readRejectForm, smallFormError } from "../../cards/small-forms.ts";
import type { ListenerContext } from "../context.ts";
import type { Submission } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import type { AckForm } from "./ack-form.ts";
import { ackClose, ackErrors, asSender } from "./ack-form.ts";

/** Rejects a demo with the reason in the form, which closes at once; the thread shows the outcome. */
export async function rejectSubmitted(
  context: ListenerContext,
  { who, view }: Submission,
  ack: AckForm,
): Promise<void> {
  const { id, round, reason } = readRejectForm(view);
  const wrong = checkReason(reason);
  if (wrong) return await ackErrors(ack, smallFormError("reject", wrong, context.view().words));
  await ackClose(context, ack);
  await asSender(context, who, id, async (target) => {
    const result = await decide(context.ports, { id, round, operate: "REJECT", reason, who: target.who });
    if (isRefusal(result)) await answerRefusal(context, target, result);
  });
}
