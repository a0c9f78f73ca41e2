import type { Block } from "../../../slack/blocks.ts";
import type { StateValue } from "../../../slack/form-values.ts";
import type { View } from "../../../slack/views.ts";

export type InputBlock = Extract<Block, { type: "input" }>;
export type Entered = string | readonly string[];
/** Input values by label, the key that the sandbox's Slack uses. */
export type Draft = Readonly<Record<string, Entered>>;

export function inputsOf(view: Pick<View, "blocks">): InputBlock[] {
  return view.blocks.flatMap((block) => (block.type === "input" ? [block] : []));
}

/** Slack's value of an input, in the form that the input takes. */
export function heldBySlack(view: Pick<View, "state">, block: InputBlock): Entered {
  const value = view.state.values[block.block_id ?? ""]?.[block.element.action_id ?? ""];
  return value ? enteredOf(value) : "";
}

function enteredOf(value: StateValue): Entered {
  switch (value.type) {
    case "plain_text_input":
      return value.value ?? "";
    case "static_select":
    case "radio_buttons":
      return value.selected_option?.value ?? "";
    case "multi_static_select":
    case "checkboxes":
      return value.selected_options.map((option) => option.value);
    case "users_select":
      return value.selected_user ?? "";
    case "multi_users_select":
      return value.selected_users;
    case "conversations_select":
      return value.selected_conversation ?? "";
  }
}

/** Values that differ from Slack's; dispatching inputs have already sent the others. */
export function changed(view: View, draft: Draft): Record<string, Entered> {
  const differs = inputsOf(view).flatMap((block) => {
    const entered = draft[block.label.text];
    const isSame = entered === undefined || String(entered) === String(heldBySlack(view, block));
    return isSame ? [] : [[block.label.text, entered] as const];
  });
  return Object.fromEntries(differs);
}

/** What Slack's client complains about before it sends anything, by label. */
export function complaints(view: View, draft: Draft): Record<string, string> {
  const found = inputsOf(view).flatMap((block) => {
    const complaint = complaintAbout(block, draft[block.label.text] ?? heldBySlack(view, block));
    return complaint ? [[block.label.text, complaint] as const] : [];
  });
  return Object.fromEntries(found);
}

function complaintAbout(block: InputBlock, entered: Entered): string | undefined {
  if (entered.length === 0) return block.optional ? undefined : "Please complete this required field.";
  const { element } = block;
  if (element.type !== "plain_text_input" || typeof entered !== "string") return undefined;
  const { min_length: low = 0, max_length: high = 3000 } = element;
  if (entered.length < low) return `At least ${low} characters are needed; these are ${entered.length}.`;
  if (entered.length > high) return `At most ${high} characters fit in; these are ${entered.length}.`;
  return undefined;
}
