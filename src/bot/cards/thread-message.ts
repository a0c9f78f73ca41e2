import type { types } from "@slack/bolt";
import type { Standing } from "../words/card-words.ts";
import { escapeMrkdwn, md } from "../words/mrkdwn.ts";
import { section } from "./blocks.ts";
import { clipMrkdwn, LIMITS } from "./limits.ts";
import type { CardMessage, CardView } from "./message.ts";

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
