import type { Block } from "../../slack/blocks.ts";
import type { SlackMessage } from "../../slack/messages.ts";
import type { PageChannel, PagePerson } from "../contract.ts";
import { channelTimeline, isReply } from "./timeline.ts";

/** A message that waits for somebody: it has buttons and names them. */
export interface Waiting {
  readonly channelId: string;
  readonly rootTs: string;
  readonly ts: string;
  readonly button: string;
}

/** What waits for this person, oldest first. */
export function waitingFor(personId: string, channels: readonly PageChannel[], botUserId: string): Waiting[] {
  return channels
    .filter((channel) => channel.members.includes(personId))
    .flatMap((channel) =>
      channel.messages.flatMap((message) => {
        const button = message.user === botUserId ? buttonFor(personId, message) : undefined;
        if (button === undefined) return [];
        return [{ channelId: channel.id, rootTs: message.thread_ts ?? message.ts, ts: message.ts, button }];
      }),
    );
}

/** A card names who may press a button in the line that names the button; a reply names them first. */
function buttonFor(personId: string, message: SlackMessage): string | undefined {
  const blocks = message.blocks ?? [];
  const buttons = blocks.flatMap(buttonsOf);
  const main = buttons.find(({ style }) => style === "primary");
  const texts = blocks.flatMap(textsOf);
  if (main) {
    const rule = texts.flatMap((text) => text.split("\n")).find((line) => line.includes(`_${main.label}_`));
    return names(rule ?? texts[0], personId) ? main.label : undefined;
  }
  const other = isReply(message) ? buttons.find(({ style }) => style !== "danger") : undefined;
  return other && names(texts[0], personId) ? other.label : undefined;
}

function names(text: string | undefined, personId: string): boolean {
  return text?.includes(`<@${personId}>`) ?? false;
}

function buttonsOf(block: Block): { label: string; style: string | undefined }[] {
  if (block.type !== "actions") return [];
  return block.elements.flatMap((e) => (e.type === "button" ? [{ label: e.text.text, style: e.style }] : []));
}

export function textsOf(block: Block): string[] {
  if (block.type === "section") return block.text ? [block.text.text] : [];
  if (block.type === "context") return block.elements.flatMap((e) => (e.type === "image" ? [] : [e.text]));
  return [];
}

/** The newest message in a channel that this person sees and did not write. */
export function newestFor(person: PagePerson, channel: PageChannel): string | undefined {
  const seen = channelTimeline(channel, person.privates);
  return seen.findLast((row) => row.type === "private" || row.message.user !== person.id)?.ts;
}
