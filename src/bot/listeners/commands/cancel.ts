import { mayCancel } from "../../../core/approval.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { canMove, isSpent } from "../../../core/state.ts";
import { cancel } from "../../../flow/cancel.ts";
import { findRequest } from "../../../flow/show.ts";
import { statusAnswer } from "../../cards/answers.ts";
import { stopFollowingAnswer } from "../../cards/command-answers.ts";
import { cardLink } from "../../slack/clients.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { viewerOf } from "../context.ts";
import { answer, answerRefusal } from "../reply.ts";

/** Cancels before Launch; afterwards it offers *Stop following* first, because that cannot be undone. */
export async function cancelTyped(context: ListenerContext, target: CommandTarget, id: string): Promise<void> {
  const seen = await findRequest(context.ports, { ...viewerOf(context, target), id });
  if (isRefusal(seen)) return await answerRefusal(context, target, seen);
  const view = context.view();
  const mayStop = isSpent(seen.state) && canMove(seen.state, "cancelled") && !mayCancel(seen, target.who, view.policy);
  if (mayStop) return await answer(context, target, stopFollowingAnswer(seen, view));
  const c = await cancel(context.ports, context.transfers, { id, who: target.who, spent: false });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  await answer(context, target, statusAnswer(c, view, cardLink(c, context.self)));
}
