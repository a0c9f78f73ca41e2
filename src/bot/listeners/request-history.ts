import { isRefusal } from "../../core/refusal.ts";
import { findRequest } from "../../flow/show.ts";
import { historyAnswer, refusalAnswer } from "../cards/answers.ts";
import type { CardMessage } from "../cards/message.ts";
import type { ListenerContext } from "./context.ts";
import { membershipOf } from "./membership.ts";
import type { ReplyTarget } from "./reply.ts";

/** One page of a request's history, for someone who may see it. */
export async function historyMessage(
  context: ListenerContext,
  target: ReplyTarget,
  ask: { readonly id: string; readonly page: number },
): Promise<CardMessage> {
  const view = context.view();
  const c = await findRequest(context.ports, { id: ask.id, who: target.who, isMember: membershipOf(context, target) });
  return isRefusal(c) ? refusalAnswer(c, view.words, context.self.name) : historyAnswer(c, ask.page, view);
}
