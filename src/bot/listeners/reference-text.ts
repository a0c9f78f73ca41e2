import type { SlackMessage } from "../slack/messages.ts";

/** `text: what is said`, also with a full-width colon and over several lines. */
const SAID = /^\s*text\s*[:\uFF1A]\s*(\S[\s\S]*)$/i;

/** What somebody says that a recording says; undefined for every other message, and for those of bots. */
export function referenceTextIn(message: SlackMessage): string | undefined {
  if (!message.user || message.bot_id) return undefined;
  const said = SAID.exec(asTyped(message.text ?? ""))?.[1];
  return said?.trim();
}

/** Slack's mrkdwn as it was typed: links and mentions are their words, entities the characters. */
function asTyped(text: string): string {
  return text
    .replace(/<(?:[^<>|]*\|)?([^<>|]*)>/g, "$1")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
