import type { Policy } from "./approval.ts";
import { checkApprovers } from "./approval.ts";
import type { Language } from "./check-ports.ts";
import type { Kind } from "./kinds.ts";
import { kindRow } from "./kinds.ts";
import type { FieldRefusal } from "./refusal.ts";

export type FormField =
  | "kind"
  | "name"
  | "sex"
  | "notes"
  | "demoText"
  | "approvers"
  | "background"
  | "photoVersion"
  | "language"
  | "referenceText"
  | "channel";

/** What a person asks for. */
export interface RequestInput {
  readonly kind: Kind;
  readonly name: string;
  readonly sex: "MALE" | "FEMALE";
  readonly notes?: string;
  readonly demoText?: string;
  readonly background?: "green" | "white";
  readonly photoVersion?: 0 | 1;
  /** What an ultra-fast voice speaks; Chinese unless told. */
  readonly language?: Language;
  /** What the recording of a basic voice says, for its text accuracy. */
  readonly referenceText?: string;
  readonly approvers: readonly string[];
}

/** The vendor's limits, in characters. @see docs/tencent-api.md §3 (vendor page 62060) */
export const TEXT_LIMITS = {
  name: { low: 2, high: 50 },
  notes: { high: 100 },
  demoText: { low: 4, high: 1000 },
  /** Not published: what the record keeps. */
  referenceText: { high: 2000 },
  reason: { high: 300 },
} as const;

const NAME = /^[\p{Script=Han}A-Za-z0-9_-]+$/u;

/** Everything that is wrong with a form, each beside its field. Whether the name is in use is the store's to say. */
export function checkWish(
  wish: RequestInput,
  requester: string,
  policy: Policy,
): Partial<Record<FormField, FieldRefusal>> {
  const wrong: Partial<Record<FormField, FieldRefusal>> = {};
  const nameLength = [...wish.name].length;
  const { name, notes, demoText } = TEXT_LIMITS;
  if (!NAME.test(wish.name) || nameLength < name.low || nameLength > name.high) wrong.name = { type: "name-rule" };
  if (wish.notes && wish.notes.length > notes.high) {
    wrong.notes = { type: "notes-too-long", length: wish.notes.length, limit: notes.high };
  }
  if (wish.demoText && (wish.demoText.length < demoText.low || wish.demoText.length > demoText.high)) {
    wrong.demoText = { type: "demo-text-length", length: wish.demoText.length, ...demoText };
  }
  const row = kindRow(wish.kind);
  if (wish.background && !row.takes.includes("background"))
    wrong.background = { type: "not-for-kind", kind: wish.kind };
  if (wish.photoVersion !== undefined && !row.takes.includes("photo-version")) {
    wrong.photoVersion = { type: "not-for-kind", kind: wish.kind };
  }
  if (wish.language && !row.takes.includes("language")) wrong.language = { type: "not-for-kind", kind: wish.kind };
  if (wish.referenceText && !row.takes.includes("reference-text")) {
    wrong.referenceText = { type: "not-for-kind", kind: wish.kind };
  }
  const approvers = checkApprovers(wish.kind, requester, wish.approvers, policy);
  if (approvers) wrong.approvers = approvers;
  return wrong;
}

/** A reason for a rejection: counted as the vendor may count, in UTF-16 units. */
export function checkReason(reason: string): FieldRefusal | undefined {
  if (reason.trim() === "") return { type: "reason-missing" };
  const { high } = TEXT_LIMITS.reason;
  return reason.length > high ? { type: "reason-too-long", length: reason.length, limit: high } : undefined;
}
