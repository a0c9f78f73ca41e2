import type { Customization } from "./customization.ts";
import type { Kind } from "./kinds.ts";
import { kindRow } from "./kinds.ts";
import type { FieldRefusal, PersonRefusal, StandingRefusal } from "./refusal.ts";
import { collects } from "./state.ts";

/** Someone who acts, as Slack knows them now. */
export interface Person {
  readonly id: string;
  /** This bot's own workspace for every colleague, whatever home workspace Slack names. */
  readonly team: string;
  /** Only for guests: the channels that they are known to be in. They may act on requests of these alone. */
  readonly guestIn?: readonly string[];
  /** Those user groups that they are in, of all that matter where they act; `not-said` where Slack did not say of one. */
  readonly groups?: readonly string[] | "not-said";
  /** Why this one may do nothing at all. */
  readonly barred?: "app" | "deactivated" | "unknown";
}

/** Permissions as the operator configured them. An empty list restricts nobody. */
export interface Policy {
  readonly approvers: readonly string[];
  readonly launchers: readonly string[];
  readonly operators: readonly string[];
  readonly allowSelfApproval: boolean;
  /** Who is in the groups of a form, as Slack has just said. */
  readonly members?: ReadonlyMap<string, readonly string[]>;
}

type Verdict = PersonRefusal | undefined;

/** A list of approvers, launchers or operators may name a user group, `S…`, instead of a person. */
export function isGroup(id: string): boolean {
  return /^S[A-Z0-9]+$/.test(id);
}

export function isAmong(ids: readonly string[], { id, groups = [] }: Pick<Person, "id" | "groups">): boolean {
  return ids.includes(id) || (groups !== "not-said" && groups.some((group) => ids.includes(group)));
}

/** Where Slack does not say who is in a group, nothing is allowed, and the person learns why. */
function unlessAmong(may: readonly string[], who: Person, no: PersonRefusal): Verdict {
  if (isAmong(may, who)) return undefined;
  return who.groups === "not-said" && may.some(isGroup) ? { type: "person-unknown" } : no;
}

/** Other apps, deactivated people, those of other organisations and those whom Slack does not tell of may do nothing. */
export function mayAct(who: Person, team: string): StandingRefusal | undefined {
  if (who.barred === "unknown") return { type: "person-unknown" };
  if (who.barred) return { type: "not-a-person", because: who.barred };
  return who.team === team ? undefined : { type: "other-workspace" };
}

/** On top of that, guests act only on requests of their channels. */
export function mayActOn(c: Customization, who: Person): StandingRefusal | undefined {
  const isOutside = who.guestIn?.includes(c.conversation.channel) === false;
  return mayAct(who, c.conversation.team) ?? (isOutside ? { type: "guest-outside" } : undefined);
}

/** Who may launch. The card shows this same list. */
export function launchersOf(c: Customization, policy: Policy): readonly string[] {
  return policy.launchers.length > 0 ? policy.launchers : [c.requester];
}

/**
 * Whoever was ever its requester, or launched it: they count as its requester when it is decided. Launching again settles
 * somebody else's launch, which approvers may do, too.
 */
export function requestersOf(c: Pick<Customization, "requester" | "formerRequesters" | "history">): readonly string[] {
  const launchers = c.history.flatMap(({ event, by }) =>
    event.type === "launch-agreed" && !event.again && by ? [by] : [],
  );
  return [...new Set([c.requester, ...(c.formerRequesters ?? []), ...launchers])];
}

/** Who may confirm or reject. */
export function decidersOf(c: Customization, policy: Policy): readonly string[] {
  if (policy.allowSelfApproval) return c.approvers;
  const own = requestersOf(c);
  return c.approvers.filter((id) => !own.includes(id));
}

/** Who may cancel, stop following, or say how an unknown launch ended. */
export function cancellersOf(c: Customization, policy: Policy): readonly string[] {
  return [...new Set([c.requester, ...c.approvers, ...policy.operators])];
}

export function mayDropFiles(c: Customization, who: Person): StandingRefusal | undefined {
  return mayActOn(c, who);
}

export function mayLaunch(c: Customization, who: Person, policy: Policy): Verdict {
  const may = launchersOf(c, policy);
  return mayActOn(c, who) ?? unlessAmong(may, who, { type: "may-not-launch", may });
}

export function mayDecide(c: Customization, who: Person, policy: Policy): Verdict {
  const may = decidersOf(c, policy);
  const isRequester = requestersOf(c).includes(who.id);
  const no: PersonRefusal = { type: "may-not-decide", may, isRequester };
  const isOwn = isRequester && !policy.allowSelfApproval;
  return mayActOn(c, who) ?? (isOwn ? no : unlessAmong(may, who, no));
}

export function mayCancel(c: Customization, who: Person, policy: Policy): Verdict {
  const may = cancellersOf(c, policy);
  return mayActOn(c, who) ?? unlessAmong(may, who, { type: "may-not-cancel", may });
}

export function mayRemind(c: Customization, who: Person, policy: Policy): Verdict {
  const may = cancellersOf(c, policy);
  return mayActOn(c, who) ?? unlessAmong(may, who, { type: "may-not-remind", may });
}

/** The two buttons of an unknown launch. */
export function mayResolveLaunch(c: Customization, who: Person, policy: Policy): Verdict {
  const may = cancellersOf(c, policy);
  return mayActOn(c, who) ?? unlessAmong(may, who, { type: "may-not-resolve-launch", may });
}

/** Saying which files count, and which of two roles a video has: the requester is responsible for the material. */
export function mayAnswer(c: Customization, who: Person, policy: Policy): Verdict {
  const may = [...new Set([c.requester, ...policy.operators])];
  return mayActOn(c, who) ?? unlessAmong(may, who, { type: "may-not-answer", may });
}

/** Overriding a warning or choosing the text to read: the requester is responsible for the material. */
export function mayOverride(c: Customization, who: Person): Verdict {
  const may = [c.requester];
  return mayActOn(c, who) ?? unlessAmong(may, who, { type: "may-not-override", may });
}

/** Editing it before Launch, and giving it to another requester. */
export function mayChange(c: Customization, who: Person, policy: Policy): Verdict {
  const may = [...new Set([c.requester, ...policy.operators])];
  return mayActOn(c, who) ?? unlessAmong(may, who, { type: "may-not-change", may });
}

/** Erasing the personal data of a request. */
export function mayErase(c: Customization, who: Person, policy: Policy): Verdict {
  const may = policy.operators;
  return mayActOn(c, who) ?? unlessAmong(may, who, { type: "may-not-erase", may });
}

/** An operator always, the requester before Launch. */
export function mayChangeApprovers(c: Customization, who: Person, policy: Policy): Verdict {
  const may = [...new Set([...(collects(c.state) ? [c.requester] : []), ...policy.operators])];
  return mayActOn(c, who) ?? unlessAmong(may, who, { type: "may-not-replace-approver", may });
}

/** Approvers may also pass their own part to somebody else. */
export function mayReplaceApprover(c: Customization, who: Person, policy: Policy, gone: string): Verdict {
  const isOwnPart = gone === who.id && c.approvers.includes(gone);
  return isOwnPart ? mayActOn(c, who) : mayChangeApprovers(c, who, policy);
}

/** What Slack says now of a request's channel, and of someone in it; `not-said` where it does not answer. */
export interface Sight {
  readonly isPublic?: boolean | "not-said";
  readonly isMember?: boolean | "not-said";
}

/** A fact without which nobody can tell whether someone may see a request. */
export interface MissingFact {
  readonly type: "missing-fact";
  readonly fact: keyof Sight;
}

/**
 * Whether a request exists for someone. For those concerned and for members of its channel it does; for others only while
 * the channel is public, and for guests never.
 * @param known  what Slack has said so far; nothing is asked that is not needed
 */
export function maySee(c: Customization, who: Person, policy: Policy, known: Sight): Verdict | MissingFact {
  const notFound: Verdict = { type: "not-found", id: c.id };
  if (mayAct(who, c.conversation.team)) return notFound;
  if (known.isMember === true) return undefined;
  const mayBePublic = !who.guestIn && c.conversation.visibility !== "direct";
  if (!who.guestIn && isAmong(cancellersOf(c, policy), who)) return undefined;
  if (mayBePublic && known.isPublic === true) return undefined;
  if (mayBePublic && known.isPublic === undefined) return { type: "missing-fact", fact: "isPublic" };
  if (known.isMember === undefined) return { type: "missing-fact", fact: "isMember" };
  const isNotSaid = known.isMember === "not-said" || (mayBePublic && known.isPublic === "not-said");
  return isNotSaid ? { type: "sight-unknown", id: c.id } : notFound;
}

/** Whether a form's approvers are acceptable. A kind without a decision needs none. @param requesters  who may not decide */
export function checkApprovers(
  kind: Kind,
  requesters: readonly string[],
  approvers: readonly string[],
  policy: Policy,
): FieldRefusal | undefined {
  const allowed = policy.approvers;
  const membersOf = (id: string): readonly string[] => policy.members?.get(id) ?? [];
  const isAllowed = (id: string): boolean => allowed.includes(id) || allowed.some((one) => membersOf(one).includes(id));
  if (allowed.length > 0 && !approvers.every(isAllowed)) return { type: "approver-not-allowed", may: allowed };
  if (!kindRow(kind).hasDecision) return undefined;
  if (approvers.length === 0) return { type: "approver-missing" };
  const people = approvers.flatMap((id) => (isGroup(id) ? membersOf(id) : [id]));
  const canDecide = policy.allowSelfApproval || people.some((id) => !requesters.includes(id));
  return canDecide ? undefined : { type: "nobody-can-decide" };
}
