import { chooseText } from "../../../flow/texts.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import type { Pressed } from "./press.ts";
import { tellIfRefused } from "./press.ts";

export async function chooseTextPressed(
  desk: ListenerContext,
  click: Click,
  button: Pressed<"choose-text">,
): Promise<void> {
  const { id, text } = button;
  await tellIfRefused(desk, click, await chooseText(desk.ports, { id, text, who: click.who }));
}
