import { cancel } from "../../../flow/cancel.ts";
import type { Desk } from "../../desk.ts";
import type { Click } from "../spot.ts";
import type { Pressed } from "./press.ts";
import { tellIfRefused } from "./press.ts";

export async function cancelPressed(desk: Desk, click: Click, button: Pressed<"cancel">): Promise<void> {
  const ask = { id: button.id, who: click.who, ...(button.spent !== undefined && { spent: button.spent }) };
  await tellIfRefused(desk, click, await cancel(desk.ports, desk.transfers, ask));
}
