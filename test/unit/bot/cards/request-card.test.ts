import { describe, expect, it } from "vitest";
import { requestCard } from "../../../../src/bot/cards/request-card.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import type { Material } from "../../../../src/core/material-record.ts";
import { accepted, asked, policy, REQUESTER, START } from "../../../fixtures/customization-fixture.ts";
import { print } from "./print.ts";
import { ada, FOOTAGE, file, LETTER, LOST, NOW, REFUSED, UPLOADING, VIDEO, view } from "./scenes.ts";

function card(c: Customization, over: Parameters<typeof view>[0] = {}): string {
  return print(requestCard(c, view(over)));
}

describe("while material is collected", () => {
  it("says what is needed, with formats and limits, and who may do what", () => {
    const wishes = { notes: "blue background", demoText: "Hello, I am Ada.", background: "green" } as const;
    expect(card(ada({ materials: [], ...wishes }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Waiting for material
      # AV-12 · ada
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :inbox_tray: *Waiting for material*
      Drop an authorization (a video or a letter) and the footage into the card's thread.
      ----
      *Needed before Launch*
      :white_medium_square: *Authorization* is missing: a video in which the person gives permission (mp4, up to 1 GB) or a signed letter (pdf, up to 10 MB)
      :white_medium_square: *Footage* is missing: mp4 or mov, up to 1 GB; 2 to 10 minutes, 1080p or 4K, 16:9 or 9:16, 25 to 60 fps
      ~ A newer file takes the place of an older one until Launch. Slack takes files up to 1 GB: shorten or compress a larger one first (H.264 mp4 at a lower bit rate).
      ~ *Background* Green screen
      *Demo text* “Hello, I am Ada.”
      *Notes* “blue background”
      ~ *Launch*: <@U0ALICE>
      *Confirm or reject*: <@U0BOB>
      *Cancel*: the requester, an approver or an operator
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it("shows what is there, on its way and refused", () => {
    expect(card(ada({ materials: [LETTER, UPLOADING, REFUSED, VIDEO] }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Taking in material
      # AV-12 · ada
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :inbox_tray: *Taking in material*
      Nothing more to drop: what is needed has arrived or is on its way.
      ----
      *Needed before Launch*
      :white_check_mark: *Authorization letter* is there: consent Ada.pdf, 801 KB, from <@U0CAROL>
      :arrow_up: *Footage*: take-3.mp4 from <@U0CAROL>: uploading, 44 % of 694 MB
      :grey_question: *clip.mp4* from <@U0CAROL>: authorization video or footage? The thread asks.
      ~ A newer file takes the place of an older one until Launch. Slack takes files up to 1 GB: shorten or compress a larger one first (H.264 mp4 at a lower bit rate).
      CRC-64 · Authorization letter 7777777777777777771
      1 file refused, <@U0CAROL> was told why.
      [Why?] avatar.why {"type":"why","id":"AV-12"}
      ~ *Launch*: <@U0ALICE>
      *Confirm or reject*: <@U0BOB>
      *Cancel*: the requester, an approver or an operator
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it("tells a photo avatar's needs, and that nobody decides", () => {
    const photo = ada({ kind: "IMAGE_PHOTO", approvers: [], photoVersion: 1, materials: [] });
    expect(card(photo, { environment: "staging", policy: policy({ operators: [] }) })).toMatchInlineSnapshot(`
      "text: STAGING · AV-12 · ada: Waiting for material
      # STAGING · AV-12 · ada
      ~ Photo avatar · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :inbox_tray: *Waiting for material*
      Drop a photo into the card's thread.
      ----
      *Needed before Launch*
      :white_medium_square: *Photo* is missing: png, jpg or webp, up to 16 MB; one clear face, from the front
      ~ A newer file takes the place of an older one until Launch.
      ~ *Photo version* Refined, about an hour
      ~ *Launch*: <@U0ALICE>
      *Confirm or reject*: not needed, a photo avatar is finished without
      *Cancel*: the requester
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it.each<[string, Partial<Material>]>([
    [" waits for a free slot", { upload: { owner: "p", leaseUntil: 0, sent: 0, queued: true } }],
    [": uploading, 0 % of 694 MB", { upload: { owner: "p", leaseUntil: 0, sent: 0 } }],
    [" has arrived and is being verified", { state: "checking" }],
  ])("tells of a file: it%s", (said, over) => {
    const shown = card(ada({ materials: [LETTER, { ...UPLOADING, ...over }] }));
    expect(shown).toContain(`*Footage*: take-3.mp4 from <@U0CAROL>${said}\n`);
  });

  it("says that a file nobody has looked at yet is being looked at", () => {
    const { role: _role, ...unknown } = UPLOADING;
    expect(card(ada({ materials: [unknown] }))).toContain(
      ":mag: *File*: take-3.mp4 from <@U0CAROL> is being looked at",
    );
  });

  it("asks of a mov what its thread asks", () => {
    const mov = file(asked(5, "mov"), "clip.mov", 1000);
    const shown = card(ada({ materials: [LETTER, mov] }));
    expect(shown).toContain("*clip.mov* from <@U0CAROL>: is it the footage? The thread asks.");
    expect(shown).toContain("Drop the footage into the card's thread, or say there what clip.mov is.");
  });

  it("says which file a newer one took the place of", () => {
    const older = { ...file(accepted("footage", 1), "take-2.mp4", 1000), replacedBy: FOOTAGE.id };
    expect(card(ada({ state: "ready", materials: [older, LETTER, FOOTAGE] }))).toContain(
      "took the place of take-2.mp4",
    );
  });
});

describe("before and after Launch", () => {
  it("offers Launch for the materials it shows, and says what it spends", () => {
    expect(card(ada({ state: "ready", revision: 7 }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Ready to launch
      # AV-12 · ada
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :large_green_circle: *Ready to launch*
      Everything is there. <@U0ALICE> can launch it: that spends one purchased quota, which is not refunded.
      ----
      *Needed before Launch*
      :white_check_mark: *Authorization letter* is there: consent Ada.pdf, 801 KB, from <@U0CAROL>
      :white_check_mark: *Footage* is there: take-3.mp4, 694 MB, from <@U0CAROL>
      ~ A newer file takes the place of an older one until Launch.
      CRC-64 · Authorization letter 7777777777777777771 · Footage 7777777777777777772
      ~ *Launch*: <@U0ALICE>
      *Confirm or reject*: <@U0BOB>
      *Cancel*: the requester, an approver or an operator
      [Launch] primary avatar.launch {"type":"launch","id":"AV-12","revision":7}
         Launch AV-12? Standard avatar, studio lip-sync "ada" from authorization letter "consent Ada.pdf" (U0CAROL) and footage "take-3.mp4" (U0CAROL). Spends one purchased quota, not refunded. You confirm that the person has given permission to make and use this likeness or voice. (Launch | Not yet)
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it("names only the launchers when these are set", () => {
    const shown = card(ada({ state: "ready" }), { policy: policy({ launchers: ["U0LAUNCH"] }) });
    expect(shown).toContain("<@U0LAUNCH> can launch it");
    expect(shown).toContain("*Launch*: <@U0LAUNCH>");
  });

  it("keeps the vendor's refusal in sight while Launch is offered again", () => {
    const no = { type: "launch-refused", code: "100008", said: "quota used up", requestId: "9f1c" } as const;
    const refused = ada({ state: "ready", history: [{ at: START, event: no }] });
    expect(card(refused)).toContain(
      "~ :warning: *The launch of <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z> was not taken.* Tencent Cloud refused: “quota used up” (code `100008`). The purchased quota is used up: somebody has to buy more before this can go on. RequestID for its support: `9f1c`.",
    );
  });

  it("is at work, by whom and since when", () => {
    const claim = { id: "claim-1", owner: "p", by: REQUESTER, at: START, leaseUntil: NOW };
    expect(card(ada({ state: "launching", claim }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Launching
      # AV-12 · ada
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :hourglass_flowing_sand: *Launching*
      Working, by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>.
      ----
      ~ :white_check_mark: *Authorization letter* is there: consent Ada.pdf, 801 KB, from <@U0CAROL>
      :white_check_mark: *Footage* is there: take-3.mp4, 694 MB, from <@U0CAROL>
      CRC-64 · Authorization letter 7777777777777777771 · Footage 7777777777777777772
      ~ *Confirm or reject*: <@U0BOB>"
    `);
  });

  it("says that a lost launch is a question for a person", () => {
    expect(card(LOST)).toContain(
      ":warning: *Launched, outcome unknown*\n<@U0ALICE> or <@U0BOB> can find out how it ended: the thread says how.\n",
    );
  });
});
