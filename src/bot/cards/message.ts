import type { types } from "@slack/bolt";
import type { Policy } from "../../core/approval.ts";
import type { Kind } from "../../core/kinds.ts";
import type { Stage } from "../../core/stage.ts";
import type { Standing } from "../words/card-words.ts";
import { escapeMrkdwn, md } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { section } from "./blocks.ts";
import { clipMrkdwn, LIMITS } from "./limits.ts";

/** A message as Slack takes it; `text` is what screen readers and notifications get. */
export interface CardMessage {
  text: string;
  blocks: types.KnownBlock[];
}

/** What a message depends on besides the record. */
export interface CardView {
  readonly words: Words;
  readonly policy: Policy;
  /** Absent in production. */
  readonly environment: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  /** How long a stage usually takes, when there is history. */
  readonly usualMs: (kind: Kind, stage: Stage) => number | undefined;
}

/** A message that says one thing. Its `text`, which Slack reads as mrkdwn too, mentions nobody: the blocks do, once. */
export function threadMessage(
  said: Standing,
  view: Pick<CardView, "words" | "environment">,
  rest: readonly types.KnownBlock[] = [],
): CardMessage {
  const headline = `${view.words.card.tag(view.environment)}${said.headline}`;
  return {
    text: clipMrkdwn(escapeMrkdwn(headline), LIMITS.messageText),
    blocks: [section(md`*${headline}* ${said.details}`), ...rest],
  };
}
