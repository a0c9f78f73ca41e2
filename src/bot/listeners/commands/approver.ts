import { isGroup, mayReplaceApprover } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { replaceApprover } from "../../../flow/replace-approver.ts";
import { findRequest } from "../../../flow/show.ts";
import { whichApproverAnswer } from "../../cards/command-answers.ts";
import { detailsAnswer } from "../../cards/details.ts";
import { checkPeople } from "../check-people.ts";
import type { CommandTarget, ListenerContext, ReplyTarget } from "../context.ts";
import { viewerOf } from "../context.ts";
import { portsForForm } from "../ports-for-form.ts";
import { answer, answerRefusal } from "../reply.ts";
import { whichRequestTyped } from "./list.ts";
import type { NamedPeople } from "./parse-command.ts";
import { unknownTyped } from "./unknown.ts";

export async function replaceApproverTyped(
  context: ListenerContext,
  target: CommandTarget,
  ask: NamedPeople,
): Promise<void> {
  const { id, people, typed } = ask;
  if (id === undefined) return await whichRequestTyped(context, target, "approver");
  const seen = await findRequest(context.ports, { ...viewerOf(context, target), id });
  if (isRefusal(seen)) return await answerRefusal(context, target, seen);
  const own = people.some((one) => "user" in one && one.user === target.who.id) ? target.who.id : "";
  const may = mayReplaceApprover(seen, target.who, context.view().policy, own);
  if (may) return await answerRefusal(context, target, may);
  if (seen.approvers.length === 0) return await answerRefusal(context, target, { type: "no-approvers" });
  const [first, second] = people;
  if (people.length === 2 && first && second && "nobody" in first && "user" in second) {
    return await offerApprovers(context, target, seen, { gone: first.nobody, now: second.user });
  }
  const names = people.flatMap((one) => ("nobody" in one ? [one.nobody] : []));
  if (names.length > 0) return await answerRefusal(context, target, { type: "nobody-called", names });
  const [gone, now, ...more] = people.flatMap((one) => ("user" in one ? [one.user] : []));
  if (!gone || !now || more.length > 0) {
    return await unknownTyped(context, target, { typed, nearest: `approver ${id} @gone @now` });
  }
  await replaceIfPossible(context, target, { id, gone, now });
}

/** Puts another approver in, whom the form would have taken too, and shows the history. */
export async function replaceIfPossible(
  context: ListenerContext,
  target: ReplyTarget,
  { id, gone, now }: { readonly id: string; readonly gone: string; readonly now: string },
): Promise<void> {
  const { who } = target;
  const seen = await findRequest(context.ports, { ...viewerOf(context, target), id });
  if (isRefusal(seen)) return await answerRefusal(context, target, seen);
  const may = mayReplaceApprover(seen, who, context.view().policy, gone);
  const wrong = may ?? (await checkPeople(context, [now], seen.conversation.channel));
  if (wrong) return await answerRefusal(context, target, wrong);
  const c = await replaceApprover(await portsForForm(context, [...seen.approvers, now]), { id, gone, now, who });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  await answer(context, target, detailsAnswer(c, 0, context.view()));
}

async function offerApprovers(
  context: ListenerContext,
  target: ReplyTarget,
  c: Customization,
  ask: { readonly gone: string; readonly now: string },
): Promise<void> {
  const people = c.approvers.filter((id) => !isGroup(id));
  await Promise.all(people.map((id) => context.people.lookUpSoon(id)));
  const names = new Map(c.approvers.map((id) => [id, context.people.nameOf(id)]));
  await answer(context, target, whichApproverAnswer(c, ask, names, context.view()));
}
