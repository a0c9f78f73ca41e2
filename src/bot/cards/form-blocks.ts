import type { types } from "@slack/bolt";
import type { FieldWords } from "../words/words.ts";
import { plain } from "./blocks.ts";
import { clip, LIMITS } from "./limits.ts";

/** The action id inside every input block: the block's id says which field it is. */
export const FIELD_ACTION = "value";

export function input(
  blockId: string,
  words: FieldWords,
  element: types.InputBlock["element"],
  optional = false,
): types.InputBlock {
  return {
    type: "input",
    block_id: blockId,
    label: plain(words.label, LIMITS.inputLabel),
    element,
    optional,
    ...(words.hint && { hint: plain(words.hint, LIMITS.inputHint) }),
  };
}

export function placeholder(words: FieldWords): { placeholder?: types.PlainTextElement } {
  return words.placeholder ? { placeholder: plain(words.placeholder, LIMITS.placeholder) } : {};
}

export function textInput(
  words: FieldWords,
  limits: { readonly low?: number; readonly high?: number; readonly multiline?: boolean },
  initial: string | undefined,
): types.PlainTextInput {
  return {
    type: "plain_text_input",
    action_id: FIELD_ACTION,
    ...(limits.low !== undefined && { min_length: limits.low }),
    ...(limits.high !== undefined && { max_length: limits.high }),
    ...(limits.multiline && { multiline: true }),
    ...(initial && { initial_value: clip(initial, limits.high ?? LIMITS.plainInput) }),
    ...placeholder(words),
  };
}

/** @param options  text by value; the values are the vendor's constants */
export function select<V extends string>(
  words: FieldWords,
  options: Readonly<Record<V, string>>,
  initial: NoInfer<V> | undefined,
): types.StaticSelect {
  const shown = Object.entries<string>(options).map(([value, text]) => option(value, text, words.options?.[value]));
  const chosen = shown.find(({ value }) => value === initial);
  return {
    type: "static_select",
    action_id: FIELD_ACTION,
    options: shown,
    ...(chosen && { initial_option: chosen }),
    ...placeholder(words),
  };
}

function option(value: string, text: string, description: string | undefined): types.PlainTextOption {
  return {
    text: plain(text, LIMITS.optionText),
    value,
    ...(description && { description: plain(description, LIMITS.optionText) }),
  };
}
