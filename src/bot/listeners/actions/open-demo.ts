import { isRefusal } from "../../../core/refusal.ts";
import { findRequest, openDemo } from "../../../flow/show.ts";
import { demoAnswer } from "../../cards/answers.ts";
import type { ListenerContext } from "../context.ts";
import { membershipOf } from "../membership.ts";
import type { Click } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";

/** The demo with links fetched at this moment, for whoever asked alone. */
export async function openDemoPressed(
  desk: ListenerContext,
  click: Click,
  button: Pressed<"open-demo">,
): Promise<void> {
  const ask = { id: button.id, who: click.who, isMember: membershipOf(desk, click) };
  const opened = await openDemo(desk.ports, { ...ask, round: button.round });
  if (isRefusal(opened)) return await answerRefusal(desk, click, opened);
  const c = await findRequest(desk.ports, ask);
  if (isRefusal(c)) return await answerRefusal(desk, click, c);
  await answer(desk, click, demoAnswer(opened, c, desk.view()));
}
