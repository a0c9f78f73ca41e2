import type { types } from "@slack/bolt";
import type { Customization } from "../../core/customization.ts";
import type { Refusal } from "../../core/refusal.ts";
import type { ListsForHome, Waiting } from "../../core/waits-for.ts";
import { waitingRow } from "./answers.ts";
import { actions, button, context, divider, header, section } from "./blocks.ts";
import type { HomeList, HomePages } from "./button.ts";
import { HOME_LISTS } from "./button.ts";
import type { CardView } from "./message.ts";
import { pageButtons, pageOf, whichPage } from "./pages.ts";

/** Three lists of this length, with headings, fill half of the hundred blocks that a Home may have. */
const HOME_PAGE = 10;

/** The pages that a Home opens with. */
export const FIRST_PAGES: HomePages = { waiting: 0, mine: 0, open: 0 };

export interface HomeOptions {
  readonly lists: ListsForHome;
  readonly pages: HomePages;
  readonly view: CardView;
  /** The permalink of a request's card, where it is known. */
  readonly links: (c: Customization) => string | undefined;
}

/** One person's Home: what waits for them, what they have asked for, and what else is open. */
export function homeView(options: HomeOptions): types.HomeView {
  const { lists, view } = options;
  const { home, labels } = view.words;
  const begin = lists.mine.length === 0 ? [section(home.begin)] : [];
  const isBusy = lists.waiting.length > 0;
  return {
    type: "home",
    blocks: [
      title(view),
      ...actions(button(labels.newRequest, { type: "new-request" }, { style: "primary" })),
      ...(isBusy ? [] : begin),
      ...(lists.mayMiss ? [section(view.words.answers.mayMiss)] : []),
      ...HOME_LISTS.flatMap((list) => [divider(), ...listBlocks(list, options)]),
      divider(),
      ...(isBusy ? begin : []),
      context(home.asOf(view.now)),
    ],
  };
}

/** For somebody without permissions here, e.g. from another workspace. */
export function refusedHome(refusal: Refusal, view: CardView): types.HomeView {
  return { type: "home", blocks: [title(view), section(view.words.home.stranger(refusal))] };
}

function title({ words, environment }: CardView): types.HeaderBlock {
  return header(`${words.card.tag(environment)}${words.home.title}`);
}

function listBlocks(list: HomeList, options: HomeOptions): types.KnownBlock[] {
  const { pages, view } = options;
  const { home } = view.words;
  const all = entriesOf(list, options.lists);
  if (all.length === 0) return [header(home.heading[list]), section(home.empty[list])];
  const turned = pageOf(all, pages[list], HOME_PAGE);
  return [
    header(home.heading[list]),
    ...turned.items.map((entry) => section(waitingRow(entry, view, options.links(entry.c)))),
    ...whichPage(turned, all.length, view.words),
    ...pageButtons(turned, view.words, (to) => ({ type: "home-page", list, pages: { ...pages, [list]: to } })),
  ];
}

function entriesOf(list: HomeList, lists: ListsForHome): readonly Waiting[] {
  return list === "waiting" ? lists.waiting : lists[list].map((c) => ({ c, waits: [] }));
}
