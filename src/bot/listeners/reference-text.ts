import type { SlackMessage } from "../slack/messages.ts";

/** `text: …`, also with a full-width colon and over several lines. */
const REFERENCE_TEXT = /^\s*text\s*[:\uFF1A]\s*(\S[\s\S]*)$/i;

/** The reference text in a person's message; undefined for other messages, and for those of bots. */
export function referenceTextIn(message: SlackMessage): string | undefined {
  if (!message.user || message.bot_id) return undefined;
  return REFERENCE_TEXT.exec(asTyped(message.text ?? ""))?.[1]?.trim();
}

/** Turns Slack's mrkdwn back into what was typed: links and mentions into their labels, entities into characters. */
function asTyped(text: string): string {
  return text
    .replace(/<(?:[^<>|]*\|)?([^<>|]*)>/g, "$1")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
