import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../../src/bot/cards/limits.ts";
import { beyondLimits, limitsOf } from "../../../fixtures/slack-block-limits.ts";

describe("our limits are Slack's", () => {
  it.each([
    ["SectionBlock", "text", { length: LIMITS.sectionText }],
    ["SectionBlock", "fields", { items: 10, each: LIMITS.contextText }],
    ["HeaderBlock", "text", { length: LIMITS.headerText }],
    ["ContextBlock", "elements", { items: LIMITS.contextElements }],
    ["ActionsBlock", "elements", { items: LIMITS.actionElements }],
    ["InputBlock", "label", { length: LIMITS.inputLabel }],
    ["InputBlock", "hint", { length: LIMITS.inputHint }],
    ["Button", "text", { length: LIMITS.buttonText }],
    ["Button", "value", { length: LIMITS.buttonValue }],
    ["Button", "action_id", { length: LIMITS.actionId }],
    ["StaticSelect", "placeholder", { length: LIMITS.placeholder }],
    ["StaticSelect", "options", { items: LIMITS.options }],
    ["PlainTextOption", "text", { length: LIMITS.optionText }],
    ["ConfirmationDialog", "title", { length: LIMITS.confirmTitle }],
    ["ConfirmationDialog", "text", { length: LIMITS.confirmText }],
    ["ConfirmationDialog", "confirm", { length: LIMITS.confirmButton }],
    ["ConfirmationDialog", "deny", { length: LIMITS.confirmButton }],
    ["ModalView", "title", { length: LIMITS.viewTitle }],
    ["ModalView", "submit", { length: LIMITS.viewButton }],
    ["ModalView", "close", { length: LIMITS.viewButton }],
    ["ModalView", "private_metadata", { length: LIMITS.privateMetadata }],
    ["HomeView", "blocks", { items: 100 }],
  ])("%s %s", (name, property, limit) => {
    expect(limitsOf(name).get(property)).toEqual(limit);
  });
});

it("names what is beyond them, and what Slack does not know", () => {
  const button = { type: "button", text: { type: "plain_text", text: "b".repeat(76) }, action_id: "a", colour: "red" };
  const confirm = { title: { type: "plain_text", text: "t" }, text: { type: "plain_text", text: "x".repeat(301) } };
  const blocks = [
    { type: "section", text: { type: "mrkdwn", text: "s".repeat(3001) }, accessory: { ...button, confirm } },
    { type: "context", elements: Array.from({ length: 11 }, () => ({ type: "mrkdwn", text: "c" })) },
  ];
  expect(beyondLimits({ type: "modal", blocks })).toEqual([
    "blocks.0.text: 3001 of 3000 characters",
    "blocks.0.text.text: 3001 of 3000 characters",
    "blocks.0.accessory.text: 76 of 75 characters",
    "blocks.0.accessory.colour: Button has no colour",
    "blocks.0.accessory.confirm.text: 301 of 300 characters",
    "blocks.1.elements: 11 of 10 items",
  ]);
});
