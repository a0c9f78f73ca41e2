import { describeFault } from "../../../core/fault.ts";
import { answer } from "../../answer.ts";
import type { Desk } from "../../desk.ts";
import { historyMessage } from "../../request-history.ts";
import { listMessage } from "../../request-list.ts";
import type { Click } from "../spot.ts";
import type { Pressed } from "./press.ts";

/** Turns the page of a list in its place, or below when Slack lets nobody change the old one any more. */
export async function pagePressed(desk: Desk, click: Click, button: Pressed<"page">): Promise<void> {
  const message =
    button.what === "list" ? await listMessage(desk, click, button) : await historyMessage(desk, click, button);
  try {
    if (!click.respond) return await answer(desk, click, message);
    await click.respond({ ...message, response_type: "ephemeral", replace_original: true });
  } catch (error) {
    desk.ports.log.info("turning a page", { because: describeFault(error) });
    await answer(desk, click, message);
  }
}
