import type { ListScope } from "../../cards/button.ts";
import type { ListenerContext } from "../context.ts";
import type { Typed } from "../payloads.ts";
import { answerList } from "../request-list.ts";

export async function listTyped(desk: ListenerContext, at: Typed, scope: ListScope): Promise<void> {
  await answerList(desk, at, { scope, page: 0 });
}
