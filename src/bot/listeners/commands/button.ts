import { mayLaunch, mayRemind } from "../../../core/approval.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { decisionOf } from "../../../core/waits-for.ts";
import { findRequest } from "../../../flow/show.ts";
import { onlyButtonAnswer } from "../../cards/command-answers.ts";
import { cardLink } from "../../slack/clients.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { viewerOf } from "../context.ts";
import { answer, answerRefusal } from "../reply.ts";
import type { ButtonCommand } from "./parse-command.ts";

/** Answers with the button that does what was typed, or says where it is. */
export async function buttonTyped(
  context: ListenerContext,
  target: CommandTarget,
  { button, id }: { readonly button: ButtonCommand; readonly id?: string },
): Promise<void> {
  const view = context.view();
  if (id === undefined) return await answer(context, target, onlyButtonAnswer(button, undefined, view));
  const c = await findRequest(context.ports, { ...viewerOf(context, target), id });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  const launch = !mayLaunch(c, target.who, view.policy);
  const remind = !mayRemind(c, target.who, view.policy);
  const possible = { launch, remind, decision: decisionOf(c, target.who, view.policy) };
  await answer(context, target, onlyButtonAnswer(button, { c, link: cardLink(c, context.self), possible }, view));
}
