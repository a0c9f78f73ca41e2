import type { Interactive, Option } from "./elements.ts";
import { optionsOf } from "./options.ts";

/** One entry of `view.state.values[block][action]`. */
export type StateValue =
  | { type: "plain_text_input"; value: string | null }
  | { type: "static_select" | "radio_buttons"; selected_option: Option | null }
  | { type: "multi_static_select" | "checkboxes"; selected_options: Option[] }
  | { type: "users_select"; selected_user: string | null }
  | { type: "multi_users_select"; selected_users: string[] }
  | { type: "conversations_select"; selected_conversation: string | null };

/** An element's initial value; none for buttons and overflow menus. */
export function initialValue(element: Interactive, channelId?: string): StateValue | undefined {
  switch (element.type) {
    case "plain_text_input":
      return { type: element.type, value: element.initial_value ?? null };
    case "static_select":
    case "radio_buttons":
      return { type: element.type, selected_option: element.initial_option ?? null };
    case "multi_static_select":
    case "checkboxes":
      return { type: element.type, selected_options: element.initial_options ?? [] };
    case "users_select":
      return { type: element.type, selected_user: element.initial_user ?? null };
    case "multi_users_select":
      return { type: element.type, selected_users: element.initial_users ?? [] };
    case "conversations_select": {
      const current = element.default_to_current_conversation ? channelId : undefined;
      return { type: element.type, selected_conversation: current ?? element.initial_conversation ?? null };
    }
    case "button":
    case "overflow":
      return undefined;
  }
}

/**
 * What a person puts in: text, an option by its value or its text, an id.
 * @throws where Slack's client refuses: no such option, too long, too short, too many
 */
export function chosenValue(element: Interactive, given: string | readonly string[]): StateValue {
  const many = typeof given === "string" ? [given] : [...given];
  const one = typeof given === "string" ? given : (given[0] ?? "");
  switch (element.type) {
    case "plain_text_input":
      return { type: element.type, value: typed(one, element.min_length ?? 0, element.max_length ?? 3000) };
    case "static_select":
    case "radio_buttons":
      return { type: element.type, selected_option: one === "" ? null : option(optionsOf(element), one) };
    case "multi_static_select":
      return { type: element.type, selected_options: few(many, element).map((v) => option(optionsOf(element), v)) };
    case "checkboxes":
      return { type: element.type, selected_options: many.map((v) => option(element.options, v)) };
    case "users_select":
      return { type: element.type, selected_user: one || null };
    case "multi_users_select":
      return { type: element.type, selected_users: few(many, element) };
    case "conversations_select":
      return { type: element.type, selected_conversation: one || null };
    case "button":
    case "overflow":
      throw new Error(`a ${element.type} takes no value`);
  }
}

export function isEmpty(value: StateValue): boolean {
  return Object.entries(value).every(
    ([name, part]) => name === "type" || part === null || part === "" || (Array.isArray(part) && part.length === 0),
  );
}

/** The option with this value or this text. */
export function option(options: readonly Option[], wanted: string): Option {
  const found = options.find((o) => o.value === wanted) ?? options.find((o) => o.text.text === wanted);
  if (found) return found;
  throw new Error(`no option "${wanted}"; there are: ${options.map((o) => o.text.text).join(", ")}`);
}

function typed(text: string, min: number, max: number): string | null {
  if (text.length > max) throw new Error(`at most ${max} characters fit in, these are ${text.length}`);
  if (text.length > 0 && text.length < min)
    throw new Error(`at least ${min} characters are needed, these are ${text.length}`);
  return text === "" ? null : text;
}

function few(ids: string[], element: { max_selected_items?: number | undefined }): string[] {
  if (ids.length > (element.max_selected_items ?? Number.POSITIVE_INFINITY))
    throw new Error(`at most ${element.max_selected_items} may be chosen`);
  return ids;
}
