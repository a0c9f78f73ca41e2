import { chooseText } from "../../../flow/texts.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import type { Pressed } from "./press.ts";
import { answerIfRefused } from "./press.ts";

export async function chooseTextPressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"choose-text">,
): Promise<void> {
  const { id, text } = button;
  await answerIfRefused(context, click, await chooseText(context.ports, { id, text, who: click.who }));
}
