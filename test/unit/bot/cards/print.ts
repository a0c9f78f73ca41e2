import { expect } from "vitest";
import { z } from "zod";
import type { Block } from "../../../../sandbox/slack/blocks.ts";
import { readBlocks } from "../../../../sandbox/slack/blocks.ts";
import { fitMessage, textLength } from "../../../../src/bot/cards/fit-message.ts";
import { LIMITS } from "../../../../src/bot/cards/limits.ts";
import type { CardMessage } from "../../../../src/bot/cards/message.ts";
import { en } from "../../../../src/bot/words/en.ts";
import { beyondLimits } from "../../../fixtures/slack-block-limits.ts";

/** A message as text, everything in it included, after Slack's own rules have been held to it. */
export function print(whole: CardMessage): string {
  const message = fitMessage(whole, en);
  expect(textLength(message)).toBeLessThanOrEqual(11_000);
  expect(beyondLimits(message)).toEqual([]);
  expect(message.text.length).toBeGreaterThan(0);
  expect(message.text.length).toBeLessThanOrEqual(LIMITS.messageText);
  return [`text: ${message.text}`, ...printBlocks(message.blocks)].join("\n");
}

export function printBlocks(blocks: unknown): string[] {
  return readBlocks(structuredClone(blocks), "/blocks", LIMITS.messageBlocks).map(printBlock);
}

function printBlock(block: Block): string {
  switch (block.type) {
    case "header":
      return `# ${block.text.text}`;
    case "divider":
      return "----";
    case "section":
      return [block.text?.text, ...(block.accessory ? [printButton(block.accessory)] : [])].join("\n");
    case "context":
      return block.elements.map((element) => `~ ${"text" in element ? element.text : "image"}`).join("\n");
    case "actions":
      return block.elements.map(printButton).join("\n");
    default:
      throw new Error(`a message with a ${block.type}`);
  }
}

const button = z.object({
  text: z.object({ text: z.string() }),
  action_id: z.string(),
  value: z.string(),
  style: z.string().optional(),
  confirm: z
    .object({
      title: z.object({ text: z.string() }),
      text: z.object({ text: z.string() }),
      confirm: z.object({ text: z.string() }),
      deny: z.object({ text: z.string() }),
    })
    .optional(),
});

function printButton(element: unknown): string {
  const { text, action_id, value, style, confirm } = button.parse(element);
  const asks = confirm
    ? `\n   ${confirm.title.text} ${confirm.text.text} (${confirm.confirm.text} | ${confirm.deny.text})`
    : "";
  return `[${text.text}] ${style ? `${style} ` : ""}${action_id} ${value}${asks}`;
}

/** The labels of a message's buttons. */
export function labels(message: CardMessage): string[] {
  return buttonsOf(message).map((element) => element.text.text);
}

export function buttonsOf(message: CardMessage): z.infer<typeof button>[] {
  return message.blocks.flatMap((block) => {
    if (block.type === "actions") return block.elements.map((element) => button.parse(element));
    return block.type === "section" && block.accessory ? [button.parse(block.accessory)] : [];
  });
}

/** What stands in the place of the buttons, once everything before it is found unchanged. */
export function outcome(pending: CardMessage, settled: CardMessage): string {
  const kept = pending.blocks.filter((block) => block.type !== "actions");
  expect(settled.blocks.slice(0, kept.length)).toEqual(kept);
  expect(settled.text).toBe(pending.text);
  expect(labels(settled)).toEqual([]);
  return printBlocks(settled.blocks.slice(kept.length)).join("\n");
}
