import { isRefusal } from "../../../core/refusal.ts";
import { findRequest, openDemo } from "../../../flow/show.ts";
import { demoAnswer } from "../../cards/answers.ts";
import type { ListenerContext } from "../context.ts";
import { viewerOf } from "../context.ts";
import type { Click } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";

/** Shows the demo privately, with links fetched just now. */
export async function openDemoPressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"open-demo">,
): Promise<void> {
  const ask = { ...viewerOf(context, click), id: button.id };
  const opened = await openDemo(context.ports, { ...ask, round: button.round });
  if (isRefusal(opened)) return await answerRefusal(context, click, opened);
  const c = await findRequest(context.ports, ask);
  if (isRefusal(c)) return await answerRefusal(context, click, c);
  await answer(context, click, demoAnswer(opened, c, context.view()));
}
