import { answer } from "../../answer.ts";
import type { Desk } from "../../desk.ts";
import { historyMessage } from "../../request-history.ts";
import type { Typed } from "../spot.ts";

export async function historyTyped(desk: Desk, at: Typed, id: string): Promise<void> {
  await answer(desk, at, await historyMessage(desk, at, { id, page: 0 }));
}
