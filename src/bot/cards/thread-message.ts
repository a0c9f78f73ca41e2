import type { types } from "@slack/bolt";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { md } from "../words/mrkdwn.ts";
import type { Standing } from "../words/words.ts";
import { section } from "./blocks.ts";
import { clip, LIMITS } from "./limits.ts";
import type { CardMessage, CardView } from "./message.ts";

/** A message that says one thing. Its `text` mentions nobody: the blocks do, once. */
export function threadMessage(
  said: Standing,
  view: Pick<CardView, "words" | "environment">,
  rest: readonly types.KnownBlock[] = [],
): CardMessage {
  const headline = `${view.words.card.tag(view.environment)}${said.headline}`;
  return {
    text: clip(plainText(headline), LIMITS.messageText),
    blocks: [section(md`*${headline}* ${said.details}`), ...rest],
  };
}

/** `text` is mrkdwn for Slack too. */
function plainText(text: string): string {
  const escaped: Mrkdwn = md`${text}`;
  return escaped.mrkdwn;
}
