import { describe, expect, it } from "vitest";
import { detailsAnswer } from "../../../../src/bot/cards/details.ts";
import { noticeDelivery } from "../../../../src/bot/cards/notices.ts";
import { requestCard } from "../../../../src/bot/cards/request-card.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import { APPROVER, accepted, asked, REQUESTER } from "../../../fixtures/customization-fixture.ts";
import { labels, outcome, print } from "./print.ts";
import {
  AWAITING,
  ada,
  file,
  LETTER,
  LOST,
  MODEL,
  NOW,
  notice,
  REFUSED,
  TRAINING,
  told,
  VIDEO,
  view,
} from "./scenes.ts";

describe("a launch whose answer was lost", () => {
  const what = { type: "launch-unknown", claim: "claim-1" } as const;

  it("gives the text for the vendor's support and two buttons", () => {
    expect(print(told(LOST, what))).toMatchInlineSnapshot(`
      "text: Nobody knows whether AV-12 was launched.
      *Nobody knows whether AV-12 was launched.* <@U0ALICE>: look for \`ada\` in Tencent Cloud's console, or ask its support with the text below. If it is there, press _It was created…_ and enter its TaskId; if it is not, _It was not: launch again_.
      The launch was sent <!date^1762164000^{date_short_pretty} {time}|2025-11-03T10:00Z>, but no clear answer came back (no answer within 60 s). It may have spent a quota, so it is not repeated by itself.
      \`\`\`
      Was a customization task created by this call, and what is its TaskId?
      AnchorName: ada
      MakeType: IMAGE
      Header.RequestID: claim-1
      Sent: 2025-11-03T10:00:00.000Z
      \`\`\`
      ~ The requester, an approver or an operator can answer.
      [It was created…] avatar.it-was-created {"type":"it-was-created","id":"AV-12"}
      [It was not: launch again] avatar.launch-again {"type":"launch-again","id":"AV-12"}
         Launch AV-12 again? The first launch may already have spent a quota. Launch again only if Tencent Cloud's console has no "ada". The same name is used, so a first launch that worked should make Tencent Cloud refuse this one; else it spends one more. (Launch again | Not now)"
    `);
    expect(JSON.stringify(told(LOST, what)).match(/<@/g)).toHaveLength(1);
  });

  it.each([
    ["calling make: ECONNRESET", "came back (the connection broke off)."],
    ["calling make: no answer within 60 s", "came back (no answer within 60 s)."],
    ["calling make: HTTP 502 without a readable answer", "came back (HTTP 502 without a readable answer)."],
  ])("tells %j without the words of the log", (because, said) => {
    const history = LOST.history.map((line) =>
      line.event.type === "launch-unknown" ? { ...line, event: { ...line.event, because } } : line,
    );
    expect(print(told({ ...LOST, history }, what))).toContain(said);
    expect(print(detailsAnswer({ ...LOST, history }, 0, view()))).toContain(because);
  });

  it("settles with the TaskId that was found, and while it is launched again", () => {
    const pending = told(LOST, what);
    const found = { at: NOW, by: REQUESTER, event: { type: "launch-found", task: "7781203" } as const };
    const running: Customization = { ...LOST, state: "running", task: TRAINING, history: [...LOST.history, found] };
    expect(outcome(pending, told(running, what))).toBe(
      "It was created: TaskId `7781203`, says <@U0ALICE>, <!date^1762178400^{date_short_pretty} {time}|2025-11-03T14:00Z>.",
    );
    const claim = { id: "claim-2", owner: "p", by: APPROVER, at: NOW, leaseUntil: NOW };
    expect(outcome(pending, told({ ...LOST, state: "launching", claim }, what))).toBe(
      ":hourglass_flowing_sand: Launching again: working, by <@U0BOB>.",
    );
  });

  it("has buttons only in the newest message", () => {
    const newer = { ...notice({ type: "launch-unknown", claim: "claim-2" }), key: "another" };
    const twice: Customization = { ...LOST, outbox: [...LOST.outbox, newer] };
    expect(labels(noticeDelivery(twice, notice(what)).message(view()))).toEqual([]);
    expect(labels(noticeDelivery(twice, newer).message(view()))).toEqual([
      "It was created…",
      "It was not: launch again",
    ]);
  });

  it("tells that a taken name most likely means that the first launch worked, as the card does", () => {
    expect(print(told(LOST, { type: "name-taken", said: "AnchorName exists" }))).toMatchInlineSnapshot(`
      "text: AV-12 was most likely launched the first time.
      *AV-12 was most likely launched the first time.* <@U0ALICE>: find its TaskId in Tencent Cloud's console under the name \`ada\`, or ask its support; then press _It was created…_ below.
      Launching it again was refused (“AnchorName exists”), most likely because that name is taken. That spent no second quota.
      ~ The requester, an approver or an operator can answer.
      [It was created…] avatar.it-was-created {"type":"it-was-created","id":"AV-12"}"
    `);
    const taken: Customization = { ...LOST, outbox: [...LOST.outbox, notice({ type: "name-taken", said: "exists" })] };
    expect(print(requestCard(taken, view()))).toContain(
      ":warning: *Most likely launched: the name is taken* — <@U0ALICE> or <@U0BOB>: look it up in Tencent Cloud's console, then press _It was created…_",
    );
  });
});

describe("which of two a video is", () => {
  const what = { type: "which-file", material: VIDEO.id } as const;
  const pending = told(ada({ materials: [LETTER, VIDEO] }), what);

  it("asks whoever dropped it", () => {
    expect(print(pending)).toMatchInlineSnapshot(`
      "text: Which one is clip.mp4 (44 MB)?
      *Which one is clip.mp4 (44 MB)?* <@U0CAROL>: is it the authorization video or the footage?
      [Authorization video] avatar.choose-role.identity-video {"type":"choose-role","id":"AV-12","material":"1762160405.000100/F0ASKED5","role":"identity-video"}
      [Footage] avatar.choose-role.footage {"type":"choose-role","id":"AV-12","material":"1762160405.000100/F0ASKED5","role":"footage"}"
    `);
  });

  it("has no button that could only be refused: an authorization is an mp4", () => {
    const mov = file(asked(5, "mov"), "clip.mov", 1000);
    const shown = told(ada({ materials: [mov] }), what);
    expect(labels(shown)).toEqual(["Footage"]);
    expect(print(shown)).toContain("an authorization video must be an mp4. If this mov is one, convert it");
  });

  it("settles with the answer, its refusal, or when it no longer matters", () => {
    const chosen = { at: NOW, by: MODEL, event: { type: "role-chosen", role: "footage", name: "clip.mp4" } as const };
    const taken = ada({ materials: [{ ...VIDEO, role: "footage", state: "receiving" }], history: [chosen] });
    expect(outcome(pending, told(taken, what))).toMatch(/^It is the \*footage\*, says <@U0CAROL>, <!date/);
    const refused = ada({ materials: [{ ...VIDEO, state: "refused", refusal: { type: "empty-file" } }] });
    expect(outcome(pending, told(refused, what))).toBe("It was refused; <@U0CAROL> was told why.");
    expect(outcome(pending, told(ada({ state: "cancelled", materials: [VIDEO] }), what))).toBe(
      "No answer is needed any more: the request takes no more files.",
    );
  });
});

describe("what one person is told", () => {
  it("is why a file was not taken", () => {
    const what = { type: "file-refused", material: REFUSED.id } as const;
    const c = ada({ materials: [REFUSED] });
    expect(print(told(c, what))).toMatchInlineSnapshot(`
      "text: take-1.avi wasn't accepted.
      *take-1.avi wasn't accepted.* It is an AVI video; this request needs an authorization video (mp4), an authorization letter (pdf) or footage (mp4 or mov). Convert it, or drop another file here."
    `);
    expect(noticeDelivery(c, notice(what)).recipient).toBe(MODEL);
  });

  it("is that the vendor refused the launch", () => {
    const what = {
      type: "launch-refused",
      code: "100008",
      said: "no quota",
      requestId: "9f1c",
      to: REQUESTER,
    } as const;
    expect(print(told(ada({ state: "ready" }), what))).toMatchInlineSnapshot(`
      "text: AV-12 was not launched.
      *AV-12 was not launched.* Tencent Cloud refused: “no quota” (code \`100008\`). The purchased quota is used up: somebody has to buy more before this can go on. RequestID for its support: \`9f1c\`.
      Nothing was spent and the material is kept: Launch is on the card again."
    `);
    expect(noticeDelivery(ada(), notice(what)).recipient).toBe(REQUESTER);
    const away = { ...what, code: "not-sent", said: "calling make: ECONNREFUSED" } as const;
    expect(print(told(ada({ state: "ready" }), away))).toContain(
      "Tencent Cloud could not be reached. Nothing was sent.",
    );
  });

  it("is that the vendor refused the decision", () => {
    const what = { type: "decision-refused", code: "100002", said: "bad reason", to: APPROVER } as const;
    expect(print(told(AWAITING, what))).toContain(
      "*Your decision about AV-12 was not taken.* Tencent Cloud refused: “bad reason”",
    );
    expect(noticeDelivery(AWAITING, notice(what)).recipient).toBe(APPROVER);
  });
});

describe("the end", () => {
  it("is told to the requester with the keys", () => {
    const done = ada({ state: "done", assets: [{ OriginZoom: 1.5, VirtualmanKey: "8f7be0cc" }] });
    expect(print(told(done, { type: "done" }))).toMatchInlineSnapshot(`
      "text: AV-12 is done.
      *AV-12 is done.* <@U0ALICE>: \`ada\` belongs to the account and can be used.
      *VirtualmanKey*  \`8f7be0cc\`"
    `);
  });

  it("is told with everything where no key is known, and says so where nothing came", () => {
    const strange = ada({ state: "done", assets: [{ SomeKey: "s-1" }] });
    expect(print(told(strange, { type: "done" }))).toContain("SomeKey  `s-1`");
    expect(print(told(ada({ state: "done", assets: [] }), { type: "done" }))).toContain(
      "Find the key in Tencent Cloud's",
    );
    const many = ada({ state: "done", assets: Array.from({ length: 60 }, (_, i) => ({ VirtualmanKey: `vk-${i}-` })) });
    for (const i of [0, 4, 59]) expect(print(told(many, { type: "done" }))).toContain(`vk-${i}-`);
    expect(print(requestCard(many, view()))).toContain("… and 57 more");
  });

  it("is told to the requester with the reason", () => {
    const failed = ada({ state: "failed", failure: { said: "face covered", requestId: "9f1c" } });
    expect(print(told(failed, { type: "failed" }, { environment: "staging" }))).toMatchInlineSnapshot(`
      "text: STAGING · AV-12 has failed.
      *STAGING · AV-12 has failed.* <@U0ALICE>: Tencent Cloud says: “face covered”.
      A failed launch cannot go on: put that right and press _Try again_. A new launch uses another quota."
    `);
  });

  it("is told when somebody decided elsewhere, and calls nobody", () => {
    const shown = told(AWAITING, { type: "decided-elsewhere", round: 1 });
    expect(print(shown)).not.toContain("<@");
    expect(noticeDelivery(AWAITING, notice({ type: "decided-elsewhere", round: 1 })).recipient).toBeUndefined();
  });

  it("is the card itself for the notice of the card", () => {
    const c = ada({ materials: [accepted("footage")] });
    expect(told(c, { type: "card" }).blocks[0]).toMatchObject({ type: "header" });
  });
});
