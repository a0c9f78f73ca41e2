import { launch } from "../../../flow/launch.ts";
import type { Desk } from "../../desk.ts";
import type { Click } from "../spot.ts";
import type { Pressed } from "./press.ts";
import { tellIfRefused } from "./press.ts";

export async function launchPressed(desk: Desk, click: Click, button: Pressed<"launch">): Promise<void> {
  const { id, revision } = button;
  await tellIfRefused(desk, click, await launch(desk.ports, { id, revision, who: click.who }));
}
