import { answerWhichFile } from "../../../flow/accept-upload.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import type { Pressed } from "./press.ts";
import { answerIfRefused } from "./press.ts";

export async function chooseRolePressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"choose-role">,
): Promise<void> {
  const { id, material, role } = button;
  const ask = { id, material, role, who: click.who };
  await answerIfRefused(context, click, await answerWhichFile(context.ports, context.transfers, ask));
}
