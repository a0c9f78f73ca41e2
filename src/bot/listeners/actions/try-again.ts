import { isRefusal } from "../../../core/refusal.ts";
import { inputOf, numberedName } from "../../../core/try-again.ts";
import { findRequest } from "../../../flow/show.ts";
import { tryAgain } from "../../../flow/try-again.ts";
import { statusAnswer } from "../../cards/answers.ts";
import { cardLink } from "../../slack/clients.ts";
import type { ListenerContext } from "../context.ts";
import { viewerOf } from "../context.ts";
import { openRequestForm } from "../open-request-form.ts";
import type { Click } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";

/** Opens the request that tries another one again, and answers with a link to it. */
export async function tryAgainPressed(
  context: ListenerContext,
  click: Click,
  { id }: Pressed<"try-again">,
): Promise<void> {
  const c = await tryAgain(context.ports, context.transfers, { id, who: click.who });
  if (isRefusal(c)) return await answerRefusal(context, click, c);
  await answer(context, click, statusAnswer(c, context.view(), cardLink(c, context.self)));
}

/** Opens the form with the answers of a request; the account has its name already. */
export async function newLikePressed(
  context: ListenerContext,
  click: Click,
  { id }: Pressed<"new-like">,
): Promise<void> {
  const c = await findRequest(context.ports, { ...viewerOf(context, click), id });
  if (isRefusal(c)) return await answerRefusal(context, click, c);
  if (c.erased) return await answerRefusal(context, click, { type: "was-erased", id });
  await openRequestForm(context, click, { like: { ...inputOf(c), name: numberedName(c.name, 2) } });
}
