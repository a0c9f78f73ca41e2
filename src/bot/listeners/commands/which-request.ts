import { whichRequestAnswer } from "../../cards/command-answers.ts";
import type { ListenerContext } from "../context.ts";
import type { SlashCommand } from "../payloads.ts";
import { answer } from "../reply.ts";
import { exampleId } from "../request-list.ts";

/** A command that needs an id came without one: an example names one of theirs. */
export async function whichRequestTyped(
  context: ListenerContext,
  target: SlashCommand,
  command: "history" | "cancel" | "approver",
): Promise<void> {
  await answer(context, target, whichRequestAnswer(command, await exampleId(context, target), context.view().words));
}
