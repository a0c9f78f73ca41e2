import type { types } from "@slack/bolt";
import type { Words } from "../words/words.ts";
import { actions, button, context } from "./blocks.ts";
import type { ButtonAction } from "./button.ts";

/** One page of something longer; pages count from 0. */
export interface Turned<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly pages: number;
  /** Counted from 1. */
  readonly first: number;
  readonly last: number;
}

/** @param wanted  one that is too high is the last */
export function pageOf<T>(items: readonly T[], wanted: number, size: number): Turned<T> {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const shown = items.slice(page * size, (page + 1) * size);
  return { items: shown, page, pages, first: page * size + 1, last: page * size + shown.length };
}

export function whichPage({ pages, first, last }: Turned<unknown>, of: number, { answers }: Words): types.KnownBlock[] {
  return pages > 1 ? [context(answers.page(first, last, of))] : [];
}

export function pageButtons(
  { page, pages }: Turned<unknown>,
  words: Words,
  to: (page: number) => ButtonAction,
): types.KnownBlock[] {
  return actions(
    page > 0 ? button(words.labels.newer, to(page - 1)) : undefined,
    page < pages - 1 ? button(words.labels.older, to(page + 1)) : undefined,
  );
}
