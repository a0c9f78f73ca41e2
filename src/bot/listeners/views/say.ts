import { isRefusal } from "../../../core/refusal.ts";
import { LONGEST_LINE } from "../../../core/spoken-line.ts";
import { saySomething } from "../../../flow/say.ts";
import { readSayForm, smallFormError } from "../../cards/small-forms.ts";
import type { ListenerContext } from "../context.ts";
import type { Submission } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import type { AckForm } from "./ack-form.ts";
import { ackClose, ackErrors, asSender } from "./ack-form.ts";

/** Lets a finished voice or avatar say what is in the form, which closes at once; the thread shows what comes of it. */
export async function saySubmitted(context: ListenerContext, { who, view }: Submission, ack: AckForm): Promise<void> {
  const { id, text } = readSayForm(view);
  const { length } = text.trim();
  const wrong =
    length === 0
      ? ({ type: "line-missing" } as const)
      : length > LONGEST_LINE
        ? ({ type: "line-too-long", length, limit: LONGEST_LINE } as const)
        : undefined;
  if (wrong) return await ackErrors(ack, smallFormError("say", wrong, context.view().words));
  await ackClose(context, ack);
  await asSender(context, who, id, async (target) => {
    const result = await saySomething(context.ports, { id, text, who: target.who });
    if (isRefusal(result)) await answerRefusal(context, target, result);
  });
}
