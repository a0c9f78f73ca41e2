import { isRefusal } from "../../../core/refusal.ts";
import { cancel } from "../../../flow/cancel.ts";
import { findRequest } from "../../../flow/show.ts";
import { answer, answerRefusal } from "../../answer.ts";
import { statusAnswer } from "../../cards/answers.ts";
import type { Desk } from "../../desk.ts";
import { membershipOf } from "../../membership.ts";
import { cardLink } from "../../permalink.ts";
import type { Typed } from "../spot.ts";

export async function cancelTyped(desk: Desk, at: Typed, id: string): Promise<void> {
  const seen = await findRequest(desk.ports, { id, who: at.who, isMember: membershipOf(desk, at) });
  const c = isRefusal(seen) ? seen : await cancel(desk.ports, desk.transfers, { id, who: at.who });
  if (isRefusal(c)) return await answerRefusal(desk, at, c);
  await answer(desk, at, statusAnswer(c, desk.view(), cardLink(c, desk.self)));
}
