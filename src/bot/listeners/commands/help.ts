import { helpAnswer, unknownCommandAnswer } from "../../cards/answers.ts";
import type { ListenerContext } from "../context.ts";
import type { Typed } from "../payloads.ts";
import { answer, type ReplyTarget } from "../reply.ts";

export function helpTyped(desk: ListenerContext, at: ReplyTarget): Promise<void> {
  const { words, policy } = desk.view();
  return answer(desk, at, helpAnswer(words, { isOperator: policy.operators.includes(at.who.id) }));
}

export function unknownTyped(
  desk: ListenerContext,
  at: Typed,
  command: { readonly typed: string; readonly nearest?: string },
): Promise<void> {
  return answer(desk, at, unknownCommandAnswer(command.typed, command.nearest, desk.view().words));
}
