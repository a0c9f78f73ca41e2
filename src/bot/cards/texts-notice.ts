import type { types } from "@slack/bolt";
import type { Customization } from "../../core/customization.ts";
import { collects } from "../../core/state.ts";
import { blockQuoted } from "../words/mrkdwn.ts";
import { actions, button, context, section } from "./blocks.ts";
import { LONGEST_TEXT_ID } from "./button.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage } from "./message.ts";

/** The most texts in a message: one is enough. */
const MOST_TEXTS = 8;
/** With room for its escapes, in a section of 3,000 characters. */
const LONGEST_TEXT = 2000;

/** What an ultra-fast voice reads aloud: one text is marked, a button marks another. */
export function textsMessage(c: Customization, view: CardView): CardMessage {
  const { notices } = view.words;
  const isOpen = collects(c.state) && textsOf(c).length > 1;
  return threadMessage(notices.texts(c), view, [
    ...textsOf(c).flatMap((text) => textBlocks(c, text, view)),
    ...(isOpen ? [context(notices.mayChoose)] : []),
  ]);
}

type Text = NonNullable<Customization["texts"]>[number];

/** Each text once, always with the marked one. */
function textsOf(c: Customization): Text[] {
  const texts = (c.texts ?? []).filter((text, i, all) => all.findIndex((other) => other.id === text.id) === i);
  const chosen = markedText(c);
  const shown = texts.slice(0, MOST_TEXTS);
  return chosen && !shown.includes(chosen) ? [...shown.slice(1), chosen] : shown;
}

/** The text that a recording is compared with: the first unless another was chosen. */
export function markedText(c: Customization): Text | undefined {
  return c.texts?.find((text) => text.id === c.chosenText) ?? c.texts?.[0];
}

export function textQuote(text: Text): types.SectionBlock {
  return section(blockQuoted(text.text, LONGEST_TEXT));
}

function textBlocks(c: Customization, text: Text, { words }: CardView): types.KnownBlock[] {
  const quote = textQuote(text);
  if (markedText(c)?.id === text.id) {
    const line = c.history.findLast(({ event }) => event.type === "text-chosen" && event.text === text.id);
    return [quote, context(words.notices.textChosen(line?.by, line?.at))];
  }
  const canChoose = collects(c.state) && text.id.length <= LONGEST_TEXT_ID;
  const choose = button(words.labels.readThis, { type: "choose-text", id: c.id, text: text.id });
  return [quote, ...(canChoose ? actions(choose) : [])];
}
