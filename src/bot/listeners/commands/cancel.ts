import { mayCancel } from "../../../core/approval.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { canMove, isSpent } from "../../../core/state.ts";
import { cancel } from "../../../flow/cancel.ts";
import { findRequest } from "../../../flow/show.ts";
import { statusAnswer } from "../../cards/answers.ts";
import { stopFollowingAnswer } from "../../cards/command-answers.ts";
import { cardLink } from "../../slack/permalink.ts";
import type { ListenerContext } from "../context.ts";
import { membershipOf } from "../membership.ts";
import type { Typed } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";

/** Before Launch an id is typed on purpose; after it, what cannot be undone is asked about first. */
export async function cancelTyped(desk: ListenerContext, at: Typed, id: string): Promise<void> {
  const seen = await findRequest(desk.ports, { id, who: at.who, isMember: membershipOf(desk, at) });
  if (isRefusal(seen)) return await answerRefusal(desk, at, seen);
  const view = desk.view();
  const mayStop = isSpent(seen.state) && canMove(seen.state, "cancelled") && !mayCancel(seen, at.who, view.policy);
  if (mayStop) return await answer(desk, at, stopFollowingAnswer(seen, view));
  const c = await cancel(desk.ports, desk.transfers, { id, who: at.who, spent: false });
  if (isRefusal(c)) return await answerRefusal(desk, at, c);
  await answer(desk, at, statusAnswer(c, view, cardLink(c, desk.self)));
}
