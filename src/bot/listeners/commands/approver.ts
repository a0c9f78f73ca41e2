import { isRefusal } from "../../../core/refusal.ts";
import { replaceApprover } from "../../../flow/replace-approver.ts";
import { findRequest } from "../../../flow/show.ts";
import { historyAnswer } from "../../cards/answers.ts";
import type { ListenerContext } from "../context.ts";
import { membershipOf } from "../membership.ts";
import type { Typed } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import { unknownTyped } from "./help.ts";
import type { ReplaceApprover } from "./parse-command.ts";
import { whichRequestTyped } from "./which-request.ts";

export async function replaceApproverTyped(desk: ListenerContext, at: Typed, ask: ReplaceApprover): Promise<void> {
  const { id, people, typed } = ask;
  const may = desk.view().policy.operators;
  if (!may.includes(at.who.id)) return await answerRefusal(desk, at, { type: "may-not-replace-approver", may });
  if (id === undefined) return await whichRequestTyped(desk, at, "approver");
  const seen = await findRequest(desk.ports, { id, who: at.who, isMember: membershipOf(desk, at) });
  if (isRefusal(seen)) return await answerRefusal(desk, at, seen);
  if (seen.approvers.length === 0) return await answerRefusal(desk, at, { type: "no-approvers" });
  const names = people.flatMap((one) => ("nobody" in one ? [one.nobody] : []));
  if (names.length > 0) return await answerRefusal(desk, at, { type: "nobody-called", names });
  const [gone, now, ...more] = people.flatMap((one) => ("user" in one ? [one.user] : []));
  if (!gone || !now || more.length > 0) {
    return await unknownTyped(desk, at, { typed, nearest: `approver ${id} @gone @now` });
  }
  const c = await replaceApprover(desk.ports, { id, gone, now, who: at.who });
  if (isRefusal(c)) return await answerRefusal(desk, at, c);
  await answer(desk, at, historyAnswer(c, 0, desk.view()));
}
