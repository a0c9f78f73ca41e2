import { offerToNewcomer } from "./apply-poll.ts";
import type { Policy } from "./approval.ts";
import { checkApprovers, decidersOf, isGroup, requestersOf } from "./approval.ts";
import type { Customization } from "./customization.ts";
import type { FormField, RequestInput } from "./form-rules.ts";
import { checkInput } from "./form-rules.ts";
import { EDITED_FIELDS } from "./history.ts";
import { inspectAgain } from "./inspect-again.ts";
import { kindRow } from "./kinds.ts";
import { addNotice, lastRound, note } from "./record.ts";
import type { FieldRefusal, Refusal } from "./refusal.ts";
import { collects, isOver } from "./state.ts";

/** What *Edit…* asks for. */
export type RequestEdit = Pick<
  RequestInput,
  "name" | "notes" | "demoText" | "language" | "referenceText" | "approvers"
>;

/** Who does it, and when. */
interface Act {
  readonly by: string;
  readonly at: number;
}

/** Why nothing about a request may be changed now. */
export function cannotChange(c: Customization): Refusal | undefined {
  if (isOver(c.state)) return { type: "already-over", state: c.state };
  if (c.state !== "launching" && c.state !== "deciding") return undefined;
  return { type: "busy", by: c.claim?.by ?? c.requester, doing: c.state };
}

/** Why its name and texts may not be changed any more. */
export function cannotEdit(c: Customization): Refusal | undefined {
  return cannotChange(c) ?? (collects(c.state) ? undefined : { type: "not-editable" });
}

/** What is wrong with an edit, by field: the rules of the form hold. */
export function checkEdit(
  c: Customization,
  edit: RequestEdit,
  policy: Policy,
): Partial<Record<FormField, FieldRefusal>> {
  const { approvers: _own, ...wrong } = checkInput({ kind: c.kind, sex: c.sex, ...edit }, c.requester, policy);
  const approvers = checkApprovers(c.kind, requestersOf(c), edit.approvers, policy);
  return approvers ? { ...wrong, approvers } : wrong;
}

/** An edit as a new revision, so that Launch buttons from before do nothing. @returns the same record if nothing differs */
export function withEdit(c: Customization, edit: RequestEdit, act: Act): Customization {
  const fields = EDITED_FIELDS.filter((field) => (c[field] ?? "") !== (edit[field] ?? ""));
  const changed = fields.length === 0 ? c : withTexts(c, edit, fields, act);
  const next = withApprovers(changed, edit.approvers, act);
  if (next === c) return c;
  return addNotice({ ...next, revision: next.revision + 1 }, act.at, `edited-${act.at}`, { type: "card" });
}

type EditedField = (typeof EDITED_FIELDS)[number];

function withTexts(
  c: Customization,
  edit: RequestEdit,
  fields: readonly EditedField[],
  { by, at }: Act,
): Customization {
  const { notes: _notes, demoText: _demoText, language: _language, referenceText: _referenceText, ...kept } = c;
  const { name, notes, demoText, language, referenceText } = edit;
  const given = {
    name,
    ...(notes && { notes }),
    ...(demoText && { demoText }),
    ...(language && { language }),
    ...(referenceText && { referenceText }),
  };
  const edited = note({ ...kept, ...given }, at, { type: "edited", fields: [...fields] }, by);
  const isSpoken = fields.includes("language") || fields.includes("referenceText");
  if (!isSpoken) return edited;
  const isRead = kindRow(c.kind).speech === "reading";
  return inspectAgain(isRead ? withoutTexts(edited, at) : edited, at);
}

/** The texts to read are in the old language: the thread hands out new ones. */
function withoutTexts(c: Customization, at: number): Customization {
  const { texts: _texts, chosenText: _chosen, ...kept } = c;
  const outbox = c.outbox.filter(({ content }) => content.type !== "texts");
  return addNotice({ ...kept, outbox }, at, `texts-${at}`, { type: "texts" });
}

/** Other approvers; those who are new are told. @returns the same record if they are the same people */
export function withApprovers(c: Customization, wanted: readonly string[], act: Act): Customization {
  const approvers = [...new Set(wanted)];
  const added = approvers.filter((id) => !c.approvers.includes(id));
  const gone = c.approvers.filter((id) => !approvers.includes(id));
  if (added.length === 0 && gone.length === 0) return c;
  const noted = note({ ...c, approvers }, act.at, { type: "approvers-changed", added, gone }, act.by);
  const shown = addNotice(noted, act.at, `approvers-${act.at}`, { type: "card" });
  return added.reduce((next, to) => tellNewApprover(next, to, act), shown);
}

/** By the demo that waits, if there is one. */
export function tellNewApprover(c: Customization, to: string, { by, at }: Act): Customization {
  // The thread's message mentions a group.
  if (isGroup(to)) return c;
  if (c.state === "awaiting-decision" || c.state === "decision-unknown") {
    return lastRound(c) ? offerToNewcomer(c, to, at) : c;
  }
  return to === by ? c : addNotice(c, at, `approver-${to}-${at}`, { type: "approver-added", to, by });
}

/** All of them are kept, because none of them may decide. */
const MOST_FORMER = 40;

/** A new requester; the thread tells them. The yes to files of others was the old one's, and ends. */
export function withOwner(c: Customization, to: string, { by, at }: Act, policy: Policy): Customization | Refusal {
  const { trusted: _trusted, ...kept } = c;
  const { requester: from } = c;
  if (to === from) return { type: "owner-already", user: to };
  const former = [...new Set([...(c.formerRequesters ?? []), from])];
  if (former.length > MOST_FORMER) return { type: "too-many-owners", limit: MOST_FORMER };
  const next: Customization = { ...kept, requester: to, formerRequesters: former };
  if (kindRow(c.kind).hasDecision && decidersOf(next, policy).length === 0) {
    return { type: "owner-only-approver", user: to };
  }
  const noted = note(next, at, { type: "owner-changed", from, to }, by);
  return addNotice(noted, at, `owner-${at}`, { type: "owner-changed", from, to, by });
}
