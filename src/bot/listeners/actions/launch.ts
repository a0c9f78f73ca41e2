import { mayLaunch, mayResolveLaunch } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import type { Material } from "../../../core/material-record.ts";
import { currentMaterial } from "../../../core/record.ts";
import { launch, launchAgain } from "../../../flow/launch.ts";
import { evaluationBlocks } from "../../cards/check-report.ts";
import { launchForm, taskIdForm } from "../../cards/small-forms.ts";
import type { ListenerContext } from "../context.ts";
import { openView } from "../open-view.ts";
import type { Click } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";
import { answerIfRefused } from "./press.ts";

/** Launches, or asks for confirmation first when a voice's recording failed its inspection. */
export async function launchPressed(context: ListenerContext, click: Click, button: Pressed<"launch">): Promise<void> {
  const { id, revision } = button;
  const c = await context.ports.store.get(id);
  const failed = c && c.state === "ready" && c.revision === revision ? failedRecording(c) : undefined;
  if (c && failed && !mayLaunch(c, click.who, context.ports.settings.policy)) {
    const view = context.view();
    const { words } = view;
    const [intro, blocks] = [words.forms.launchAnyway.intro(c), evaluationBlocks(c, failed, view)];
    return await openView(context, click.trigger, launchForm({ id, revision, intro, blocks, words }));
  }
  await answerIfRefused(context, click, await launch(context.ports, { id, revision, who: click.who }));
}

function failedRecording(c: Customization): Material | undefined {
  const recording = currentMaterial(c, "recording");
  const verdict = recording?.check?.verdict;
  return verdict === "failed" || verdict === "broken" ? recording : undefined;
}

export async function launchAgainPressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"launch-again">,
): Promise<void> {
  await answerIfRefused(context, click, await launchAgain(context.ports, { id: button.id, who: click.who }));
}

/** Opens the form for the TaskId of a launch whose answer was lost. */
export async function itWasCreatedPressed(
  context: ListenerContext,
  click: Click,
  button: Pressed<"it-was-created">,
): Promise<void> {
  const { id } = button;
  const c = await context.ports.store.get(id);
  if (!c) return await answerRefusal(context, click, { type: "not-found", id });
  const refused = mayResolveLaunch(c, click.who, context.ports.settings.policy);
  if (refused) return await answerRefusal(context, click, refused);
  if (c.state === "launching" && c.claim) {
    return await answerRefusal(context, click, { type: "being-launched", by: c.claim.by });
  }
  if (c.state !== "launch-unknown") return await answerRefusal(context, click, { type: "launch-already-known" });
  const { words } = context.view();
  await openView(context, click.trigger, taskIdForm({ id, words }));
}
