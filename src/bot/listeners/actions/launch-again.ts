import { launchAgain } from "../../../flow/launch.ts";
import type { Desk } from "../context.ts";
import type { Click } from "../payloads.ts";
import type { Pressed } from "./press.ts";
import { tellIfRefused } from "./press.ts";

export async function launchAgainPressed(desk: Desk, click: Click, button: Pressed<"launch-again">): Promise<void> {
  await tellIfRefused(desk, click, await launchAgain(desk.ports, { id: button.id, who: click.who }));
}
