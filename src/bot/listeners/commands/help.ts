import { helpAnswer, unknownCommandAnswer } from "../../cards/answers.ts";
import type { ListenerContext, ReplyTarget } from "../context.ts";
import type { SlashCommand } from "../payloads.ts";
import { answer } from "../reply.ts";

export function helpTyped(context: ListenerContext, target: ReplyTarget): Promise<void> {
  const { words, policy } = context.view();
  return answer(context, target, helpAnswer(words, { isOperator: policy.operators.includes(target.who.id) }));
}

export function unknownTyped(
  context: ListenerContext,
  target: SlashCommand,
  command: { readonly typed: string; readonly nearest?: string },
): Promise<void> {
  return answer(context, target, unknownCommandAnswer(command.typed, command.nearest, context.view().words));
}
