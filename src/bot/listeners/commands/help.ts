import { helpAnswer } from "../../cards/answers.ts";
import type { ListenerContext, ReplyTarget } from "../context.ts";
import { answer } from "../reply.ts";

export function helpTyped(context: ListenerContext, target: ReplyTarget): Promise<void> {
  const { words, policy } = context.view();
  return answer(context, target, helpAnswer(words, { isOperator: policy.operators.includes(target.who.id) }));
}
