import { describe, expect, it } from "vitest";
import { requestCard } from "../../../../src/bot/cards/request-card.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import { canMove, isOver, STATES } from "../../../../src/core/state.ts";
import { APPROVER, DAY, HOUR, MINUTE, REQUESTER, START } from "../../../fixtures/customization-fixture.ts";
import { labels, print } from "./print.ts";
import {
  AWAITING,
  ada,
  CONFIRMING,
  FOOTAGE,
  LETTER,
  NOW,
  REFUSED,
  REJECTED,
  ROUND,
  ROUND_2,
  TRAINING,
  view,
} from "./scenes.ts";

function card(c: Customization, over: Parameters<typeof view>[0] = {}): string {
  return print(requestCard(c, view(over)));
}

describe("in production", () => {
  const running = ada({
    state: "running",
    task: TRAINING,
    history: [
      { at: START + HOUR, event: { type: "stage", stage: "AUDIT", status: "PROCESSING" } },
      { at: START + 2 * HOUR, event: { type: "stage", stage: "TRAIN", status: "WAIT_PROCESS" } },
      { at: START + 3 * HOUR, event: { type: "stage", stage: "TRAIN", status: "PROCESSING" } },
    ],
  });

  it("shows the stages, how long this one has taken, the usual time and the last look", () => {
    expect(card({ ...running, task: { ...TRAINING, since: START + 3 * HOUR } })).toMatchInlineSnapshot(`
      "text: AV-12 · ada: In production: training
      # AV-12 · ada
      :gear: *In production: training* (step 4 of 6) — 3 h so far, usually 4 h
      Launched by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z> · last checked <!date^1762178340^{date_short_pretty} {time}|2025-11-03T13:59Z>
      Made from consent Ada.pdf and take-3.mp4
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE> · *Confirm*: <@U0BOB>
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [Approvers…] avatar.approvers {"type":"approvers","id":"AV-12"}
      [Stop following] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":true}
         Stop following AV-12? The quota is spent and Tencent Cloud goes on; only this card stops. The TaskId is kept. This cannot be undone. (Stop following | Keep following)"
    `);
  });

  it("says that a stage is stuck and that looks fail", () => {
    const failing = { since: NOW - 20 * MINUTE, because: "calling getprogress: ECONNREFUSED" };
    const shown = card({ ...running, task: { ...TRAINING, failing } }, { now: NOW + 2 * DAY });
    expect(shown).toContain(":warning: *Stuck?* more than three times as long as usual.");
    expect(shown).toContain(
      ":warning: *No answer from Tencent Cloud* for 2 days: it could not be reached. Asking goes on.",
    );
  });

  it("counts no review among the steps of a photo avatar", () => {
    const photo = ada({ kind: "IMAGE_PHOTO", state: "running", task: TRAINING });
    expect(card(photo)).toContain("*In production: training* (step 4 of 5) — 3 h so far");
  });

  it("says who may decide, and what became of earlier demos", () => {
    expect(
      card(ada({ state: "awaiting-decision", task: CONFIRMING, rounds: [REJECTED, ROUND_2] })),
    ).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Demo 2 ready for review
      # AV-12 · ada
      :eyes: *Demo 2 ready for review* — <@U0BOB>, in the thread, since <!date^1762178400^{date_short_pretty} {time}|2025-11-03T14:00Z>
      Launched by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z> · last checked <!date^1762178340^{date_short_pretty} {time}|2025-11-03T13:59Z>
      Demo 1 rejected by <@U0BOB>, <!date^1762176600^{date_short_pretty} {time}|2025-11-03T13:30Z>: “The lips lag.”
      Made from consent Ada.pdf and take-3.mp4
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE> · *Confirm*: <@U0BOB>
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [Approvers…] avatar.approvers {"type":"approvers","id":"AV-12"}
      [Remind] avatar.remind {"type":"remind","id":"AV-12"}
      [Stop following] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":true}
         Stop following AV-12? The quota is spent and Tencent Cloud goes on; only this card stops. The TaskId is kept. This cannot be undone. (Stop following | Keep following)"
    `);
  });

  it("says who is deciding", () => {
    const decision = { operate: "AGREE", by: APPROVER, at: NOW, accepted: false } as const;
    const deciding: Customization = { ...AWAITING, state: "deciding", rounds: [{ ...ROUND, decision }] };
    expect(card(deciding)).toContain(":hourglass_flowing_sand: *Confirming* — by <@U0BOB>, <!date^1762178400^");
  });

  it("says that training goes on after a rejection", () => {
    const again = ada({ state: "running", task: TRAINING, rounds: [REJECTED] });
    expect(card(again)).toMatch(/\nRejected, and training again, by <@U0BOB>, <!date.*T13:30Z> · last checked/);
  });
});

describe("at the end", () => {
  const ended = { ...TRAINING, stage: "END", status: "SUCCESS" } as const;

  it("gives the asset keys, ready to copy", () => {
    const assets = [{ VirtualmanTypeCode: "human", OriginZoom: 1.5, TimbreKey: "t-1", VirtualmanKey: "8f7be0cc" }];
    expect(
      card(ada({ state: "done", task: ended, assets, materials: [LETTER, FOOTAGE, REFUSED] })),
    ).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Done
      # AV-12 · ada
      :white_check_mark: *Done* — ready to use
      *VirtualmanKey*  \`8f7be0cc\`
      *TimbreKey*  \`t-1\`
      Made from consent Ada.pdf and take-3.mp4
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>
      [Say something…] avatar.say {"type":"say","id":"AV-12"}
         Let it say something? "ada" says it in a film. That uses broadcast hours, which the account has bought and which are not refunded. The next step asks for the text. (Go on | Not now)
      [Why?] avatar.why {"type":"why","id":"AV-12"}
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [New like this] avatar.new-like {"type":"new-like","id":"AV-12"}"
    `);
  });

  it("says where the keys are when the gateway returned none", () => {
    expect(card(ada({ state: "done", task: ended, assets: [] }))).toContain(
      "Find the key in Tencent Cloud's AI Digital Human console, among the account's assets: `ada`.",
    );
  });

  it("gives the vendor's reason, its id and what can be done", () => {
    const failure = { said: "face is covered at 00:41", requestId: "9f1c" };
    const task = { ...TRAINING, stage: "AUDIT", status: "FAIL" } as const;
    expect(card(ada({ state: "failed", task, failure }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Failed
      # AV-12 · ada
      :x: *Failed* while checking the material (step 2 of 6)
      Tencent Cloud says: “face is covered at 00:41”.
      A failed launch cannot go on: put that right and press _Try again_. A new launch uses another quota.
      Made from consent Ada.pdf and take-3.mp4
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>
      [Try again] avatar.try-again {"type":"try-again","id":"AV-12"}
         Try AV-12 again? A new request starts with the same answers, and its files are taken from Slack again. Nothing is spent until its Launch, which spends another quota. (Try again | Not now)
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [New like this] avatar.new-like {"type":"new-like","id":"AV-12"}"
    `);
  });

  it("does not speak of a reason where the vendor gave none, and ends a reason once", () => {
    const failed = (said: string) => card(ada({ state: "failed", task: TRAINING, failure: { said } }));
    expect(failed("")).toMatch(
      /gave no reason; its support knows more\.\nA failed launch cannot go on: press _Try again_/,
    );
    expect(failed("脸部被遮挡。")).toContain("“脸部被遮挡。”\n");
  });

  it("tells a cancelled request from one that is no longer followed", () => {
    const before = [{ at: NOW, by: REQUESTER, event: { type: "cancelled", spent: false } as const }];
    const after = [{ at: NOW, by: REQUESTER, event: { type: "cancelled", spent: true } as const }];
    expect(card(ada({ state: "cancelled", history: before }))).toContain(
      "Nothing was spent.\n2 files already sent stay in Tencent Cloud's storage.",
    );
    expect(card(ada({ state: "cancelled", history: before, materials: [] }))).toMatch(/Nothing was spent\.$/m);
    expect(card(ada({ state: "cancelled", history: after, task: TRAINING }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: No longer followed
      # AV-12 · ada
      :no_entry_sign: *No longer followed* — by <@U0ALICE>, <!date^1762178400^{date_short_pretty} {time}|2025-11-03T14:00Z>. The quota is spent and Tencent Cloud goes on.
      Last seen: training (step 4 of 6). _Details_ has its number at Tencent Cloud.
      Made from consent Ada.pdf and take-3.mp4
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [New like this] avatar.new-like {"type":"new-like","id":"AV-12"}"
    `);
  });
});

describe("buttons", () => {
  it.each(STATES)("in %s are those that can be pressed", (state) => {
    const shown = labels(requestCard(ada({ state, task: TRAINING, rounds: [ROUND] }), view()));
    const before = state === "collecting" || state === "ready";
    const ends = canMove(state, "cancelled") ? [before ? "Cancel" : "Stop following"] : [];
    const lost = ["It was created…", "It was not: launch again"];
    const decides = state === "awaiting-decision" || state === "decision-unknown";
    const change = [
      ...(before ? ["Edit…"] : []),
      ...(isOver(state) ? [] : ["Approvers…"]),
      ...(decides ? ["Remind"] : []),
    ];
    const retry = state === "failed" ? ["Try again"] : [];
    const first = state === "ready" ? ["Launch"] : state === "launch-unknown" ? lost : retry;
    const again = isOver(state) ? ["New like this"] : [];
    expect(shown).toEqual([...first, "Details", ...change, ...ends, ...again]);
  });

  it("calls nobody in the text that notifications show", () => {
    for (const state of STATES) {
      expect(requestCard(ada({ state, task: TRAINING, rounds: [ROUND] }), view()).text).not.toContain("<@");
    }
  });
});
