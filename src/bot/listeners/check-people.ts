import type { Person } from "../../core/approval.ts";
import { isGroup, mayAct } from "../../core/approval.ts";
import type { FieldRefusal } from "../../core/refusal.ts";
import { isInChannel } from "../slack/channels.ts";
import type { ListenerContext } from "./context.ts";
import { channelReader } from "./context.ts";

type Standing = "may" | "cannot" | "not-checked";

/**
 * Whether people may decide about requests of a channel: nobody may whom Slack does not vouch for in time, since a form
 * waits three seconds at most.
 */
export async function checkPeople(
  context: ListenerContext,
  users: readonly string[],
  channel: string,
): Promise<FieldRefusal | undefined> {
  const standings = await Promise.all(
    users.map((id) => (isGroup(id) ? standingOfGroup(context, id) : standingOf(context, id, channel))),
  );
  const cannot = namesOf(context, users, standings, "cannot");
  if (cannot.length > 0) return { type: "approver-cannot-act", names: cannot };
  const names = namesOf(context, users, standings, "not-checked");
  return names.length > 0 ? { type: "approver-not-checked", names } : undefined;
}

async function standingOfGroup({ groups }: ListenerContext, group: string): Promise<Standing> {
  return (await groups.members(group)) ? "may" : "not-checked";
}

async function standingOf(context: ListenerContext, user: string, channel: string): Promise<Standing> {
  const who: Person = await context.people.lookUpSoon(user);
  const refused = mayAct(who, context.self.teamId);
  if (refused) return refused.type === "person-unknown" ? "not-checked" : "cannot";
  if (!who.guestIn) return "may";
  const isMember = await isInChannel(channelReader(context), channel, user);
  if (isMember === undefined) return "not-checked";
  return isMember ? "may" : "cannot";
}

function namesOf(
  context: ListenerContext,
  users: readonly string[],
  standings: readonly Standing[],
  wanted: Standing,
): string[] {
  const found = users.filter((_, index) => standings[index] === wanted);
  return found.map((user) => context.people.nameOf(user));
}
