import type { Customization } from "./customization.ts";
import type { Kind } from "./kinds.ts";
import { kindRow } from "./kinds.ts";
import type { FieldRefusal, PersonRefusal, StandingRefusal } from "./refusal.ts";

/** Someone who acts, as Slack knows them now. */
export interface Person {
  readonly id: string;
  /** This bot's own workspace for every colleague, whatever home workspace Slack names. */
  readonly team: string;
  /** Only for guests: the channels that they are known to be in. They may act on requests of these alone. */
  readonly guestIn?: readonly string[];
  /** Why this one may do nothing at all. */
  readonly barred?: "app" | "deactivated" | "unknown";
}

/** Permissions as the operator configured them. An empty list restricts nobody. */
export interface Policy {
  readonly approvers: readonly string[];
  readonly launchers: readonly string[];
  readonly operators: readonly string[];
  readonly allowSelfApproval: boolean;
}

type Verdict = PersonRefusal | undefined;

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

/** Who may confirm or reject. */
export function decidersOf(c: Customization, policy: Policy): readonly string[] {
  return policy.allowSelfApproval ? c.approvers : c.approvers.filter((id) => id !== c.requester);
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
  return mayActOn(c, who) ?? (may.includes(who.id) ? undefined : { type: "may-not-launch", may });
}

export function mayDecide(c: Customization, who: Person, policy: Policy): Verdict {
  const may = decidersOf(c, policy);
  const no: Verdict = { type: "may-not-decide", may, isRequester: who.id === c.requester };
  return mayActOn(c, who) ?? (may.includes(who.id) ? undefined : no);
}

export function mayCancel(c: Customization, who: Person, policy: Policy): Verdict {
  const may = cancellersOf(c, policy);
  return mayActOn(c, who) ?? (may.includes(who.id) ? undefined : { type: "may-not-cancel", may });
}

/** The two buttons of an unknown launch. */
export function mayResolveLaunch(c: Customization, who: Person, policy: Policy): Verdict {
  const may = cancellersOf(c, policy);
  return mayActOn(c, who) ?? (may.includes(who.id) ? undefined : { type: "may-not-resolve-launch", may });
}

/** Answering which of two roles a video has is for its uploader and the requester. */
export function mayAnswer(c: Customization, who: Person, droppedBy: string): Verdict {
  const may = [...new Set([droppedBy, c.requester])];
  return mayActOn(c, who) ?? (may.includes(who.id) ? undefined : { type: "may-not-answer", may });
}

/** Overriding a warning or choosing the text to read: the requester is responsible for the material. */
export function mayOverride(c: Customization, who: Person): Verdict {
  const may = [c.requester];
  return mayActOn(c, who) ?? (may.includes(who.id) ? undefined : { type: "may-not-override", may });
}

export function mayReplaceApprover(c: Customization, who: Person, policy: Policy): Verdict {
  const may = policy.operators;
  return mayActOn(c, who) ?? (may.includes(who.id) ? undefined : { type: "may-not-replace-approver", may });
}

/**
 * Whether a request exists for someone: one of a private channel or a direct message does only for those concerned, and
 * for guests those of their channels alone do.
 * @param inChannel  whether the person is a member of the request's channel
 */
export function maySee(c: Customization, who: Person, policy: Policy, inChannel: boolean): Verdict {
  const concerned = cancellersOf(c, policy).includes(who.id) || inChannel;
  const shown = who.guestIn ? inChannel : c.conversation.visibility === "public" || concerned;
  return shown && !mayAct(who, c.conversation.team) ? undefined : { type: "not-found", id: c.id };
}

/** Whether a request may be named to someone who acts in a channel, and so is a member of it. */
export function isSeenFrom(c: Customization, who: Person, channel: string, policy: Policy): boolean {
  return maySee(c, who, policy, c.conversation.channel === channel) === undefined;
}

/** Whether a form's approvers are acceptable. A kind without a decision needs none. */
export function checkApprovers(
  kind: Kind,
  requester: string,
  approvers: readonly string[],
  policy: Policy,
): FieldRefusal | undefined {
  const allowed = policy.approvers;
  if (allowed.length > 0 && approvers.some((id) => !allowed.includes(id))) {
    return { type: "approver-not-allowed", may: allowed };
  }
  if (!kindRow(kind).hasDecision) return undefined;
  if (approvers.length === 0) return { type: "approver-missing" };
  const canDecide = policy.allowSelfApproval || approvers.some((id) => id !== requester);
  return canDecide ? undefined : { type: "nobody-can-decide" };
}
