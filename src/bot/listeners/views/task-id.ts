import type { Person } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import type { FieldRefusal, Refusal } from "../../../core/refusal.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { claimTask } from "../../../flow/launch.ts";
import { readTaskIdForm, smallFormError } from "../../cards/small-forms.ts";
import type { ListenerContext } from "../context.ts";
import type { Submission } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import { whoActs } from "../who-acts.ts";
import type { AckForm } from "./ack-form.ts";
import { ackClose, ackErrors, threadOf } from "./ack-form.ts";

/** Slack waits three seconds for a form; the vendor may take longer to look up a task. */
const PATIENCE_MS = 2_000;

/** Takes the TaskId of a lost launch; an error appears beside the field, or in the thread if it comes too late. */
export async function taskIdSubmitted(
  context: ListenerContext,
  { who, view }: Submission,
  ack: AckForm,
): Promise<void> {
  const { id, taskId } = readTaskIdForm(view);
  const claiming = claim(context, who, id, taskId);
  const soon = await within(context, claiming);
  const wrong = soon && fieldRefusal(soon);
  if (wrong) return await ackErrors(ack, smallFormError("task-id", wrong, context.view().words));
  await ackClose(context, ack);
  const result = await claiming;
  if (isRefusal(result)) await answerRefusal(context, await threadOf(context, who, id), result);
}

type Claimed = Customization | Refusal;

async function claim(context: ListenerContext, sender: Person, id: string, taskId: string): Promise<Claimed> {
  const who = await whoActs(context, { who: sender }, id);
  return isRefusal(who) ? who : await claimTask(context.ports, { id, taskId, who });
}

/** @returns undefined when it takes too long or has failed; the caller awaits `claiming` later */
async function within(context: ListenerContext, claiming: Promise<Claimed>): Promise<Claimed | undefined> {
  const done = new AbortController();
  const late = context.ports.clock.sleep(PATIENCE_MS, done.signal).then(() => undefined);
  const outcome = claiming.catch(() => undefined);
  return await Promise.race([outcome, late]).finally(() => done.abort());
}

function fieldRefusal(result: Claimed): FieldRefusal | undefined {
  if (!isRefusal(result)) return undefined;
  switch (result.type) {
    case "task-id-missing":
    case "task-in-use":
    case "task-unknown":
    case "task-not-checked":
      return result;
    default:
      return undefined;
  }
}
