import type { Kind } from "../../../core/kinds.ts";
import type { State } from "../../../core/state.ts";
import type { ListNarrowing, ListScope } from "../../cards/button.ts";
import { LIST_SCOPES } from "../../cards/button.ts";

/** What people call the kinds, in lower case. */
const KIND_WORDS: ReadonlyMap<string, readonly Kind[]> = new Map([
  ["avatar", ["IMAGE", "IMAGE_GENERAL", "IMAGE_4K", "IMAGE_PHOTO"]],
  ["avatars", ["IMAGE", "IMAGE_GENERAL", "IMAGE_4K", "IMAGE_PHOTO"]],
  ["studio", ["IMAGE"]],
  ["general", ["IMAGE_GENERAL"]],
  ["4k", ["IMAGE_4K"]],
  ["photo", ["IMAGE_PHOTO"]],
  ["photos", ["IMAGE_PHOTO"]],
  ["voice", ["VOICE", "ZERO_SHOT_VOICE"]],
  ["voices", ["VOICE", "ZERO_SHOT_VOICE"]],
  ["basic", ["VOICE"]],
  ["fast", ["ZERO_SHOT_VOICE"]],
  ["ultra-fast", ["ZERO_SHOT_VOICE"]],
]);

const STATE_WORDS: ReadonlyMap<string, readonly State[]> = new Map([
  ["files", ["collecting"]],
  ["material", ["collecting"]],
  ["ready", ["ready"]],
  ["production", ["launching", "running", "deciding"]],
  ["running", ["launching", "running", "deciding"]],
  ["review", ["awaiting-decision", "decision-unknown"]],
  ["lost", ["launch-unknown", "decision-unknown"]],
  ["failed", ["failed"]],
  ["cancelled", ["cancelled"]],
]);

const ENDED: readonly State[] = ["failed", "cancelled"];

export interface ListWords {
  readonly scope: ListScope;
  readonly only?: ListNarrowing;
}

/** Reads the words after `list`, in any order; undefined if one is not understood. */
export function readListWords(words: readonly string[]): ListWords | undefined {
  const read = words.map(readWord);
  const scopes = read.flatMap((one) => one?.scope ?? []);
  if (read.includes(undefined) || scopes.length > 1) return undefined;
  const kinds = read.flatMap((one) => one?.kinds ?? []);
  const states = read.flatMap((one) => one?.states ?? []);
  const person = read.findLast((one) => one?.person)?.person;
  const only = {
    ...(kinds.length > 0 && { kinds }),
    ...(states.length > 0 && { states }),
    ...(person && { person }),
  };
  const usual = states.some((state) => ENDED.includes(state)) ? "all" : "open";
  return { scope: scopes[0] ?? usual, ...(Object.keys(only).length > 0 && { only }) };
}

interface ReadWord {
  readonly scope?: ListScope | undefined;
  readonly kinds?: readonly Kind[] | undefined;
  readonly states?: readonly State[] | undefined;
  readonly person?: string | undefined;
}

function readWord(typed: string): ReadWord | undefined {
  const word = typed.toLowerCase();
  const read: ReadWord = {
    scope: LIST_SCOPES.find((one) => one === word),
    kinds: KIND_WORDS.get(word),
    states: STATE_WORDS.get(word),
    person: /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(typed)?.[1],
  };
  return Object.values(read).some((found) => found !== undefined) ? read : undefined;
}
