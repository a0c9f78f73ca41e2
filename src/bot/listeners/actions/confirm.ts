import { isRefusal } from "../../../core/refusal.ts";
import { decide } from "../../../flow/decide.ts";
import { statusAnswer } from "../../cards/answers.ts";
import { cardLink } from "../../slack/clients.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";
import { answerInPlace } from "./press.ts";

export async function confirmPressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"confirm">,
): Promise<void> {
  const { id, round } = button;
  const c = await decide(context.ports, { id, round, operate: "AGREE", who: click.who });
  if (isRefusal(c)) return await answerRefusal(context, click, c);
  // The button may also be in the answer to a typed command, which does not update like a card.
  if (click.respondFirst)
    await answerInPlace(context, click, statusAnswer(c, context.view(), cardLink(c, context.self)));
}
