import { useAnyway } from "../../../flow/use-anyway.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import type { Pressed } from "./press.ts";
import { answerIfRefused } from "./press.ts";

export async function useAnywayPressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"use-anyway">,
): Promise<void> {
  const { id, material } = button;
  await answerIfRefused(context, click, await useAnyway(context.ports, { id, material, who: click.who }));
}
