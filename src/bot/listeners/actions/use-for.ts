import { describeFault } from "../../../core/fault.ts";
import { addFiles } from "../add-files.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import type { Pressed } from "./press.ts";

/** Adds files that were posted in the channel to the request, and removes the hint that offered it. */
export async function useForPressed(context: ListenerContext, click: Click, button: Pressed<"use-for">): Promise<void> {
  if (!(await addFiles(context, { ...click, respond: undefined }, button))) return;
  await click.respond?.({ delete_original: true }).catch((error: unknown) => {
    context.ports.log.info("removing a hint", { id: button.id, user: click.who.id, because: describeFault(error) });
  });
}
