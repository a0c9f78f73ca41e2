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
      "text: AV-12 · ada: ada needs 2 files
      # AV-12 · ada
      :inbox_tray: *ada needs 2 files* — drop them in this thread. Next: <@U0ALICE>, since <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :white_medium_square: *Authorization*: a video giving permission (mp4, up to 1 GB) or a signed letter (pdf, up to 10 MB)
      :white_medium_square: *Footage*: mp4 or mov, up to 1 GB, 2–10 min, 1080p or 4K, 16:9 or 9:16, 25–60 fps
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE> · *Confirm*: <@U0BOB>
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [Edit…] avatar.edit {"type":"edit","id":"AV-12"}
      [Approvers…] avatar.approvers {"type":"approvers","id":"AV-12"}
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it("shows what is there, on its way and refused", () => {
    expect(card(ada({ materials: [LETTER, UPLOADING, REFUSED, VIDEO] }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Taking in take-3.mp4
      # AV-12 · ada
      :arrow_up: *Taking in take-3.mp4* — nothing more to drop
      :grey_question: *clip.mp4* from <@U0CAROL>: authorization video or footage?
      :arrow_up: *Footage* take-3.mp4 uploading, 44 % of 694 MB
      :white_check_mark: *Authorization letter* consent Ada.pdf, 801 KB from <@U0CAROL> · :no_entry_sign: take-1.avi wasn't accepted
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE> · *Confirm*: <@U0BOB>
      [Why?] avatar.why {"type":"why","id":"AV-12"}
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [Edit…] avatar.edit {"type":"edit","id":"AV-12"}
      [Approvers…] avatar.approvers {"type":"approvers","id":"AV-12"}
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it("tells a photo avatar's needs, and that nobody decides", () => {
    const photo = ada({ kind: "IMAGE_PHOTO", approvers: [], photoVersion: 1, materials: [] });
    expect(card(photo, { environment: "staging", policy: policy({ operators: [] }) })).toMatchInlineSnapshot(`
      "text: STAGING · AV-12 · ada: ada needs 1 file
      # STAGING · AV-12 · ada
      :inbox_tray: *ada needs 1 file* — drop it in this thread. Next: <@U0ALICE>, since <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :white_medium_square: *Photo*: png, jpg or webp, up to 16 MB, one clear face from the front
      ~ Photo avatar · Female · asked for by <@U0ALICE> · needs no approval
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [Edit…] avatar.edit {"type":"edit","id":"AV-12"}
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it.each<[string, Partial<Material>]>([
    ["waits for a free slot", { upload: { owner: "p", leaseUntil: 0, sent: 0, queued: true } }],
    ["uploading, 0 % of 694 MB", { upload: { owner: "p", leaseUntil: 0, sent: 0 } }],
    ["has arrived, being verified", { state: "checking" }],
  ])("tells of a file that it is %s", (said, over) => {
    const shown = card(ada({ materials: [LETTER, { ...UPLOADING, ...over }] }));
    expect(shown).toContain(`*Footage* take-3.mp4 ${said}\n`);
  });

  it("says that a file nobody has looked at yet is being looked at", () => {
    const { role: _role, ...unknown } = UPLOADING;
    expect(card(ada({ materials: [unknown] }))).toContain(":mag: *File* take-3.mp4 is being looked at");
  });

  it("asks of a mov what its thread asks", () => {
    const mov = file(asked(5, "mov"), "clip.mov", 1000);
    const shown = card(ada({ materials: [LETTER, mov] }));
    expect(shown).toContain("*clip.mov* from <@U0CAROL>: is it the footage?");
    expect(shown).toContain("*Which one is clip.mov?* — <@U0ALICE>, say so in the thread, since");
  });

  it("leaves to the thread which file a newer one took the place of", () => {
    const older = { ...file(accepted("footage", 1), "take-2.mp4", 1000), replacedBy: FOOTAGE.id };
    expect(card(ada({ state: "ready", materials: [older, LETTER, FOOTAGE] }))).not.toContain("take-2.mp4");
  });
});

describe("before and after Launch", () => {
  it("offers Launch for the materials it shows, and says what it spends", () => {
    expect(card(ada({ state: "ready", revision: 7 }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Ready to launch
      # AV-12 · ada
      :large_green_circle: *Ready to launch* — <@U0ALICE>, press _Launch_ (waiting since <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>). Uses 1 quota, non-refundable.
      :white_check_mark: *Authorization letter* consent Ada.pdf, 801 KB from <@U0CAROL>
      :white_check_mark: *Footage* take-3.mp4, 694 MB from <@U0CAROL>
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE> · *Confirm*: <@U0BOB>
      [Launch] primary avatar.launch {"type":"launch","id":"AV-12","revision":7}
         Launch AV-12? Standard avatar, studio lip-sync "ada" from authorization letter "consent Ada.pdf" (U0CAROL) and footage "take-3.mp4" (U0CAROL). Spends one purchased quota, not refunded. You confirm that the person has given permission to make and use this likeness or voice. (Launch | Not yet)
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [Edit…] avatar.edit {"type":"edit","id":"AV-12"}
      [Approvers…] avatar.approvers {"type":"approvers","id":"AV-12"}
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it("names only the launchers when these are set", () => {
    const shown = card(ada({ state: "ready" }), { policy: policy({ launchers: ["U0LAUNCH"] }) });
    expect(shown).toContain("*Ready to launch* — <@U0LAUNCH>, press _Launch_");
    expect(shown).toContain(" · *Launch*: <@U0LAUNCH> · ");
  });

  it("keeps the vendor's refusal in sight while Launch is offered again", () => {
    const no = { type: "launch-refused", code: "100008", said: "quota used up", requestId: "9f1c" } as const;
    const refused = ada({ state: "ready", history: [{ at: START, event: no }] });
    expect(card(refused)).toContain(
      ":warning: *Out of quota* — nothing was spent. <@U0ALICE> can press _Launch_ again. Since <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>\nThe purchased quota is used up: somebody has to buy more before this can go on.",
    );
  });

  it("is at work, by whom and since when", () => {
    const claim = { id: "claim-1", owner: "p", by: REQUESTER, at: START, leaseUntil: NOW };
    expect(card(ada({ state: "launching", claim }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Launching
      # AV-12 · ada
      :hourglass_flowing_sand: *Launching* — by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      Made from consent Ada.pdf and take-3.mp4
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE> · *Confirm*: <@U0BOB>
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [Approvers…] avatar.approvers {"type":"approvers","id":"AV-12"}"
    `);
  });

  it("says that a lost launch is a question for a person", () => {
    expect(card(LOST)).toContain(
      ":warning: *We lost the reply to this launch* — it may have used 1 quota, so it is not repeated. <@U0ALICE> or <@U0BOB>: look for `ada`",
    );
  });
});
