import { unknownCommandAnswer } from "../../cards/answers.ts";
import type { ListenerContext } from "../context.ts";
import type { SlashCommand } from "../payloads.ts";
import { answer } from "../reply.ts";

export function unknownTyped(
  context: ListenerContext,
  target: SlashCommand,
  command: { readonly typed: string; readonly nearest?: string },
): Promise<void> {
  return answer(context, target, unknownCommandAnswer(command.typed, command.nearest, context.view().words));
}
