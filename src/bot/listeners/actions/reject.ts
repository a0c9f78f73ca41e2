import { demoNumber } from "../../../core/production.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { checkDecision } from "../../../flow/decide.ts";
import { rejectForm } from "../../cards/small-forms.ts";
import type { ListenerContext } from "../context.ts";
import { openView } from "../open-view.ts";
import type { Click } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";

/** Opens the form for the reason, if the person may still decide about this demo. */
export async function rejectPressed(context: ListenerContext, click: Click, button: Pressed<"reject">): Promise<void> {
  const { id, round } = button;
  const c = await checkDecision(context.ports, { id, round, who: click.who });
  if (isRefusal(c)) return await answerRefusal(context, click, c);
  const { words } = context.view();
  await openView(context, click.trigger, rejectForm({ id, round, demo: demoNumber(c, round), name: c.name, words }));
}
