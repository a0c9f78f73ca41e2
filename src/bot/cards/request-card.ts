import type { types } from "@slack/bolt";
import type { Customization } from "../../core/customization.ts";
import type { Situation } from "../../core/situation.ts";
import { situationOf } from "../../core/situation.ts";
import { collects, waitsOnPerson } from "../../core/state.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { escapeMrkdwn, joined, lines, md } from "../words/mrkdwn.ts";
import type { ChannelNews } from "../words/notice-words.ts";
import { context, divider, header, section } from "./blocks.ts";
import { cardButtons } from "./card-buttons.ts";
import { clipMrkdwn, LIMITS } from "./limits.ts";
import { materialLines } from "./materials.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage } from "./message.ts";
import { progressLines } from "./progress.ts";

/** An emoji for the situation, which the headline beside it says in words. */
const SIGNS: Readonly<Record<Situation["type"], string>> = {
  "needs-files": ":inbox_tray:",
  "which-file": ":grey_question:",
  questionable: ":warning:",
  "taking-in": ":arrow_up:",
  ready: ":large_green_circle:",
  "out-of-quota": ":warning:",
  "launch-refused": ":warning:",
  launching: ":hourglass_flowing_sand:",
  "launch-lost": ":warning:",
  "name-taken": ":warning:",
  running: ":gear:",
  review: ":eyes:",
  "retrain-refused": ":leftwards_arrow_with_hook:",
  "still-undecided": ":warning:",
  deciding: ":hourglass_flowing_sand:",
  "decision-lost": ":warning:",
  done: ":white_check_mark:",
  failed: ":x:",
  cancelled: ":no_entry_sign:",
  unfollowed: ":no_entry_sign:",
};

/** Lines of a card before its buttons, title and subtitle counted: a phone shows them at once. */
export const MOST_CARD_LINES = { waiting: 6, other: 8 } as const;
/** The title and the line of who may do what. */
const OWN_LINES = 2;

/** A request's card: a pure function of its record and the time. */
export function requestCard(c: Customization, view: CardView): CardMessage {
  const { card } = view.words;
  const title = card.title(c, view.environment);
  const isWaiting = collects(c.state) || waitsOnPerson(c.state);
  const most = (isWaiting ? MOST_CARD_LINES.waiting : MOST_CARD_LINES.other) - OWN_LINES;
  return {
    text: clipMrkdwn(escapeMrkdwn(`${title}: ${card.status(c, view).headline}`), LIMITS.messageText),
    blocks: [
      header(title),
      section(lines(...folded(statusLines(c, view), most))),
      context(card.subtitle(c, view.policy)),
      ...cardButtons(c, view),
    ],
  };
}

/** The headline, and a line for each fact, the most important first. */
export function statusLines(c: Customization, view: CardView): Mrkdwn[] {
  const { card } = view.words;
  const { headline, details } = card.status(c, view);
  const again = view.words.again.links(c);
  const erased = view.words.erase.erased(c);
  const outsiders = card.outsiders(c);
  const left = c.state === "cancelled" ? card.afterCancel(c) : undefined;
  const facts = [
    ...(outsiders ? [outsiders] : []),
    ...(c.state === "done" ? keyLines(c, view) : []),
    ...progressLines(c, view),
    ...(left ? [left] : []),
    ...materialLines(c, view),
    ...(again ? [again] : []),
    ...(erased ? [erased] : []),
  ];
  const sign = { mrkdwn: SIGNS[situationOf(c, view.now).type] };
  return [md`${sign} *${headline}* ${details}`, ...facts].flatMap(({ mrkdwn }) =>
    mrkdwn.split("\n").map((line) => ({ mrkdwn: line.trimEnd() })),
  );
}

/** The most characters of the last line, which has all that there is no line for. */
const LONGEST_REST = 600;

/** Joins what is beyond the limit into the last line. */
function folded(all: readonly Mrkdwn[], most: number): Mrkdwn[] {
  if (all.length <= most) return [...all];
  const rest = joined(all.slice(most - 1), " · ");
  return [...all.slice(0, most - 1), { mrkdwn: clipMrkdwn(rest.mrkdwn, LONGEST_REST) }];
}

/** Tells the requester that the card is out of reach, and is a copy of it until it no longer is. */
export function channelChangedMessage(c: Customization, news: ChannelNews, view: CardView): CardMessage {
  const { closed, visibility } = c.conversation;
  const isStillSo = news === "private" ? visibility === "private" : closed !== undefined;
  const { notices } = view.words;
  if (!isStillSo) return threadMessage(notices.channelOpenAgain(c), view);
  return threadMessage(notices.channelChanged(c, news), view, [divider(), ...requestCard(c, view).blocks]);
}

/** The most keys on a card; the thread's last message and the details have all of them. */
const MOST_KEYS = 3;

function keyLines(c: Customization, view: CardView): Mrkdwn[] {
  const keys = view.words.card.assetKeys(c);
  const rest = keys.length - MOST_KEYS;
  return rest > 0 ? [...keys.slice(0, MOST_KEYS), view.words.card.more(rest)] : keys;
}

const MOST_KEYS_TOLD = 200;
/** Keys of several assets share a section, well below Slack's limit for one. */
const PACK_CHARACTERS = 2_400;

/** The keys of the account's new assets, ready to copy. */
export function keyBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  const keys = view.words.card.assetKeys(c);
  const rest = keys.length - MOST_KEYS_TOLD;
  const texts = packed(keys.slice(0, MOST_KEYS_TOLD));
  return [...texts, ...(rest > 0 ? [view.words.card.more(rest)] : [])].map((text) => section(text));
}

/** Joins texts to as few as fit: a message has fifty blocks at most. */
export function packed(texts: readonly Mrkdwn[]): Mrkdwn[] {
  const packs: Mrkdwn[] = [];
  for (const text of texts) {
    const last = packs.at(-1);
    const fits = last && last.mrkdwn.length + text.mrkdwn.length < PACK_CHARACTERS;
    if (fits) packs[packs.length - 1] = lines(last, text);
    else packs.push(text);
  }
  return packs;
}
