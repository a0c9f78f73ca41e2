import { answer } from "../../answer.ts";
import { whichRequestAnswer } from "../../cards/command-answers.ts";
import type { Desk } from "../../desk.ts";
import { exampleId } from "../../request-list.ts";
import type { Typed } from "../spot.ts";

/** A command that needs an id came without one: an example names one of theirs. */
export async function whichRequestTyped(
  desk: Desk,
  at: Typed,
  command: "history" | "cancel" | "approver",
): Promise<void> {
  await answer(desk, at, whichRequestAnswer(command, await exampleId(desk, at), desk.view().words));
}
