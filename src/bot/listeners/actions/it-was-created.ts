import { maySettle } from "../../../core/approval.ts";
import { taskIdForm } from "../../cards/small-forms.ts";
import type { ListenerContext } from "../context.ts";
import { openView } from "../open-view.ts";
import type { Click } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";

/** Opens the form for the TaskId of a launch whose answer was lost. */
export async function itWasCreatedPressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"it-was-created">,
): Promise<void> {
  const { id } = button;
  const c = await context.ports.store.get(id);
  if (!c) return await answerRefusal(context, click, { type: "not-found", id });
  const refused = maySettle(c, click.who, context.ports.settings.policy);
  if (refused) return await answerRefusal(context, click, refused);
  if (c.state === "launching" && c.claim) {
    return await answerRefusal(context, click, { type: "being-launched", by: c.claim.by });
  }
  if (c.state !== "launch-unknown") return await answerRefusal(context, click, { type: "nothing-to-settle" });
  const { words } = context.view();
  await openView(context, click.trigger, taskIdForm({ id, words }));
}
