import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import { historyMessage, listMessage } from "../request-pages.ts";
import type { Pressed } from "./press.ts";
import { answerInPlace } from "./press.ts";

/** Shows another page of a list. */
export async function pagePressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"list-page" | "history-page" | "home-page">,
): Promise<void> {
  if (button.type === "home-page") return await context.homes.show(click.who.id, button.pages);
  const message =
    button.type === "list-page"
      ? await listMessage(context, click, button)
      : await historyMessage(context, click, button);
  await answerInPlace(context, click, message);
}
