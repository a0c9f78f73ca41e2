import { isRefusal } from "../../../core/refusal.ts";
import { findRequest } from "../../../flow/show.ts";
import { onlyButtonAnswer } from "../../cards/command-answers.ts";
import { cardLink } from "../../slack/clients.ts";
import type { ListenerContext } from "../context.ts";
import { membershipOf } from "../context.ts";
import type { SlashCommand } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import type { ButtonCommand } from "./parse-command.ts";

/** Points to the button that does what was typed. */
export async function buttonTyped(
  context: ListenerContext,
  target: SlashCommand,
  { button, id }: { readonly button: ButtonCommand; readonly id?: string },
): Promise<void> {
  const { words } = context.view();
  if (id === undefined) return await answer(context, target, onlyButtonAnswer(button, undefined, undefined, words));
  const c = await findRequest(context.ports, { id, who: target.who, isMember: membershipOf(context, target) });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  await answer(context, target, onlyButtonAnswer(button, c, cardLink(c, context.self), words));
}
