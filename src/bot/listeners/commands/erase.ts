import { mayErase } from "../../../core/approval.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { cannotErase, eraseRequest } from "../../../flow/erase-request.ts";
import { findRequest } from "../../../flow/show.ts";
import { statusAnswer } from "../../cards/answers.ts";
import { eraseAnswer } from "../../cards/command-answers.ts";
import { cardLink } from "../../slack/clients.ts";
import type { Pressed } from "../actions/press.ts";
import { answerInPlace } from "../actions/press.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { viewerOf } from "../context.ts";
import type { Click } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";

/** Offers the button that erases an ended request, to an operator. */
export async function eraseTyped(context: ListenerContext, target: CommandTarget, id: string): Promise<void> {
  const c = await findRequest(context.ports, { ...viewerOf(context, target), id });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  const refused = mayErase(c, target.who, context.view().policy) ?? cannotErase(c);
  if (refused) return await answerRefusal(context, target, refused);
  await answer(context, target, eraseAnswer(c, context.view()));
}

export async function erasePressed(context: ListenerContext, click: Click, { id }: Pressed<"erase">): Promise<void> {
  const c = await eraseRequest(context.ports, { id, who: click.who });
  if (isRefusal(c)) return await answerRefusal(context, click, c);
  await answerInPlace(context, click, statusAnswer(c, context.view(), cardLink(c, context.self)));
}
