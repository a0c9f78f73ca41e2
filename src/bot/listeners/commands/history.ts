import type { ListenerContext } from "../context.ts";
import type { SlashCommand } from "../payloads.ts";
import { answer } from "../reply.ts";
import { historyMessage } from "../request-history.ts";

export async function historyTyped(context: ListenerContext, target: SlashCommand, id: string): Promise<void> {
  await answer(context, target, await historyMessage(context, target, { id, page: 0 }));
}
