import { isRefusal } from "../../../core/refusal.ts";
import { findRequest } from "../../../flow/show.ts";
import { onlyButtonAnswer } from "../../cards/command-answers.ts";
import { cardLink } from "../../slack/permalink.ts";
import type { ListenerContext } from "../context.ts";
import { membershipOf } from "../membership.ts";
import type { Typed } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import type { ButtonCommand } from "./parse-command.ts";

/** Says where the button is that does what was typed. */
export async function buttonTyped(
  desk: ListenerContext,
  at: Typed,
  { button, id }: { readonly button: ButtonCommand; readonly id?: string },
): Promise<void> {
  const { words } = desk.view();
  if (id === undefined) return await answer(desk, at, onlyButtonAnswer(button, undefined, undefined, words));
  const c = await findRequest(desk.ports, { id, who: at.who, isMember: membershipOf(desk, at) });
  if (isRefusal(c)) return await answerRefusal(desk, at, c);
  await answer(desk, at, onlyButtonAnswer(button, c, cardLink(c, desk.self), words));
}
