import type { types } from "@slack/bolt";
import type { Policy } from "../../core/approval.ts";
import type { Kind } from "../../core/kinds.ts";
import type { Locale } from "../../core/locale.ts";
import type { Stage } from "../../core/state.ts";
import type { VendorReason } from "../../core/vendor-answer.ts";
import type { StatusText } from "../words/card-words.ts";
import { escapeMrkdwn, md } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { section } from "./blocks.ts";
import { clipMrkdwn, LIMITS } from "./limits.ts";

/** A message in Slack's form; `text` is what screen readers and notifications get. */
export interface CardMessage {
  text: string;
  blocks: types.KnownBlock[];
}

/** What a message depends on apart from the record. */
export interface CardView {
  readonly words: Words;
  readonly policy: Policy;
  /** Absent in production. */
  readonly environment: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  /** How long a stage usually takes, when there is history. */
  readonly usualMs: (kind: Kind, stage: Stage) => number | undefined;
  /** The address of the upload page, if there is one. */
  readonly uploadPage?: string;
  /** What a result code in the record means. */
  readonly vendorReason: (code: string) => VendorReason;
}

/** The view in a language; without one in that of `LOCALE`. */
export type ViewIn = (locale?: Locale) => CardView;

/** Adds the meaning of its result code to a recorded refusal. */
export function withReason<T extends { readonly code: string }>(
  no: T,
  view: Pick<CardView, "vendorReason">,
): T & { readonly reason: VendorReason } {
  return { ...no, reason: view.vendorReason(no.code) };
}

/** A message with one statement. Slack reads `text` as mrkdwn too, so only the blocks mention people: once. */
export function threadMessage(
  statement: StatusText,
  view: Pick<CardView, "words" | "environment">,
  rest: readonly types.KnownBlock[] = [],
): CardMessage {
  const headline = `${view.words.card.tag(view.environment)}${statement.headline}`;
  return {
    text: clipMrkdwn(escapeMrkdwn(headline), LIMITS.messageText),
    blocks: [section(md`*${headline}* ${statement.details}`), ...rest],
  };
}
