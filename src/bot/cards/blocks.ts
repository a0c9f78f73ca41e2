import type { types } from "@slack/bolt";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import type { Dialog } from "../words/words.ts";
import type { ButtonAction } from "./button.ts";
import { actionIdOf, writeButton } from "./button.ts";
import { clip, clipMrkdwn, LIMITS } from "./limits.ts";

/** mrkdwn in which Slack makes no links or mentions of its own. */
function mrkdwn(text: Mrkdwn, max: number): types.MrkdwnElement {
  return { type: "mrkdwn", text: clipMrkdwn(text.mrkdwn, max), verbatim: true };
}

export function plain(text: string, max: number): types.PlainTextElement {
  return { type: "plain_text", text: clip(text, max), emoji: false };
}

export function header(text: string): types.HeaderBlock {
  return { type: "header", text: plain(text, LIMITS.headerText) };
}

export function section(text: Mrkdwn, accessory?: types.Button): types.SectionBlock {
  const block: types.SectionBlock = { type: "section", text: mrkdwn(text, LIMITS.sectionText) };
  return accessory ? { ...block, accessory } : block;
}

export function context(...texts: readonly Mrkdwn[]): types.ContextBlock {
  return {
    type: "context",
    elements: texts.slice(0, LIMITS.contextElements).map((text) => mrkdwn(text, LIMITS.contextText)),
  };
}

export function divider(): types.DividerBlock {
  return { type: "divider" };
}

/** A row of buttons; no block without any. */
export function actions(...buttons: ReadonlyArray<types.Button | undefined>): types.ActionsBlock[] {
  const elements = buttons.filter((button) => button !== undefined).slice(0, LIMITS.actionElements);
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

interface ButtonLook {
  readonly style?: "primary" | "danger";
  readonly dialog?: Dialog;
}

export function button(label: string, action: ButtonAction, look: ButtonLook = {}): types.Button {
  return {
    type: "button",
    text: plain(label, LIMITS.buttonText),
    action_id: actionIdOf(action),
    value: writeButton(action),
    ...(look.style && { style: look.style }),
    ...(look.dialog && { confirm: confirmDialog(look.dialog, look.style) }),
  };
}

function confirmDialog(dialog: Dialog, style: "primary" | "danger" | undefined): types.ConfirmationDialog {
  return {
    title: plain(dialog.title, LIMITS.confirmTitle),
    text: plain(dialog.text, LIMITS.confirmText),
    confirm: plain(dialog.confirm, LIMITS.confirmButton),
    deny: plain(dialog.deny, LIMITS.confirmButton),
    ...(style && { style }),
  };
}
