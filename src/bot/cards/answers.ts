import type { types } from "@slack/bolt";
import type { Customization, Round } from "../../core/customization.ts";
import type { Refusal } from "../../core/refusal.ts";
import type { Waiting } from "../../core/waits-for.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { lines, md } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { actions, button, context, header, section } from "./blocks.ts";
import type { ListNarrowing, ListScope } from "./button.ts";
import { LONGEST_LINE } from "./button.ts";
import { decisionButtons, demoLinks } from "./demo-notice.ts";
import { clipMrkdwn, LIMITS } from "./limits.ts";
import type { CardMessage, CardView } from "./message.ts";
import { pageButtons, pageOf, whichPage } from "./pages.ts";
import { statusLines } from "./request-card.ts";

const LIST_PAGE = 10;
const MOST_REASONS = 10;

/** One section for each text. */
export function answer(...texts: readonly Mrkdwn[]): CardMessage {
  return withText(
    texts,
    texts.map((text) => section(text)),
  );
}

export function withText(texts: readonly Mrkdwn[], blocks: types.KnownBlock[]): CardMessage {
  return { text: clipMrkdwn(lines(...texts).mrkdwn, LIMITS.messageText), blocks };
}

/** @param bot  the bot's user name, for `/invite @…` */
export function refusalAnswer(r: Refusal, words: Words, bot?: string): CardMessage {
  return answer({ mrkdwn: words.refusal(r, bot) });
}

/** @param id  what the operator finds in the log */
export function faultAnswer(fault: unknown, id: string, words: Words): CardMessage {
  return answer({ mrkdwn: words.fault(fault, id) });
}

/**
 * @param link      the card's permalink
 * @param decision  the round that the reader can decide about: they may be unable to open the thread and its buttons
 */
export function statusAnswer(c: Customization, view: CardView, link?: string, decision?: number): CardMessage {
  const { card, answers } = view.words;
  const title = md`*${card.title(c, view.environment)}*`;
  const text = lines(title, ...statusLines(c, view), ...(link ? [answers.thread(link)] : []));
  const buttons = decision === undefined ? [] : decisionButtons(c, decision, view);
  const short = md`${card.title(c, view.environment)}: ${card.status(c, view).headline}`;
  return withText([short], [section(text), context(card.subtitle(c, view.policy)), ...buttons]);
}

/** Which page of which list; pages count from 0. */
export interface ListPage {
  readonly scope: ListScope;
  readonly page: number;
  readonly only?: ListNarrowing;
  /** What the reader has to act on, shown above the list. */
  readonly waiting?: readonly Waiting[];
  /** Slack did not say of some requests whether the reader may see them. */
  readonly mayMiss?: boolean;
}

/**
 * @param list   all of it, newest first
 * @param links  the permalink of a request's card, where it is known
 */
export function listAnswer(
  list: readonly Customization[],
  { mayMiss, ...page }: ListPage,
  view: CardView,
  links: (c: Customization) => string | undefined,
): CardMessage {
  const { text, blocks } = wholeList(list, page, view, links);
  return { text, blocks: mayMiss ? [...blocks, section(view.words.answers.mayMiss)] : blocks };
}

function wholeList(
  list: readonly Customization[],
  { scope, page, only, waiting = [] }: ListPage,
  view: CardView,
  links: (c: Customization) => string | undefined,
): CardMessage {
  const { answers, labels } = view.words;
  const title = md`*${answers.listTitle[scope]}*`;
  if (waiting.length > 0) {
    const first = waitingMessage(waiting, view, links);
    if (list.length === 0) return first;
    const rest = wholeList(list, { scope, page }, view, links);
    return { text: first.text, blocks: [...first.blocks, ...rest.blocks] };
  }
  if (list.length === 0) {
    const empty = only ? answers.listNoMatch : answers.listEmpty[scope];
    return withText([empty], [section(empty), ...actions(button(labels.newRequest, { type: "new-request" }))]);
  }
  const turned = pageOf(list, page, LIST_PAGE);
  const rows = turned.items.map((c) => answers.listRow(c, links(c), view));
  return withText(
    [title],
    [
      section(title),
      ...rows.map((row) => section(row)),
      ...whichPage(turned, list.length, view.words),
      ...pageButtons(turned, view.words, (to) => ({ type: "list-page", scope, page: to, ...(only && { only }) })),
    ],
  );
}

function waitingMessage(
  waiting: readonly Waiting[],
  view: CardView,
  links: (c: Customization) => string | undefined,
): CardMessage {
  const { words } = view;
  const title = md`*${words.answers.waitsForYou}*`;
  const rows = waiting.slice(0, LIST_PAGE).map((entry) => section(waitingRow(entry, view, links(entry.c))));
  const rest = waiting.length - rows.length;
  return withText([title], [section(title), ...rows, ...(rest > 0 ? [context(words.card.more(rest))] : [])]);
}

/** The most questions shown about one request; its thread has all of them. */
const MOST_WAITS = 3;

/** A row of a list with what there is to do. */
export function waitingRow({ c, waits }: Waiting, view: CardView, link: string | undefined): Mrkdwn {
  const { words, now } = view;
  const todo = waits.slice(0, MOST_WAITS).map((wait) => words.home.wait(c, wait, now));
  return words.answers.listRow(c, link, view, todo);
}

/** The demo again, privately. @param opened  `fresh` links were fetched just now, others are those of its notice */
export function demoAnswer(
  opened: { readonly demos: readonly string[]; readonly round: Round; readonly fresh: boolean },
  c: Customization,
  view: CardView,
): CardMessage {
  const { answers } = view.words;
  const { demos, round, fresh } = opened;
  const title = fresh ? answers.demoTitle(c, round.n) : answers.oldDemoTitle(c, round.n, round.offeredAt);
  if (demos.length === 0) return answer(title, answers.demoNoLinks);
  return withText([title], [section(title), ...demoLinks(demos, view)]);
}

/** Every file that was refused, and why; newest first. */
export function whyAnswer(c: Customization, view: CardView): CardMessage {
  const { answers } = view.words;
  const refused = c.materials.filter((m) => m.state === "refused").toReversed();
  if (refused.length === 0) return answer(answers.whyNothing(c));
  const all = refused.length + (c.refusedMore ?? 0);
  const rest = all - Math.min(refused.length, MOST_REASONS);
  return answer(
    answers.whyTitle(c, all),
    ...refused.slice(0, MOST_REASONS).map(answers.whyLine),
    ...(rest > 0 ? [view.words.card.more(rest)] : []),
  );
}

export function helpAnswer(words: Words, who: { readonly isOperator: boolean }): CardMessage {
  const help = words.answers.help(who.isOperator);
  return withText(help.sections, [
    header(help.title),
    ...help.sections.map((text) => section(text)),
    context(help.footnote),
    ...actions(button(words.labels.newRequest, { type: "new-request" })),
  ]);
}

/** A hint about files posted in the channel. @param at  the message with the files */
export function channelHint(
  c: Customization,
  at: { readonly channel: string; readonly ts: string },
  view: CardView,
): CardMessage {
  const text = view.words.answers.hint(c);
  const use = button(view.words.labels.useFor(c.id), { type: "use-for", id: c.id, ...at });
  return withText([text], [section(text), ...actions(use)]);
}

/** @param nearest  a command that is close to what was typed, e.g. `status` */
export function unknownCommandAnswer(typed: string, nearest: string | undefined, words: Words): CardMessage {
  const help = helpAnswer(words, { isOperator: false });
  const text = words.answers.unknownCommand(typed, nearest);
  if (!nearest) return withText([text], [section(text), ...help.blocks]);
  // A line with people in it is an example, not what somebody meant.
  const isExample = nearest.includes("@") || nearest.length > LONGEST_LINE;
  const run = isExample ? undefined : button(words.labels.run(nearest), { type: "run", line: nearest });
  return withText([text], [section(text), ...actions(run)]);
}

/** Slack's trigger has expired: a button opens the form again. */
export function formExpiredAnswer(words: Words): CardMessage {
  const text = words.answers.formExpired;
  return withText([text], [section(text), ...actions(button(words.labels.newRequest, { type: "new-request" }))]);
}
