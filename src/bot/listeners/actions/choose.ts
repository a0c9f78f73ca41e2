import { answerWhichFile } from "../../../flow/accept-upload.ts";
import { declineOffer } from "../../../flow/decline-offer.ts";
import { chooseText } from "../../../flow/texts.ts";
import { useAnyway } from "../../../flow/use-anyway.ts";
import { useOffer } from "../../../flow/use-offer.ts";
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

export async function useFilePressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"use-file">,
): Promise<void> {
  const { id, material, role } = button;
  const ask = { id, material, who: click.who, ...(role && { role }) };
  await answerIfRefused(context, click, await useOffer(context.ports, context.transfers, ask));
}

export async function declineFilePressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"decline-file">,
): Promise<void> {
  const { id, material } = button;
  await answerIfRefused(context, click, await declineOffer(context.ports, { id, material, who: click.who }));
}

export async function chooseTextPressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"choose-text">,
): Promise<void> {
  const { id, text } = button;
  await answerIfRefused(context, click, await chooseText(context.ports, { id, text, who: click.who }));
}

export async function useAnywayPressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"use-anyway">,
): Promise<void> {
  const { id, material } = button;
  await answerIfRefused(context, click, await useAnyway(context.ports, { id, material, who: click.who }));
}
