import { unknownCommandAnswer } from "../../cards/answers.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { answer } from "../reply.ts";

export function unknownTyped(
  context: ListenerContext,
  target: CommandTarget,
  command: { readonly typed: string; readonly nearest?: string },
): Promise<void> {
  return answer(context, target, unknownCommandAnswer(command.typed, command.nearest, context.view().words));
}
