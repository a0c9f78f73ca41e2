import { isRefusal } from "../../../core/refusal.ts";
import { replaceApprover } from "../../../flow/replace-approver.ts";
import { findRequest } from "../../../flow/show.ts";
import { answer, answerRefusal } from "../../answer.ts";
import { historyAnswer } from "../../cards/answers.ts";
import type { Desk } from "../../desk.ts";
import { membershipOf } from "../../membership.ts";
import type { Typed } from "../spot.ts";

export async function replaceApproverTyped(
  desk: Desk,
  at: Typed,
  ask: { readonly id: string; readonly gone: string; readonly now: string },
): Promise<void> {
  const { id, gone, now } = ask;
  const seen = await findRequest(desk.ports, { id, who: at.who, isMember: membershipOf(desk, at) });
  const c = isRefusal(seen) ? seen : await replaceApprover(desk.ports, { id, gone, now, who: at.who });
  if (isRefusal(c)) return await answerRefusal(desk, at, c);
  await answer(desk, at, historyAnswer(c, 0, desk.view()));
}
