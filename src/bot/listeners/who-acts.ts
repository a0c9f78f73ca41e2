import type { Person } from "../../core/approval.ts";
import { mayAct } from "../../core/approval.ts";
import type { StandingRefusal } from "../../core/refusal.ts";
import { isRefusal } from "../../core/refusal.ts";
import { isInChannel } from "../slack/channels.ts";
import { withGroups } from "../slack/user-groups.ts";
import type { ListenerContext, ReplyTarget } from "./context.ts";
import { channelReader } from "./context.ts";
import { answerRefusal } from "./reply.ts";

type Acting = Pick<ReplyTarget, "who" | "channel">;

/**
 * Who acts, as Slack knows them now; for a guest, with those channels of theirs that matter: where they act, and that
 * of the request. Nothing is allowed to somebody of whom Slack does not tell in time.
 */
export async function whoActs(
  context: ListenerContext,
  { who: said, channel }: Acting,
  request?: string,
): Promise<Person | StandingRefusal> {
  const c = request === undefined ? undefined : await context.ports.store.get(request);
  const asked = await context.people.lookUpSoon(said.id, said.team);
  const who = await withGroups(context.groups, asked, context.ports.settings.policy, c?.approvers);
  const refused = mayAct(who, context.self.teamId);
  if (refused) return refused;
  return who.guestIn ? await guestWithin(context, who, channel, request) : who;
}

/** Carries out what somebody does, if they may act at all; tells them why not otherwise. */
export async function asWhoActs<T extends ReplyTarget>(
  context: ListenerContext,
  target: T,
  request: string | undefined,
  act: (target: T) => Promise<void>,
): Promise<void> {
  const who = await whoActs(context, target, request);
  if (isRefusal(who)) return await answerRefusal(context, target, who);
  await act({ ...target, who });
}

/** A guest is certainly in the channel where they act. */
async function guestWithin(
  context: ListenerContext,
  who: Person,
  channel: string | undefined,
  request: string | undefined,
): Promise<Person | StandingRefusal> {
  const here = channel === undefined ? [] : [channel];
  const other = request === undefined ? undefined : (await context.ports.store.get(request))?.conversation.channel;
  if (other === undefined || other === channel) return { ...who, guestIn: here };
  const isMember = await isInChannel(channelReader(context), other, who.id);
  return isMember === undefined ? { type: "person-unknown" } : { ...who, guestIn: isMember ? [...here, other] : here };
}
