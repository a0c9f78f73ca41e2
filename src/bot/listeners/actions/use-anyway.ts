import { useAnyway } from "../../../flow/use-anyway.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import type { Pressed } from "./press.ts";
import { tellIfRefused } from "./press.ts";

export async function useAnywayPressed(
  desk: ListenerContext,
  click: Click,
  button: Pressed<"use-anyway">,
): Promise<void> {
  const { id, material } = button;
  await tellIfRefused(desk, click, await useAnyway(desk.ports, { id, material, who: click.who }));
}
