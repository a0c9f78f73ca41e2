import { describe, expect, it } from "vitest";
import { changed, complaints, heldBySlack, inputsOf } from "../../../sandbox/page/client/blocks/form-draft.ts";
import { readModal } from "../../../sandbox/slack/view-rules.ts";
import { ViewStore } from "../../../sandbox/slack/views.ts";
import { Workspace } from "../../../sandbox/slack/workspace.ts";

const words = (text: string) => ({ type: "plain_text", text });
const input = (label: string, element: object, optional = false) => ({
  type: "input",
  block_id: label.toLowerCase(),
  label: words(label),
  element: { action_id: "value", ...element },
  optional,
});
const kinds = [
  { text: words("Photo"), value: "PHOTO" },
  { text: words("Film"), value: "FILM" },
];

const view = new ViewStore(new Workspace(() => 0)).open(
  readModal({
    type: "modal",
    title: words("New request"),
    submit: words("Submit"),
    blocks: [
      input("Kind", { type: "static_select", options: kinds, initial_option: kinds[0] }),
      input("Name", { type: "plain_text_input", min_length: 2, max_length: 5 }),
      input("Approvers", { type: "multi_users_select", initial_users: ["U1"] }, true),
      input("Notes", { type: "plain_text_input" }, true),
    ],
  }),
  { userId: "U1" },
);

describe("a form", () => {
  it("begins with what Slack holds", () => {
    const held = inputsOf(view).map((block) => heldBySlack(view, block));
    expect(held).toEqual(["PHOTO", "", ["U1"], ""]);
  });

  it("sends what was changed, by label", () => {
    expect(changed(view, {})).toEqual({});
    expect(changed(view, { Kind: "PHOTO", Name: "Ana", Approvers: [] })).toEqual({ Name: "Ana", Approvers: [] });
  });

  it("complains as Slack's client does before it is sent", () => {
    expect(complaints(view, {})).toEqual({ Name: "Please complete this required field." });
    expect(complaints(view, { Name: "A", Approvers: [] })).toEqual({
      Name: "At least 2 characters are needed; these are 1.",
    });
    expect(complaints(view, { Name: "Anabel" })).toEqual({ Name: "At most 5 characters fit in; these are 6." });
    expect(complaints(view, { Name: "Ana", Kind: "" })).toEqual({ Kind: "Please complete this required field." });
  });
});
