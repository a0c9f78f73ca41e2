import { whichRequestAnswer } from "../../cards/command-answers.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { answer } from "../reply.ts";
import { answerList, exampleId, historyMessage } from "../request-pages.ts";
import type { ListWords } from "./list-filters.ts";

export async function listTyped(context: ListenerContext, target: CommandTarget, asked: ListWords): Promise<void> {
  const { scope, only } = asked;
  await answerList(context, target, { scope, page: 0, ...(only && { only }) });
}

export async function historyTyped(context: ListenerContext, target: CommandTarget, id: string): Promise<void> {
  await answer(context, target, await historyMessage(context, target, { id, page: 0 }));
}

/** Answers a command without the id it needs, with an example. */
export async function whichRequestTyped(
  context: ListenerContext,
  target: CommandTarget,
  command: "history" | "cancel" | "erase" | "approver" | "owner",
): Promise<void> {
  await answer(context, target, whichRequestAnswer(command, await exampleId(context, target), context.view().words));
}
