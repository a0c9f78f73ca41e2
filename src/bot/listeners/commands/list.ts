import type { ListScope } from "../../cards/button.ts";
import type { ListenerContext } from "../context.ts";
import type { SlashCommand } from "../payloads.ts";
import { answerList } from "../request-list.ts";

export async function listTyped(context: ListenerContext, target: SlashCommand, scope: ListScope): Promise<void> {
  await answerList(context, target, { scope, page: 0 });
}
