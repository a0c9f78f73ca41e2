import { isRefusal } from "../../../core/refusal.ts";
import { findRequest } from "../../../flow/show.ts";
import { whyAnswer } from "../../cards/answers.ts";
import type { ListenerContext } from "../context.ts";
import { membershipOf } from "../membership.ts";
import type { Click } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";

export async function whyPressed(desk: ListenerContext, click: Click, button: Pressed<"why">): Promise<void> {
  const c = await findRequest(desk.ports, { id: button.id, who: click.who, isMember: membershipOf(desk, click) });
  if (isRefusal(c)) return await answerRefusal(desk, click, c);
  await answer(desk, click, whyAnswer(c, desk.view()));
}
