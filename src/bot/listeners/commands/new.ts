import { newRequestAnswer } from "../../cards/command-answers.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { openRequestForm } from "../open-request-form.ts";
import { answer } from "../reply.ts";

/** Opens the form, or offers its button where Slack does not let a form open. */
export async function newTyped(context: ListenerContext, target: CommandTarget): Promise<void> {
  const { trigger } = target;
  if (trigger === undefined) return await answer(context, target, newRequestAnswer(context.view().words));
  await openRequestForm(context, { ...target, trigger });
}
