import { isRefusal } from "../../../core/refusal.ts";
import { findRequest } from "../../../flow/show.ts";
import { answer, answerRefusal } from "../../answer.ts";
import { whyAnswer } from "../../cards/answers.ts";
import type { Desk } from "../../desk.ts";
import { membershipOf } from "../../membership.ts";
import type { Click } from "../spot.ts";
import type { Pressed } from "./press.ts";

export async function whyPressed(desk: Desk, click: Click, button: Pressed<"why">): Promise<void> {
  const c = await findRequest(desk.ports, { id: button.id, who: click.who, isMember: membershipOf(desk, click) });
  if (isRefusal(c)) return await answerRefusal(desk, click, c);
  await answer(desk, click, whyAnswer(c, desk.view()));
}
