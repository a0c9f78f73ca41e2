import { isRefusal } from "../../../core/refusal.ts";
import { replaceApprover } from "../../../flow/replace-approver.ts";
import { findRequest } from "../../../flow/show.ts";
import { historyAnswer } from "../../cards/answers.ts";
import type { ListenerContext } from "../context.ts";
import { membershipOf } from "../context.ts";
import type { SlashCommand } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import { whichRequestTyped } from "./list.ts";
import type { ReplaceApprover } from "./parse-command.ts";
import { unknownTyped } from "./unknown.ts";

export async function replaceApproverTyped(
  context: ListenerContext,
  target: SlashCommand,
  ask: ReplaceApprover,
): Promise<void> {
  const { id, people, typed } = ask;
  const may = context.view().policy.operators;
  if (!may.includes(target.who.id))
    return await answerRefusal(context, target, { type: "may-not-replace-approver", may });
  if (id === undefined) return await whichRequestTyped(context, target, "approver");
  const seen = await findRequest(context.ports, { id, who: target.who, isMember: membershipOf(context, target) });
  if (isRefusal(seen)) return await answerRefusal(context, target, seen);
  if (seen.approvers.length === 0) return await answerRefusal(context, target, { type: "no-approvers" });
  const names = people.flatMap((one) => ("nobody" in one ? [one.nobody] : []));
  if (names.length > 0) return await answerRefusal(context, target, { type: "nobody-called", names });
  const [gone, now, ...more] = people.flatMap((one) => ("user" in one ? [one.user] : []));
  if (!gone || !now || more.length > 0) {
    return await unknownTyped(context, target, { typed, nearest: `approver ${id} @gone @now` });
  }
  const c = await replaceApprover(context.ports, { id, gone, now, who: target.who });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  await answer(context, target, historyAnswer(c, 0, context.view()));
}
