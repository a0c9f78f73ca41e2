import { showQuotas } from "../../../flow/show-quotas.ts";
import { quotasAnswer } from "../../cards/command-answers.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { answer } from "../reply.ts";

/** Tells how many launches of each kind are left. */
export async function quotaTyped(context: ListenerContext, target: CommandTarget): Promise<void> {
  await answer(context, target, quotasAnswer(await showQuotas(context.ports), context.view().words));
}
