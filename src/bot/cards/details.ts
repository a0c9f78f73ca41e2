import type { types } from "@slack/bolt";
import type { Customization } from "../../core/customization.ts";
import type { HistoryLine } from "../../core/history.ts";
import { demoNumber } from "../../core/production.ts";
import { launchMaterials } from "../../core/record.ts";
import type { Chapter } from "../words/detail-words.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { lines } from "../words/mrkdwn.ts";
import { withText } from "./answers.ts";
import { context, section } from "./blocks.ts";
import { clipMrkdwn } from "./limits.ts";
import type { CardMessage, CardView } from "./message.ts";
import { pageButtons, pageOf, whichPage } from "./pages.ts";
import { packed } from "./request-card.ts";

const HISTORY_PAGE = 20;
const LONGEST_LINE = 450;

/** Everything that the card leaves out, then the history by demo, newest first; pages count from 0. */
export function detailsAnswer(c: Customization, page: number, view: CardView): CardMessage {
  const { details } = view.words;
  const turned = pageOf(chapters(c).toReversed(), page, HISTORY_PAGE);
  const title = details.title(c);
  const shown = turned.items.flatMap(({ chapter, line }, i) => {
    const text = clipMrkdwn(details.line(line, view.words.event(line.event)).mrkdwn, LONGEST_LINE);
    const isFirst = turned.items[i - 1]?.chapter !== chapter;
    return [...(isFirst ? [details.chapter(chapter)] : []), { mrkdwn: text }];
  });
  return withText(
    [title],
    [
      section(title),
      ...(turned.page === 0 ? factBlocks(c, view) : []),
      ...packed(shown).map((text) => section(text)),
      ...whichPage(turned, c.history.length, view.words),
      ...pageButtons(turned, view.words, (to) => ({ type: "history-page", id: c.id, page: to })),
    ],
  );
}

function factBlocks(c: Customization, { words, policy }: CardView): types.KnownBlock[] {
  const { details, checks } = words;
  const files = launchMaterials(c).map(details.file);
  const facts: (Mrkdwn | undefined)[] = [
    details.options(c),
    ...(files.length > 0 ? [lines(...files)] : []),
    c.task && details.task(c, c.task),
    ...packed(details.assets(c)),
    details.failure(c),
    checks.beforehand(c),
    details.rules(c, policy),
  ];
  return facts.flatMap((fact) => (fact ? [context(fact)] : [])).slice(0, MOST_FACTS);
}

/** Leaves room for the history among the fifty blocks of a message. */
const MOST_FACTS = 25;

interface Told {
  readonly chapter: Chapter;
  readonly line: HistoryLine;
}

/** A demo's chapter begins where it is offered. */
function chapters(c: Customization): Told[] {
  const told: Told[] = [];
  for (const line of c.history) {
    const before = told.at(-1)?.chapter ?? "material";
    told.push({ chapter: chapterOf(c, line, before), line });
  }
  return told;
}

function chapterOf(c: Customization, { event }: HistoryLine, before: Chapter): Chapter {
  if (event.type === "demo") return demoNumber(c, event.round);
  return before === "material" && LAUNCHES.includes(event.type) ? "production" : before;
}

const LAUNCHES: readonly string[] = ["launched", "launch-found"];
