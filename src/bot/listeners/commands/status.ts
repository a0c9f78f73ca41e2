import type { Customization } from "../../../core/customization.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { waitsFor } from "../../../core/waits-for.ts";
import { findRequest } from "../../../flow/show.ts";
import { statusAnswer } from "../../cards/answers.ts";
import { cardLink } from "../../slack/clients.ts";
import type { ListenerContext } from "../context.ts";
import { membershipOf } from "../context.ts";
import type { SlashCommand } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import { answerWhatIsOpen } from "../request-pages.ts";

/** Shows the status of one request; without an id, what waits for the person and their open requests. */
export async function statusTyped(
  context: ListenerContext,
  target: SlashCommand,
  id: string | undefined,
): Promise<void> {
  if (id === undefined) return await answerWhatIsOpen(context, target);
  const c = await findRequest(context.ports, { id, who: target.who, isMember: membershipOf(context, target) });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  await answer(
    context,
    target,
    statusAnswer(c, context.view(), cardLink(c, context.self), decisionOf(context, c, target)),
  );
}

/** The round that the person can decide about now. */
function decisionOf(context: ListenerContext, c: Customization, target: SlashCommand): number | undefined {
  return waitsFor(c, target.who, context.view().policy).find((one) => one.type === "decide")?.round;
}
