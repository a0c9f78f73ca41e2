import type { Customization } from "../../../core/customization.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { waitsFor } from "../../../core/waits-for.ts";
import { findRequest } from "../../../flow/show.ts";
import { statusAnswer } from "../../cards/answers.ts";
import { cardLink } from "../../slack/permalink.ts";
import type { ListenerContext } from "../context.ts";
import { membershipOf } from "../membership.ts";
import type { Typed } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import { answerWhatIsOpen } from "../request-list.ts";

/** Where one request stands; without an id what waits for you, and your open ones or else this channel's. */
export async function statusTyped(desk: ListenerContext, at: Typed, id: string | undefined): Promise<void> {
  if (id === undefined) return await answerWhatIsOpen(desk, at);
  const c = await findRequest(desk.ports, { id, who: at.who, isMember: membershipOf(desk, at) });
  if (isRefusal(c)) return await answerRefusal(desk, at, c);
  await answer(desk, at, statusAnswer(c, desk.view(), cardLink(c, desk.self), decisionOf(desk, c, at)));
}

/** The round that whoever asks can decide about now. */
function decisionOf(desk: ListenerContext, c: Customization, at: Typed): number | undefined {
  return waitsFor(c, at.who, desk.view().policy).find((one) => one.type === "decide")?.round;
}
