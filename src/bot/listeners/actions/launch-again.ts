import { launchAgain } from "../../../flow/launch.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import type { Pressed } from "./press.ts";
import { tellIfRefused } from "./press.ts";

export async function launchAgainPressed(
  desk: ListenerContext,
  click: Click,
  button: Pressed<"launch-again">,
): Promise<void> {
  await tellIfRefused(desk, click, await launchAgain(desk.ports, { id: button.id, who: click.who }));
}
