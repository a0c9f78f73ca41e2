import { answerWhichFile } from "../../../flow/accept-upload.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import type { Pressed } from "./press.ts";
import { tellIfRefused } from "./press.ts";

export async function chooseRolePressed(
  desk: ListenerContext,
  click: Click,
  button: Pressed<"choose-role">,
): Promise<void> {
  const { id, material, role } = button;
  const ask = { id, material, role, who: click.who };
  await tellIfRefused(desk, click, await answerWhichFile(desk.ports, desk.transfers, ask));
}
