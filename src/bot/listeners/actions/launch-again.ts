import { launchAgain } from "../../../flow/launch.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import type { Pressed } from "./press.ts";
import { answerIfRefused } from "./press.ts";

export async function launchAgainPressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"launch-again">,
): Promise<void> {
  await answerIfRefused(context, click, await launchAgain(context.ports, { id: button.id, who: click.who }));
}
