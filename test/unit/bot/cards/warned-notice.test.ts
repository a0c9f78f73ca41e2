import { describe, expect, it } from "vitest";
import { detailsAnswer } from "../../../../src/bot/cards/details.ts";
import { requestCard } from "../../../../src/bot/cards/request-card.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import type { Check, Material } from "../../../../src/core/material-record.ts";
import { accepted, MINUTE, REQUESTER, receiving, START } from "../../../fixtures/customization-fixture.ts";
import { outcome, print } from "./print.ts";
import { ada, file, NOW, told, view } from "./scenes.ts";

function check(over: Partial<Check>): Check {
  return { of: "face", task: "check-1", startedAt: START, nextLookAt: NOW, everyMs: 2 * MINUTE, ...over };
}

function card(c: Customization): string {
  return print(requestCard(c, view()));
}

describe("a photo", () => {
  const PHOTO = file(receiving("photo", 3), "face.png", 2_000_000);
  const what = { type: "file-warned", material: PHOTO.id } as const;
  const faces = [{ yaw: -38.2, pitch: 3, areaRatio: 0.04, featuresCovered: 0.31, maxCrop: [100, 50, 1300, 1250] }];
  const off = check({ verdict: "failed", code: "1002", said: "face is not frontal", faces });
  const warned: Material = { ...PHOTO, state: "warned", check: off };
  const photo = (m: Material, over: Partial<Customization> = {}) =>
    ada({ kind: "IMAGE_PHOTO", approvers: [], materials: [m], ...over });

  it("whose face did not pass is put to the requester, with what is wrong and the advised crop", () => {
    expect(print(told(photo(warned), what))).toMatchInlineSnapshot(`
      "text: face.png is questionable.
      *face.png is questionable.* <@U0ALICE>: read what is said against it. Use it anyway, or have a better one dropped here.
      *Turned* 38° to the side. Look straight into the camera.
      *Too small*: the face takes 4 % of the picture. Crop it, or go closer.
      *Covered*: 31 % of eyes, nose and mouth are hidden. Take away what hides them.
      Its advice is to crop the picture to at most 1200×1200 pixels from (100, 50).
      Tencent Cloud says: “face is not frontal” (code \`1002\`).
      ~ Only the requester can answer. Tencent Cloud may refuse it after Launch, and a spent quota is not refunded.
      [Use it anyway] avatar.use-anyway {"type":"use-anyway","id":"AV-12","material":"1762160403.000100/F0PHOTO3"}
         Use it anyway? "face.png" then counts, and you answer for it: the history keeps that. Tencent Cloud may refuse it after Launch, and a spent quota is not refunded. (Use it anyway | Not now)"
    `);
    expect(card(photo(warned))).toContain(
      ":warning: *face.png is questionable* — <@U0ALICE>, use it anyway or drop a better one, in the thread. Since",
    );
  });

  it.each<[string, Partial<Check>, string]>([
    ["without a face", { faces: [] }, "*No face* was found in it."],
    ["with several faces", { faces: [{}, {}, {}] }, "*3 faces* are in it. Crop it to one."],
    ["tilted", { faces: [{ pitch: 21 }] }, "*Tilted* 21° up or down."],
    ["covered", { faces: [{ faceCovered: 0.5 }] }, "*Covered*: 50 % of the face are hidden."],
    ["of which nothing sticks out", { faces: [{ yaw: 2 }] }, "What exactly is wrong it does not tell."],
    [
      "that broke the detection",
      { verdict: "broken", said: "internal" },
      "Tencent Cloud says: “internal” (code `1002`).",
    ],
  ])("%s is told so", (_which, over, said) => {
    const { faces: _faces, ...rest } = off;
    expect(print(told(photo({ ...warned, check: { ...rest, ...over } }), what))).toContain(said);
  });

  it("settles when it is used anyway, replaced, or no longer asked for", () => {
    const pending = told(photo(warned), what);
    const line = {
      at: NOW,
      by: REQUESTER,
      event: { type: "warning-overridden", role: "photo", name: "face.png" } as const,
    };
    const used = photo({ ...warned, state: "accepted", overriddenBy: REQUESTER }, { history: [line] });
    expect(outcome(pending, told(used, what))).toMatch(/^:white_check_mark: Used anyway, says <@U0ALICE>, <!date/);
    const newer = photo(warned, { materials: [warned, accepted("photo", 9)] });
    expect(outcome(pending, told(newer, what))).toBe("No answer is needed any more: a newer file counts.");
    expect(outcome(pending, told(photo(warned, { state: "cancelled" }), what))).toBe(
      "No answer is needed any more: cancelled.",
    );
    expect(card(used)).toContain(", used in spite of a warning, says <@U0ALICE>");
  });

  it("says once that the account has no face detection", () => {
    const there: Material = { ...warned, state: "accepted", check: check({ verdict: "absent" }) };
    expect(
      card(photo(there, { state: "ready" })).match(/not checked: the account has no face detection/g),
    ).toHaveLength(1);
  });
});

describe("what was found inside a file", () => {
  it("and warns is put to the requester; what could not be told is in the details", () => {
    const mp4 = file(accepted("footage", 2), "take.mp4", 5_000_000);
    const findings: Material["findings"] = [
      { rule: "name-extension", severity: "warn", measured: "mov", takes: ["mp4", "m4v"] },
      { rule: "duration", severity: "unknown", low: 120, high: 600 },
      { rule: "frame-rate", severity: "unknown", low: 25, high: 60 },
    ];
    const c = ada({ materials: [{ ...mp4, state: "warned", findings }] });
    expect(print(told(c, { type: "file-warned", material: mp4.id }))).toContain(
      "Its name ends in `.mov`, but by its content it is a file that ends in .mp4 or .m4v. Make sure that it is the file you meant; the name itself does not count.",
    );
    const unsure = ada({ materials: [{ ...mp4, findings: findings.slice(1) }] });
    expect(print(detailsAnswer(unsure, 0, view()))).toContain(
      ":grey_question: Could not be looked into: length and frame rate. Tencent Cloud judges it.",
    );
  });

  it("was here before, in a request that failed", () => {
    const again: Material = { ...accepted("footage", 2), sameAs: { id: "AV-3", name: "take-0.mov", state: "failed" } };
    expect(card(ada({ materials: [again] }))).toContain("The same file as take-0.mov of AV-3, which failed.");
  });
});
