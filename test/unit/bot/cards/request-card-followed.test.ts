import { describe, expect, it } from "vitest";
import { requestCard } from "../../../../src/bot/cards/request-card.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import { canMove, STATES } from "../../../../src/core/state.ts";
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
      "text: AV-12 · ada: In production
      # AV-12 · ada
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :gear: *In production*
      Nothing to do now; this takes hours or days.
      Launched by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>.
      SUBMIT done  →  AUDIT done  →  PROCESS done  →  *TRAIN in progress*  →  CONFIRM  →  END
      ~ *Training the model.* In this stage for 3 h, since <!date^1762167600^{date_short_pretty} {time}|2025-11-03T11:00Z>. Usually it takes about 4 h. Last checked <!date^1762178340^{date_short_pretty} {time}|2025-11-03T13:59Z>.
      ~ TaskId \`7781203\`
      ----
      ~ :white_check_mark: *Authorization letter* is there: consent Ada.pdf, 801 KB, from <@U0CAROL>
      :white_check_mark: *Footage* is there: take-3.mp4, 694 MB, from <@U0CAROL>
      CRC-64 · Authorization letter 7777777777777777771 · Footage 7777777777777777772
      ~ *Confirm or reject*: <@U0BOB>
      *Stop following*: the requester, an approver or an operator
      [Stop following] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":true}
         Stop following AV-12? The quota is spent and Tencent Cloud goes on; only this card stops. The TaskId is kept. This cannot be undone. (Stop following | Keep following)"
    `);
  });

  it("says that a stage is stuck and that looks fail", () => {
    const failing = { since: NOW - 20 * MINUTE, because: "calling getprogress: ECONNREFUSED" };
    const shown = card({ ...running, task: { ...TRAINING, failing } }, { now: NOW + 2 * DAY });
    expect(shown).toContain(":warning: *Stuck?* More than three times as long as usual.");
    expect(shown).toContain(":warning: *Not checked* for 2 days: it could not be reached.");
  });

  it("leaves CONFIRM out for a photo avatar", () => {
    const photo = ada({ kind: "IMAGE_PHOTO", state: "running", task: TRAINING });
    expect(card(photo)).toContain("PROCESS done  →  *TRAIN in progress*  →  END");
  });

  it("says who may decide, and what became of earlier demos", () => {
    expect(
      card(ada({ state: "awaiting-decision", task: CONFIRMING, rounds: [REJECTED, ROUND_2] })),
    ).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Demo waits for a decision
      # AV-12 · ada
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :eyes: *Demo waits for a decision*
      <@U0BOB> can confirm or reject demo 2 in the thread, where it has been for less than a minute.
      SUBMIT done  →  AUDIT done  →  PROCESS done  →  TRAIN done  →  *CONFIRM waiting*  →  END
      ~ *Deciding about the demo.* In this stage for 1 h, since <!date^1762174800^{date_short_pretty} {time}|2025-11-03T13:00Z>. Last checked <!date^1762178340^{date_short_pretty} {time}|2025-11-03T13:59Z>.
      ~ TaskId \`7781203\`
      ~ *Demo 1*, <!date^1762174800^{date_short_pretty} {time}|2025-11-03T13:00Z>: rejected by <@U0BOB>, <!date^1762176600^{date_short_pretty} {time}|2025-11-03T13:30Z>: “The lips lag.”
      ----
      ~ :white_check_mark: *Authorization letter* is there: consent Ada.pdf, 801 KB, from <@U0CAROL>
      :white_check_mark: *Footage* is there: take-3.mp4, 694 MB, from <@U0CAROL>
      CRC-64 · Authorization letter 7777777777777777771 · Footage 7777777777777777772
      ~ *Confirm or reject*: <@U0BOB>
      *Stop following*: the requester, an approver or an operator
      [Stop following] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":true}
         Stop following AV-12? The quota is spent and Tencent Cloud goes on; only this card stops. The TaskId is kept. This cannot be undone. (Stop following | Keep following)"
    `);
  });

  it("says who is deciding", () => {
    const decision = { operate: "AGREE", by: APPROVER, at: NOW, accepted: false } as const;
    const deciding: Customization = { ...AWAITING, state: "deciding", rounds: [{ ...ROUND, decision }] };
    expect(card(deciding)).toContain(
      ":hourglass_flowing_sand: *Sending the decision*\nConfirming: working, by <@U0BOB>, <!date^1762178400^",
    );
  });

  it("says that training goes on after a rejection", () => {
    const again = ada({ state: "running", task: TRAINING, rounds: [REJECTED] });
    expect(card(again)).toMatch(
      /\nNothing to do now; .*\nRejected by <@U0BOB>, <!date.*T13:30Z>; it is trained again\.\n/,
    );
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
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :white_check_mark: *Done*
      It belongs to the account and can be used.
      *VirtualmanKey*  \`8f7be0cc\`
      *TimbreKey*  \`t-1\`
      VirtualmanTypeCode  \`human\`
      OriginZoom  \`1.5\`
      ~ TaskId \`7781203\`
      ----
      ~ :white_check_mark: *Authorization letter* is there: consent Ada.pdf, 801 KB, from <@U0CAROL>
      :white_check_mark: *Footage* is there: take-3.mp4, 694 MB, from <@U0CAROL>
      CRC-64 · Authorization letter 7777777777777777771 · Footage 7777777777777777772
      ~ 1 file refused, <@U0CAROL> was told why.
      [Why?] avatar.why {"type":"why","id":"AV-12"}"
    `);
  });

  it("says where the keys are when the gateway returned none", () => {
    expect(card(ada({ state: "done", task: ended, assets: [] }))).toContain(
      "This gateway returned no asset keys with it; the international one does so only for some kinds.",
    );
  });

  it("gives the vendor's reason, its id and what can be done", () => {
    const failure = { said: "face is covered at 00:41", requestId: "9f1c" };
    const task = { ...TRAINING, stage: "AUDIT", status: "FAIL" } as const;
    expect(card(ada({ state: "failed", task, failure }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Failed
      # AV-12 · ada
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :x: *Failed*
      Tencent Cloud says: “face is covered at 00:41”.
      A failed task cannot be continued: put right what it names and begin again with \`/avatar new\`. A new launch spends another quota.
      RequestID for its support: \`9f1c\`
      SUBMIT done  →  *AUDIT (checking the material) failed*
      ~ TaskId \`7781203\`
      ----
      ~ :white_check_mark: *Authorization letter* is there: consent Ada.pdf, 801 KB, from <@U0CAROL>
      :white_check_mark: *Footage* is there: take-3.mp4, 694 MB, from <@U0CAROL>
      CRC-64 · Authorization letter 7777777777777777771 · Footage 7777777777777777772"
    `);
  });

  it("does not speak of a reason where the vendor gave none, and ends a reason once", () => {
    const failed = (said: string) => card(ada({ state: "failed", task: TRAINING, failure: { said } }));
    expect(failed("")).toMatch(
      /gave no reason\.\nA failed task cannot be continued: ask its support for the reason and/,
    );
    expect(failed("脸部被遮挡。")).toContain("“脸部被遮挡。”\n");
  });

  it("tells a cancelled request from one that is no longer followed", () => {
    const before = [{ at: NOW, by: REQUESTER, event: { type: "cancelled", spent: false } as const }];
    const after = [{ at: NOW, by: REQUESTER, event: { type: "cancelled", spent: true } as const }];
    expect(card(ada({ state: "cancelled", history: before }))).toContain(
      "Nothing was spent. 2 files already sent stay in Tencent Cloud's storage.",
    );
    expect(card(ada({ state: "cancelled", history: before, materials: [] }))).toMatch(/Nothing was spent\.$/m);
    expect(card(ada({ state: "cancelled", history: after, task: TRAINING }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: No longer followed
      # AV-12 · ada
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :no_entry_sign: *No longer followed*
      Stopped by <@U0ALICE>, <!date^1762178400^{date_short_pretty} {time}|2025-11-03T14:00Z>. The quota is spent and Tencent Cloud goes on; this card does not. Its console has it under TaskId \`7781203\`.
      ~ Last seen at TRAIN (training the model), in progress.
      ----
      ~ :white_check_mark: *Authorization letter* is there: consent Ada.pdf, 801 KB, from <@U0CAROL>
      :white_check_mark: *Footage* is there: take-3.mp4, 694 MB, from <@U0CAROL>
      CRC-64 · Authorization letter 7777777777777777771 · Footage 7777777777777777772"
    `);
  });
});

describe("buttons", () => {
  it.each(STATES)("in %s are those that can be pressed", (state) => {
    const shown = labels(requestCard(ada({ state, task: TRAINING, rounds: [ROUND] }), view()));
    const before = state === "collecting" || state === "ready";
    const ends = canMove(state, "cancelled") ? [before ? "Cancel" : "Stop following"] : [];
    expect(shown).toEqual([...(state === "ready" ? ["Launch"] : []), ...ends]);
  });

  it("calls nobody in the text that notifications show", () => {
    for (const state of STATES) {
      expect(requestCard(ada({ state, task: TRAINING, rounds: [ROUND] }), view()).text).not.toContain("<@");
    }
  });
});
