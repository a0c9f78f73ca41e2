import { mayAct, mayChange } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import type { Refusal } from "../../../core/refusal.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { findRequest } from "../../../flow/show.ts";
import { transferRequest } from "../../../flow/transfer-request.ts";
import { answer as answerOf } from "../../cards/answers.ts";
import { isInChannel } from "../../slack/channels.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { channelReader, viewerOf } from "../context.ts";
import { answer, answerRefusal } from "../reply.ts";
import { whichRequestTyped } from "./list.ts";
import type { NamedPeople } from "./parse-command.ts";
import { unknownTyped } from "./unknown.ts";

/** `/avatar owner AV-12 @new`: gives a request to a member of its channel. */
export async function ownerTyped(context: ListenerContext, target: CommandTarget, ask: NamedPeople): Promise<void> {
  const { id, people, typed } = ask;
  if (id === undefined) return await whichRequestTyped(context, target, "owner");
  const c = await findRequest(context.ports, { ...viewerOf(context, target), id });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  const may = mayChange(c, target.who, context.view().policy);
  if (may) return await answerRefusal(context, target, may);
  const names = people.flatMap((one) => ("nobody" in one ? [one.nobody] : []));
  if (names.length > 0) return await answerRefusal(context, target, { type: "nobody-called", names });
  const [to, ...more] = people.flatMap((one) => ("user" in one ? [one.user] : []));
  if (!to || more.length > 0) return await unknownTyped(context, target, { typed, nearest: `owner ${id} @new` });
  const wrong = await cannotHave(context, c, to);
  const given = wrong ?? (await transferRequest(context.ports, { id, to, who: target.who }));
  if (isRefusal(given)) return await answerRefusal(context, target, given);
  await answer(context, target, answerOf(context.view().words.change.transferred(given)));
}

/** Only a member of its channel may have a request, so that its thread reaches them. */
async function cannotHave(context: ListenerContext, c: Customization, user: string): Promise<Refusal | undefined> {
  const who = await context.people.lookUpSoon(user);
  const refused = mayAct(who, context.self.teamId);
  if (refused) {
    return { type: "owner-cannot-act", user, because: refused.type === "person-unknown" ? "not-said" : "person" };
  }
  const isMember = await isInChannel(channelReader(context), c.conversation.channel, user);
  if (isMember) return undefined;
  return { type: "owner-cannot-act", user, because: isMember === undefined ? "not-said" : "not-member" };
}
