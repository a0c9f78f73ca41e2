import { isRefusal } from "../../../core/refusal.ts";
import { decisionOf } from "../../../core/waits-for.ts";
import { findRequest } from "../../../flow/show.ts";
import { showAgain } from "../../../flow/show-again.ts";
import { statusAnswer } from "../../cards/answers.ts";
import { cardLink } from "../../slack/clients.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { viewerOf } from "../context.ts";
import { answer, answerRefusal } from "../reply.ts";
import { answerWhatIsOpen } from "../request-pages.ts";

/** Shows the status of one request; without an id, what waits for the person and their open requests. */
export async function statusTyped(
  context: ListenerContext,
  target: CommandTarget,
  id: string | undefined,
): Promise<void> {
  if (id === undefined) return await answerWhatIsOpen(context, target);
  const c = await findRequest(context.ports, { ...viewerOf(context, target), id });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  await answer(
    context,
    target,
    statusAnswer(c, context.view(), cardLink(c, context.self), decisionOf(c, target.who, context.view().policy)),
  );
  // Whoever asks may miss the card.
  await showAgain(context.ports, c.id);
}
