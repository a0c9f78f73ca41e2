import type { types } from "@slack/bolt";
import type { Words } from "../words/words.ts";
import { context } from "./blocks.ts";
import { clipMrkdwn, LIMITS } from "./limits.ts";
import type { CardMessage } from "./message.ts";

/**
 * A message that Slack takes whole: where all its text together is too much, its longest texts are cut to one length,
 * and a last line says where the rest is.
 */
export function fitMessage(message: CardMessage, words: Pick<Words, "answers">): CardMessage {
  if (textLength(message) <= LIMITS.messageAllText) return message;
  const pointer = context(words.answers.restInHistory);
  const blocks = [...message.blocks.slice(0, LIMITS.messageBlocks - 1), pointer];
  const lengths = blocks.flatMap(textsIn).map((text) => text.length);
  const fixed = textLength({ text: message.text, blocks }) - sum(lengths);
  const longest = longestThatFits(lengths, LIMITS.messageAllText - fixed);
  return { text: message.text, blocks: blocks.map((block) => shortened(block, longest)) };
}

/** Everything that is written in a message, labels and dialogs included; Slack does not say what it counts. */
export function textLength(message: unknown): number {
  if (Array.isArray(message)) return sum(message.map(textLength));
  if (typeof message !== "object" || message === null) return 0;
  return sum(
    Object.entries(message).map(([key, part]) =>
      key === "text" && typeof part === "string" ? part.length : textLength(part),
    ),
  );
}

/** The texts that may be cut. */
function textsIn(block: types.KnownBlock): string[] {
  if (block.type === "section") return block.text ? [block.text.text] : [];
  return block.type === "context" ? block.elements.flatMap((part) => ("text" in part ? [part.text] : [])) : [];
}

/** Cutting all texts to this length makes them fit together. */
function longestThatFits(lengths: readonly number[], room: number): number {
  const sorted = lengths.toSorted((a, b) => a - b);
  let left = room;
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (length > share) return share;
    left -= length;
  }
  return room;
}

function shortened(block: types.KnownBlock, longest: number): types.KnownBlock {
  if (block.type === "section" && block.text) return { ...block, text: cutTo(block.text, longest) };
  if (block.type !== "context") return block;
  return { ...block, elements: block.elements.map((part) => ("text" in part ? cutTo(part, longest) : part)) };
}

function cutTo<T extends { readonly text: string }>(part: T, longest: number): T {
  return { ...part, text: clipMrkdwn(part.text, longest) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
