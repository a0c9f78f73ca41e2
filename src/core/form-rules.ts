import type { Policy } from "./approval.ts";
import { checkApprovers } from "./approval.ts";
import type { Language } from "./check-ports.ts";
import type { Kind, Option } from "./kinds.ts";
import { kindRow, OPTIONS } from "./kinds.ts";
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

/** What the form collects. */
export interface RequestInput {
  readonly kind: Kind;
  readonly name: string;
  readonly sex: "MALE" | "FEMALE";
  readonly notes?: string;
  readonly demoText?: string;
  readonly background?: "green" | "white";
  readonly photoVersion?: 0 | 1;
  /** What a voice speaks; the vendor takes Chinese by default. */
  readonly language?: Language;
  /** The text that a basic voice's recording reads, to measure its accuracy. */
  readonly referenceText?: string;
  readonly approvers: readonly string[];
}

/** The vendor's limits, in characters. @see docs/tencent-api.md §3 (vendor page 62060) */
export const TEXT_LIMITS = {
  name: { low: 2, high: 50 },
  notes: { high: 100 },
  demoText: { low: 4, high: 1000 },
  /** Our own limit: the vendor publishes none. */
  referenceText: { high: 2000 },
  reason: { high: 300 },
} as const;

const NAME = /^[\p{Script=Han}A-Za-z0-9_-]+$/u;

/** Everything that is wrong with a form, by field. Whether the name is in use is for the store to say. */
export function checkInput(
  input: RequestInput,
  requester: string,
  policy: Policy,
): Partial<Record<FormField, FieldRefusal>> {
  const wrong: Partial<Record<FormField, FieldRefusal>> = optionsNotForKind(input);
  const nameLength = [...input.name].length;
  const { name, notes, demoText } = TEXT_LIMITS;
  if (!NAME.test(input.name) || nameLength < name.low || nameLength > name.high) wrong.name = { type: "name-rule" };
  if (input.notes && input.notes.length > notes.high) {
    wrong.notes = { type: "notes-too-long", length: input.notes.length, limit: notes.high };
  }
  if (input.demoText && (input.demoText.length < demoText.low || input.demoText.length > demoText.high)) {
    wrong.demoText = { type: "demo-text-length", length: input.demoText.length, ...demoText };
  }
  const approvers = checkApprovers(input.kind, [requester], input.approvers, policy);
  if (approvers) wrong.approvers = approvers;
  return wrong;
}

const OPTION_FIELDS = {
  background: "background",
  "photo-version": "photoVersion",
  language: "language",
  "reference-text": "referenceText",
} as const satisfies Readonly<Record<Option, FormField>>;

function optionsNotForKind(input: RequestInput): Partial<Record<FormField, FieldRefusal>> {
  const { takes } = kindRow(input.kind);
  const wrong = OPTIONS.filter((option) => isGiven(input[OPTION_FIELDS[option]]) && !takes.includes(option));
  const refusal: FieldRefusal = { type: "not-for-kind", kind: input.kind };
  return Object.fromEntries(wrong.map((option) => [OPTION_FIELDS[option], refusal]));
}

function isGiven(value: string | number | undefined): boolean {
  return value !== undefined && value !== "";
}

/** Checks a rejection's reason. Its length is in UTF-16 units, the strictest way the vendor may count. */
export function checkReason(reason: string): FieldRefusal | undefined {
  if (reason.trim() === "") return { type: "reason-missing" };
  const { high } = TEXT_LIMITS.reason;
  return reason.length > high ? { type: "reason-too-long", length: reason.length, limit: high } : undefined;
}
