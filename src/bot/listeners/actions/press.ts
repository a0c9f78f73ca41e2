import type { Customization } from "../../../core/customization.ts";
import { describeFault } from "../../../core/fault.ts";
import type { Refusal } from "../../../core/refusal.ts";
import { isRefusal } from "../../../core/refusal.ts";
import type { ButtonAction } from "../../cards/button.ts";
import { fitMessage } from "../../cards/fit-message.ts";
import type { CardMessage } from "../../cards/message.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";

/** What a button carries. */
export type Pressed<Do extends ButtonAction["type"]> = Extract<ButtonAction, { readonly type: Do }>;

/** Answers a refusal privately; anything that succeeded shows on the card. */
export async function answerIfRefused(
  context: ListenerContext,
  click: Click,
  result: Customization | Refusal,
): Promise<void> {
  if (isRefusal(result)) await answerRefusal(context, click, result);
}

/** Replaces the private message whose button was pressed, or answers below it when Slack no longer allows that. */
export async function answerInPlace(context: ListenerContext, click: Click, message: CardMessage): Promise<void> {
  try {
    if (!click.respond) return await answer(context, click, message);
    await click.respond({
      ...fitMessage(message, context.view().words),
      response_type: "ephemeral",
      replace_original: true,
    });
  } catch (error) {
    const { who, channel } = click;
    context.ports.log.info("replacing a private message", { user: who.id, channel, because: describeFault(error) });
    await answer(context, click, message);
  }
}
