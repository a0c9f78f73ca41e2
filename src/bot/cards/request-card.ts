import type { types } from "@slack/bolt";
import type { Customization } from "../../core/customization.ts";
import type { State } from "../../core/state.ts";
import { canMove, collects } from "../../core/state.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { escapeMrkdwn, lines } from "../words/mrkdwn.ts";
import type { ChannelNews } from "../words/notice-words.ts";
import { actions, button, context, divider, header, section } from "./blocks.ts";
import { clipMrkdwn, LIMITS } from "./limits.ts";
import { materialBlocks } from "./materials.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage, withReason } from "./message.ts";
import { progressBlocks } from "./progress.ts";

/** An emoji for the state, which the headline beside it says in words. */
const SIGNS: Readonly<Record<State, string>> = {
  collecting: ":inbox_tray:",
  ready: ":large_green_circle:",
  launching: ":hourglass_flowing_sand:",
  "launch-unknown": ":warning:",
  running: ":gear:",
  "awaiting-decision": ":eyes:",
  deciding: ":hourglass_flowing_sand:",
  "decision-unknown": ":warning:",
  done: ":white_check_mark:",
  failed: ":x:",
  cancelled: ":no_entry_sign:",
};

/** A request's card: a pure function of its record and the time. */
export function requestCard(c: Customization, view: CardView): CardMessage {
  const { card } = view.words;
  const title = card.title(c, view.environment);
  const { headline, details } = card.status(c, view);
  return {
    text: clipMrkdwn(escapeMrkdwn(`${title}: ${headline}`), LIMITS.messageText),
    blocks: [
      header(title),
      context(card.subtitle(c)),
      ...optional(card.outsiders(c), (text) => context(text)),
      section(lines({ mrkdwn: `${SIGNS[c.state]} *${headline}*` }, details)),
      ...optional(lastRefusal(c, view), (text) => context(text)),
      ...(c.state === "done" ? assetBlocks(c, view) : []),
      ...progressBlocks(c, view),
      divider(),
      ...materialBlocks(c, view),
      ...optional(card.options(c), (text) => context(text)),
      ...optional(card.rules(c, view.policy), (text) => context(text)),
      ...actions(launchButton(c, view), cancelButton(c, view)),
    ],
  };
}

/** Tells the requester that the card is out of reach, and is a copy of it until it no longer is. */
export function channelChangedMessage(c: Customization, news: ChannelNews, view: CardView): CardMessage {
  const { closed, visibility } = c.conversation;
  const isStillSo = news === "private" ? visibility === "private" : closed !== undefined;
  const { notices } = view.words;
  if (!isStillSo) return threadMessage(notices.channelOpenAgain(c), view);
  return threadMessage(notices.channelChanged(c, news), view, [divider(), ...requestCard(c, view).blocks]);
}

function optional<T>(text: Mrkdwn | undefined, block: (text: Mrkdwn) => T): T[] {
  return text === undefined ? [] : [block(text)];
}

/** The most assets on a card, so that the rest fits; the thread's last message has all keys. */
const MOST_ASSETS = 4;
const MOST_KEYS = 200;
/** Keys of several assets share a section, well below Slack's limit for one. */
const PACK_CHARACTERS = 2_400;

/** The account's new assets, ready to copy. @param what  `keys`: only what a program needs to use them */
export function assetBlocks(c: Customization, view: CardView, what: "all" | "keys" = "all"): types.KnownBlock[] {
  const { assets, assetKeys, more } = view.words.card;
  const [found, most] = what === "keys" ? [assetKeys(c), MOST_KEYS] : [assets(c), MOST_ASSETS];
  const rest = found.length - most;
  const texts = packed(found.slice(0, most));
  return [...texts, ...(rest > 0 ? [more(rest)] : [])].map((text) => section(text));
}

/** Joins texts to as few as fit: a message has fifty blocks at most. */
function packed(texts: readonly Mrkdwn[]): Mrkdwn[] {
  const packs: Mrkdwn[] = [];
  for (const text of texts) {
    const last = packs.at(-1);
    const fits = last && last.mrkdwn.length + text.mrkdwn.length < PACK_CHARACTERS;
    if (fits) packs[packs.length - 1] = lines(last, text);
    else packs.push(text);
  }
  return packs;
}

/** The refusal that brought the buttons back; the private answer about it may be gone by now. */
function lastRefusal(c: Customization, view: CardView): Mrkdwn | undefined {
  const { vendorRefused } = view.words.card;
  const line = c.history.findLast(({ event }) => ENDS_AN_ATTEMPT.includes(event.type));
  if (c.state === "ready" && line?.event.type === "launch-refused") {
    return vendorRefused("launch", withReason(line.event, view), line.at);
  }
  if (c.state === "awaiting-decision" && line?.event.type === "decision-refused") {
    return vendorRefused("decision", withReason(line.event, view), line.at);
  }
  return undefined;
}

const ENDS_AN_ATTEMPT: readonly string[] = [
  "launch-refused",
  "launch-unknown",
  "launched",
  "demo",
  "decision-refused",
  "decision-accepted",
  "decision-unknown",
];

/** *Launch*, when nothing is missing. */
export function launchButton(c: Customization, view: CardView): types.Button | undefined {
  if (c.state !== "ready") return undefined;
  const dialog = view.words.dialogs.launch(c, view.now);
  const action = { type: "launch", id: c.id, revision: c.revision } as const;
  return button(view.words.labels.launch, action, { style: "primary", dialog });
}

/** *Cancel*, or *Stop following* after Launch. */
export function cancelButton(c: Customization, view: CardView): types.Button | undefined {
  if (!canMove(c.state, "cancelled")) return undefined;
  const { dialogs, labels } = view.words;
  const before = collects(c.state);
  const dialog = before ? dialogs.cancel(c) : dialogs.stopFollowing(c);
  return button(
    before ? labels.cancel : labels.stopFollowing,
    { type: "cancel", id: c.id, spent: !before },
    { style: "danger", dialog },
  );
}
