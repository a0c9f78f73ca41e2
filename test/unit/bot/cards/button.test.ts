import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ButtonAction } from "../../../../src/bot/cards/button.ts";
import {
  actionIdOf,
  HOME_LISTS,
  LIST_SCOPES,
  LONGEST_TEXT_ID,
  readButton,
  writeButton,
} from "../../../../src/bot/cards/button.ts";
import { LIMITS } from "../../../../src/bot/cards/limits.ts";
import { MATERIAL_ROLES } from "../../../../src/core/kinds.ts";

const id = fc.nat().map((n) => `AV-${n}`);
const count = fc.nat();
const slackId = fc.string({ maxLength: 255 });
const anyAction: fc.Arbitrary<ButtonAction> = fc.oneof(
  fc.record({ type: fc.constant("launch" as const), id, revision: count }),
  fc.record({
    type: fc.constantFrom("launch-again" as const, "it-was-created" as const, "cancel" as const, "why" as const),
    id,
  }),
  fc.record({ type: fc.constantFrom("confirm" as const, "reject" as const, "open-demo" as const), id, round: count }),
  fc.record({
    type: fc.constant("choose-role" as const),
    id,
    material: slackId,
    role: fc.constantFrom(...MATERIAL_ROLES),
  }),
  fc.record({ type: fc.constant("use-anyway" as const), id, material: slackId }),
  fc.record({ type: fc.constant("choose-text" as const), id, text: fc.string({ maxLength: LONGEST_TEXT_ID }) }),
  fc.constant<ButtonAction>({ type: "new-request" }),
  fc.record({ type: fc.constant("use-for" as const), id, channel: slackId, ts: slackId }),
  fc.record({
    type: fc.constant("list-page" as const),
    scope: fc.constantFrom(...LIST_SCOPES),
    page: count,
  }),
  fc.record({ type: fc.constant("history-page" as const), id, page: count }),
  fc.record({
    type: fc.constant("home-page" as const),
    list: fc.constantFrom(...HOME_LISTS),
    pages: fc.record({ waiting: count, mine: count, open: count }),
  }),
);

const RECORDED = new URL("../../../recorded/slack/messages-of-schema-0.json", import.meta.url);
const buttonElement = z.object({ type: z.literal("button"), action_id: z.string(), value: z.string() });

function buttonsIn(node: unknown): z.infer<typeof buttonElement>[] {
  if (node === null || typeof node !== "object") return [];
  const button = buttonElement.safeParse(node);
  return button.success ? [button.data] : Object.values(node).flatMap(buttonsIn);
}

describe("buttons", () => {
  it("are read as they were written, within Slack's limits", () => {
    fc.assert(
      fc.property(anyAction, (action) => {
        const [actionId, value] = [actionIdOf(action), writeButton(action)];
        expect(readButton(actionId, value)).toEqual(action);
        expect(actionId.length).toBeLessThanOrEqual(LIMITS.actionId);
        expect(value.length).toBeLessThanOrEqual(LIMITS.buttonValue);
      }),
    );
  });

  it.each([
    ["avatar.launch", { do: "launch", id: "AV-1", revision: 2 }, { type: "launch", id: "AV-1", revision: 2 }],
    ["avatar.cancel", { do: "cancel", id: "AV-1", spent: true }, { type: "cancel", id: "AV-1", spent: true }],
    [
      "avatar.choose-role.footage",
      { do: "choose-role", id: "AV-1", material: "1.1/F1", role: "footage" },
      { type: "choose-role", id: "AV-1", material: "1.1/F1", role: "footage" },
    ],
    [
      "avatar.page.list.2",
      { do: "page", what: "list", scope: "open", page: 2 },
      { type: "list-page", scope: "open", page: 2 },
    ],
    [
      "avatar.page.history.1",
      { do: "page", what: "history", id: "AV-1", page: 1 },
      { type: "history-page", id: "AV-1", page: 1 },
    ],
    [
      "avatar.page.home.mine.1",
      { do: "page", what: "home", list: "mine", pages: { waiting: 0, mine: 1, open: 0 } },
      { type: "home-page", list: "mine", pages: { waiting: 0, mine: 1, open: 0 } },
    ],
  ])("of version 0.1 are read by the same action id: %s", (actionId, value, action) => {
    expect(readButton(actionId, JSON.stringify(value))).toEqual(action);
  });

  it("recorded from version 0.1 are all read", () => {
    const recorded = buttonsIn(JSON.parse(readFileSync(RECORDED, "utf8")));
    expect(recorded.length).toBeGreaterThan(20);
    const unread = recorded.filter(({ action_id, value }) => readButton(action_id, value) === undefined);
    expect(unread).toEqual([]);
  });

  it("differ in their action id where one message has several", () => {
    const choose = { type: "choose-role", id: "AV-1", material: "1.1/F1" } as const;
    expect(actionIdOf({ ...choose, role: "footage" })).toBe("avatar.choose-role.footage");
    expect(actionIdOf({ ...choose, role: "identity-video" })).toBe("avatar.choose-role.identity-video");
    expect(actionIdOf({ type: "choose-text", id: "AV-1", text: "t2" })).toBe("avatar.choose-text.t2");
    expect(actionIdOf({ type: "list-page", scope: "mine", page: 2 })).toBe("avatar.page.list.2");
    const pages = { waiting: 0, mine: 3, open: 1 };
    expect(actionIdOf({ type: "home-page", list: "mine", pages })).toBe("avatar.page.home.mine.3");
    expect(actionIdOf({ type: "home-page", list: "open", pages })).toBe("avatar.page.home.open.1");
  });

  it.each([
    ["another button's value", "avatar.launch", writeButton({ type: "cancel", id: "AV-1" })],
    [
      "another role's value",
      "avatar.choose-role.photo",
      writeButton({ type: "choose-role", id: "AV-1", material: "m", role: "footage" }),
    ],
    ["a made-up id", "avatar.cancel", '{"type":"cancel","id":"AV-1; drop"}'],
    ["a round that is no number", "avatar.confirm", '{"type":"confirm","id":"AV-1","round":"1"}'],
    ["an unknown verb", "avatar.pay", '{"type":"pay","id":"AV-1"}'],
    ["no JSON", "avatar.cancel", "AV-1"],
    ["nothing", "avatar.cancel", undefined],
    ["an object", "avatar.cancel", { type: "cancel", id: "AV-1" }],
  ])("read %s as nothing", (_what, actionId, value) => {
    expect(readButton(actionId, value)).toBeUndefined();
  });
});
