import { isRefusal } from "../../../core/refusal.ts";
import { findRequest } from "../../../flow/show.ts";
import { whyAnswer } from "../../cards/answers.ts";
import type { ListenerContext } from "../context.ts";
import { viewerOf } from "../context.ts";
import type { Click } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";

export async function whyPressed(context: ListenerContext, click: Click, button: Pressed<"why">): Promise<void> {
  const c = await findRequest(context.ports, { ...viewerOf(context, click), id: button.id });
  if (isRefusal(c)) return await answerRefusal(context, click, c);
  await answer(context, click, whyAnswer(c, context.view()));
}
