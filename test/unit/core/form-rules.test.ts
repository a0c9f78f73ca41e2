import { describe, expect, test } from "vitest";
import type { RequestInput } from "../../../src/core/form-rules.ts";
import { checkInput, checkReason } from "../../../src/core/form-rules.ts";
import { APPROVER, policy, REQUESTER } from "../../fixtures/customization-fixture.ts";

const input: RequestInput = { kind: "IMAGE", name: "Anchor-1", sex: "MALE", approvers: [APPROVER] };
const check = (over: Partial<RequestInput>) => checkInput({ ...input, ...over }, REQUESTER, policy());
const photo = { kind: "IMAGE_PHOTO", approvers: [] } as const;

describe("the form", () => {
  test.each(["ab", "数智", "A_b-9", "x".repeat(50), "数".repeat(50), "\u{20000}".repeat(50), "--"])(
    "takes the name %s",
    (name) => {
      expect(check({ name })).toEqual({});
    },
  );

  test.each(["", "a", "数", "x".repeat(51), "two words", "né", "a.b", "a/b", "ab\n", " ab", "😀😀", "ａｂ", "カナ"])(
    "refuses the name %j",
    (name) => {
      expect(check({ name })).toEqual({ name: { type: "name-rule" } });
    },
  );

  test.each<[string, Partial<RequestInput>, object]>([
    ["notes to the limit", { notes: "n".repeat(100) }, {}],
    ["notes too long", { notes: "n".repeat(101) }, { notes: { type: "notes-too-long", length: 101, limit: 100 } }],
    ["no notes", { notes: "" }, {}],
    ["a demo text to the limits", { demoText: "four" }, {}],
    ["a demo text to the other limit", { demoText: "d".repeat(1000) }, {}],
    [
      "a short demo text",
      { demoText: "abc" },
      { demoText: { type: "demo-text-length", length: 3, low: 4, high: 1000 } },
    ],
    [
      "a long demo text",
      { demoText: "d".repeat(1001) },
      { demoText: { type: "demo-text-length", length: 1001, low: 4, high: 1000 } },
    ],
    ["a background", { background: "green" }, {}],
    ["a photo version of footage", { photoVersion: 0 }, { photoVersion: { type: "not-for-kind", kind: "IMAGE" } }],
    ["a photo version", { ...photo, photoVersion: 0 }, {}],
    [
      "a background of a photo",
      { ...photo, background: "white" },
      { background: { type: "not-for-kind", kind: "IMAGE_PHOTO" } },
    ],
    ["no approvers", { approvers: [] }, { approvers: { type: "approver-missing" } }],
    ["only oneself", { approvers: [REQUESTER] }, { approvers: { type: "nobody-can-decide" } }],
    [
      "everything at once",
      { name: "", notes: "n".repeat(101), approvers: [] },
      { name: { type: "name-rule" }, notes: expect.anything(), approvers: expect.anything() },
    ],
  ])("%s", (_what, over, wrong) => {
    expect(check(over)).toEqual(wrong);
  });
});

test.each([
  ["it blinks", undefined],
  ["r".repeat(300), undefined],
  ["", { type: "reason-missing" }],
  [" \n", { type: "reason-missing" }],
  ["r".repeat(301), { type: "reason-too-long", length: 301, limit: 300 }],
  ["😀".repeat(151), { type: "reason-too-long", length: 302, limit: 300 }],
])("a reason like %j", (reason, refusal) => {
  expect(checkReason(reason)).toEqual(refusal);
});
