import { whichRequestAnswer } from "../../cards/command-answers.ts";
import type { ListenerContext } from "../context.ts";
import type { Typed } from "../payloads.ts";
import { answer } from "../reply.ts";
import { exampleId } from "../request-list.ts";

/** A command that needs an id came without one: an example names one of theirs. */
export async function whichRequestTyped(
  desk: ListenerContext,
  at: Typed,
  command: "history" | "cancel" | "approver",
): Promise<void> {
  await answer(desk, at, whichRequestAnswer(command, await exampleId(desk, at), desk.view().words));
}
