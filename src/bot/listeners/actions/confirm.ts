import { decide } from "../../../flow/decide.ts";
import type { Desk } from "../../desk.ts";
import type { Click } from "../spot.ts";
import type { Pressed } from "./press.ts";
import { tellIfRefused } from "./press.ts";

export async function confirmPressed(desk: Desk, click: Click, button: Pressed<"confirm">): Promise<void> {
  const { id, round } = button;
  await tellIfRefused(desk, click, await decide(desk.ports, { id, round, operate: "AGREE", who: click.who }));
}
