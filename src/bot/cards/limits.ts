import { cut } from "../words/mrkdwn.ts";

/** Slack's size limits, in characters unless said otherwise. @see https://docs.slack.dev/reference/block-kit/blocks */
export const LIMITS = {
  messageBlocks: 50,
  /** `chat.update` refuses more as `msg_too_long`. */
  messageText: 4000,
  /** All text of a message together: Slack refuses more as `msg_blocks_too_long`, somewhere above this. */
  messageAllText: 11_000,
  sectionText: 3000,
  /** Slack publishes no limit for context; this is that of a section's fields. */
  contextText: 2000,
  contextElements: 10,
  headerText: 150,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  actionId: 255,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
  inputLabel: 2000,
  inputHint: 2000,
  placeholder: 150,
  optionText: 75,
  /** Of one list. */
  options: 100,
  plainInput: 3000,
} as const;

/** Cuts plain text to a limit, with an ellipsis. */
export function clip(text: string, max: number): string {
  return text.length <= max ? text : `${cut(text, max - 1)}…`;
}

/** Cuts mrkdwn to a limit, never inside a mention, link, date or entity. */
export function clipMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text;
  const room = cut(text, max - 1 - FENCE_END.length);
  const whole = room.replace(/<[^<>]*$/, "").replace(/&[a-z]*$|`+$/, "");
  if (isOdd(whole.split("```").length - 1)) return `${whole}…${FENCE_END}`;
  const lastLine = whole.slice(whole.lastIndexOf("\n") + 1).replaceAll("```", "");
  const closed = isOdd(lastLine.split("`").length - 1) ? whole.slice(0, whole.lastIndexOf("`")) : whole;
  return `${closed}…`;
}

const FENCE_END = "\n```";

function isOdd(count: number): boolean {
  return count % 2 === 1;
}
