import { isRefusal } from "../../../core/refusal.ts";
import { cannotSay } from "../../../flow/say.ts";
import { findRequest } from "../../../flow/show.ts";
import { sayForm } from "../../cards/small-forms.ts";
import type { ListenerContext } from "../context.ts";
import { viewerOf } from "../context.ts";
import { openView } from "../open-view.ts";
import type { Click } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";

/** Opens the form for what a finished voice or avatar is to say. */
export async function sayPressed(context: ListenerContext, click: Click, button: Pressed<"say">): Promise<void> {
  const c = await findRequest(context.ports, { ...viewerOf(context, click), id: button.id });
  if (isRefusal(c)) return await answerRefusal(context, click, c);
  const refused = cannotSay(c, click.who, context.ports.settings.policy);
  if (refused) return await answerRefusal(context, click, refused);
  await openView(context, click.trigger, sayForm(c, context.view().words));
}
