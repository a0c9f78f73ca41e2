import type { ListenerContext } from "../context.ts";
import type { Typed } from "../payloads.ts";
import { answer } from "../reply.ts";
import { historyMessage } from "../request-history.ts";

export async function historyTyped(desk: ListenerContext, at: Typed, id: string): Promise<void> {
  await answer(desk, at, await historyMessage(desk, at, { id, page: 0 }));
}
