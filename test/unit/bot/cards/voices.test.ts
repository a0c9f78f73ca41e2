import { describe, expect, it } from "vitest";
import { evaluationBlocks } from "../../../../src/bot/cards/check-report.ts";
import { detailsAnswer } from "../../../../src/bot/cards/details.ts";
import { requestCard } from "../../../../src/bot/cards/request-card.ts";
import { launchForm, readLaunchForm } from "../../../../src/bot/cards/small-forms.ts";
import { en } from "../../../../src/bot/words/en.ts";
import type { Metric } from "../../../../src/core/check-ports.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import type { Check, Material } from "../../../../src/core/material-record.ts";
import { accepted, MINUTE, receiving, START } from "../../../fixtures/customization-fixture.ts";
import { print, printBlocks } from "./print.ts";
import { AWAITING, ada, file, LETTER, NOW, TRAINING, told, view } from "./scenes.ts";

const PACKAGE = file(accepted("voice-package", 2), "takes.zip", 90_000_000);
const WAV = file(receiving("recording", 3), "take-1.wav", 30_000_000);
const READING = file(receiving("reading", 3), "read.m4a", 300_000);

const METRICS: Metric[] = [
  { name: "snr", value: 11.4, low: 30, high: 100 },
  { name: "c50", value: 41.52, low: 30, high: 100 },
  { name: "clipping", value: 3, low: 0, high: 0 },
  { name: "duration", value: 720, low: 600, high: 36_000 },
  { name: "wer", value: 21.5, low: 70, high: 100 },
];

function check(over: Partial<Check>): Check {
  return { of: "evaluation", task: "check-1", startedAt: START, nextLookAt: NOW, everyMs: 2 * MINUTE, ...over };
}

function failed(over: Partial<Check> = {}, material = WAV): Material {
  const refusal = { type: "check-failed", of: "evaluation" } as const;
  return { ...material, state: "refused", refusal, check: check({ verdict: "failed", metrics: METRICS, ...over }) };
}

function voice(over: Partial<Customization> = {}): Customization {
  return ada({ kind: "VOICE", voiceCheck: "block", materials: [LETTER, PACKAGE], ...over });
}

function card(c: Customization): string {
  return print(requestCard(c, view()));
}

describe("the card of a basic voice", () => {
  it("says what is needed, and what the vendor's pages say of it, which disagree", () => {
    expect(card(voice({ materials: [] }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: ada needs 2 files
      # AV-12 · ada
      :inbox_tray: *ada needs 2 files* — drop them in this thread. Next: <@U0ALICE>, since <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :white_medium_square: *Authorization*: a video giving permission (mp4, up to 1 GB) or a signed letter (pdf, up to 10 MB)
      :white_medium_square: *Voice package*: zip, up to 1 GB, with the recordings, best as wav; up to three are checked
      ~ Voice clone, basic · Female · asked for by <@U0ALICE> · *Confirm*: <@U0BOB>
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [Edit…] avatar.edit {"type":"edit","id":"AV-12"}
      [Approvers…] avatar.approvers {"type":"approvers","id":"AV-12"}
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it("tells a check under way, when it was looked at, and since when it is not answered", () => {
    const checking: Material = { ...WAV, state: "checking", check: check({}) };
    expect(card(voice({ materials: [LETTER, PACKAGE, checking] }))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: Checking take-1.wav
      # AV-12 · ada
      :arrow_up: *Checking take-1.wav* — nothing more to drop
      :mag: *Recording* take-1.wav being checked since <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>, last looked <!date^1762178280^{date_short_pretty} {time}|2025-11-03T13:58Z>
      :white_check_mark: *Authorization letter* consent Ada.pdf, 801 KB from <@U0CAROL>
      :white_check_mark: *Voice package* takes.zip, 85.8 MB from <@U0CAROL>
      ~ Voice clone, basic · Female · asked for by <@U0ALICE> · *Confirm*: <@U0BOB>
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [Edit…] avatar.edit {"type":"edit","id":"AV-12"}
      [Approvers…] avatar.approvers {"type":"approvers","id":"AV-12"}
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
    const failing = { since: START, because: "asking: time-out" };
    const stored: Material = { ...WAV, state: "stored", check: check({ everyMs: 0, failing }) };
    const { task: _task, ...unstarted } = check({ everyMs: 0 });
    expect(card(voice({ materials: [{ ...stored, check: unstarted }] }))).toContain(
      ":mag: *Recording* take-1.wav has arrived; its check begins",
    );
    expect(card(voice({ materials: [stored] }))).toContain(
      ":warning: *Recording* take-1.wav waits: no answer from Tencent Cloud since <!date^1762160400^",
    );
  });

  it("leaves advice and published numbers to the details", () => {
    const shown = print(detailsAnswer(voice(), 0, view()));
    expect(card(voice())).not.toContain("published numbers");
    expect(shown).toContain("published numbers");
    expect(shown).toContain("`text: what is said in it`");
    const off = voice({ voiceCheck: "off" });
    expect(print(detailsAnswer(off, 0, view()))).toContain("A recording is not needed: none is inspected here");
    expect(card(off)).not.toContain(":white_medium_square:");
  });

  it("says how the check of what is there ended", () => {
    const there = (over: Partial<Check>) =>
      card(voice({ voiceCheck: "warn", materials: [LETTER, PACKAGE, { ...failed(over), state: "accepted" }] }));
    expect(there({ verdict: "passed" })).toMatch(/:white_check_mark: \*Recording\* .*, check passed$/m);
    expect(there({})).toMatch(/:warning: \*Recording\* .*, check not passed: Launch asks once more$/m);
  });
});

describe("a voice in production", () => {
  it("has a step less, and its demo is listened to", () => {
    const running = voice({ state: "running", task: TRAINING });
    expect(card(running)).toContain("*In production: training* (step 3 of 5)");
    const offered = voice({ ...AWAITING, kind: "VOICE" });
    expect(print(told(offered, { type: "demo", round: 1 }))).toContain("please listen to it, then confirm or reject.");
  });
});

describe("the report of an inspection", () => {
  const what = { type: "check-report", material: WAV.id } as const;

  it("is a table with the ranges as they came back, and what to do about what is off", () => {
    expect(print(told(voice({ referenceText: "Hello.", materials: [failed()] }), what))).toMatchInlineSnapshot(`
      "text: take-1.wav did not pass its inspection.
      *take-1.wav did not pass its inspection.* <@U0CAROL>: see what is off, record it again and drop the new recording here.
      \`\`\`
      Metric         Measured  Verdict
      Scale                 Acceptable
      SNR            11.4      TOO LOW
      [·X··|■■■■■■■■|····]  30 to 100
      Reverberation  41.52     ok
      [····|■●■■■■■■|····]  30 to 100
      Clipping       3         TOO HIGH
      [····|■■■■■■■■|···X]  0
      Duration       720       ok
      [····|●■■■■■■■|····]  600 to 36000
      Text accuracy  21.5      TOO LOW
      [·X··|■■■■■■■■|····]  70 to 100
      \`\`\`
      *SNR* 11.4, where 30 to 100 would do: there is noise beside the voice. Record in a quieter room, closer to the microphone, with fans off.
      *Clipping* 3, where 0 would do: it is overdriven. Turn the input level down or step back, and record again: clipping cannot be repaired.
      *Text accuracy* 21.5, where 70 to 100 would do: what is said differs from the reference text. Read it word for word, or set the text that was read.
      ~ The ranges are those that Tencent Cloud returned with this result. SNR is how far the voice is above the noise; C50 is its measure of reverberation, Wer of text accuracy."
    `);
  });

  it("leaves the accuracy of the text out where there was no text", () => {
    const shown = print(told(voice({ materials: [failed()] }), what));
    expect(shown).not.toContain("Text accuracy");
    expect(shown).toContain("a reply `text: what is said in it` by the requester sets one");
  });

  it("says when everything is well, and calls nobody", () => {
    const metrics = METRICS.filter(({ name }) => name === "c50");
    const passed: Material = { ...failed({ verdict: "passed", metrics }), state: "accepted" };
    const shown = print(told(voice({ materials: [passed] }), what));
    expect(shown).toContain("*take-1.wav passed its inspection.*");
    expect(shown).not.toContain("<@");
  });

  it("says with VOICE_CHECK=warn that it can be launched all the same", () => {
    const warned = voice({ voiceCheck: "warn", materials: [{ ...failed(), state: "accepted" }] });
    expect(print(told(warned, what))).toContain("It can be launched all the same, and Launch asks once more");
  });

  it("has a table that fits a narrow thread", () => {
    const table = print(told(voice({ referenceText: "x", materials: [failed()] }), what)).split("```")[1] ?? "";
    expect(table).toContain("Text accuracy");
    expect(Math.max(...table.split("\n").map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it("survives ranges with one end, with none, and numbers beyond all tables", () => {
    const metrics: Metric[] = [
      { name: "snr", value: 1e300, low: 20 },
      { name: "clipping", value: 12.345, high: 10 },
      { name: "c50", value: 7 },
    ];
    expect(print(told(voice({ materials: [failed({ metrics })] }), what))).toMatchInlineSnapshot(`
      "text: take-1.wav did not pass its inspection.
      *take-1.wav did not pass its inspection.* <@U0CAROL>: see what is off, record it again and drop the new recording here.
      \`\`\`
      Metric         Measured   Verdict
      Scale                 Acceptable
      SNR            1.00e+300  ok
      [····|■■■■■■■■■■■■●]  ≥ 20
      Clipping       12.35      TOO HIGH
      [■■■■■■■■■■■■■|X···]  ≤ 10
      Reverberation  7          no range
      [■■■■■■■■■■■■■■■■■■]  not returned
      \`\`\`
      *Clipping* 12.35, where ≤ 10 would do: it is overdriven. Turn the input level down or step back, and record again: clipping cannot be repaired.
      ~ The ranges are those that Tencent Cloud returned with this result. SNR is how far the voice is above the noise; C50 is its measure of reverberation. Without a reference text the accuracy of the text is not judged: a reply \`text: what is said in it\` by the requester sets one."
    `);
  });

  it.each([
    ["-1", "it could not be checked, which says nothing about the recording. Drop it here again."],
    ["-2", "it was misread, with something missing, wrong or added. Read the text again, word for word,"],
    ["-3", "it is too noisy. Record it again in a quieter room,"],
    ["-7", "it cannot be used. Record it again"],
  ])("puts DetectionCode %s into words", (code, words) => {
    const { metrics: _metrics, ...found } = check({ of: "detection", verdict: "failed", code, said: "detect failed" });
    const c = ada({ kind: "ZERO_SHOT_VOICE", materials: [{ ...READING, state: "refused", check: found }] });
    const shown = print(told(c, { type: "check-report", material: READING.id }));
    expect(shown).toContain(`*read.m4a did not pass its inspection.* <@U0CAROL>: ${words}`);
    expect(shown).toContain(`Tencent Cloud says: “detect failed” (code \`${code}\`).`);
  });

  it("says that the same file was here before", () => {
    const again: Material = { ...failed(), sameAs: { id: "AV-12", name: "take-0.wav", state: "refused" } };
    expect(print(told(voice({ materials: [again] }), what))).toContain(
      "The same file as take-0.wav, which was refused here.",
    );
    expect(print(told(voice({ materials: [again] }), { type: "file-refused", material: WAV.id }))).toContain(
      "drop the new recording here. The same file as take-0.wav, which was refused here.",
    );
  });
});

describe("the second dialog of a launch", () => {
  it("lists what is off and keeps what it is for", () => {
    const c = voice({ state: "ready", revision: 4, materials: [{ ...failed(), state: "accepted" }] });
    const blocks = evaluationBlocks(c, failed(), view());
    const form = launchForm({ id: c.id, revision: 4, intro: en.forms.launchAnyway.intro(c), blocks, words: en });
    expect(form).toMatchObject({ callback_id: "avatar.launch-anyway", submit: { text: "Launch" } });
    expect(printBlocks(form.blocks).join("\n")).toContain("*SNR* 11.4, where 30 to 100 would do:");
    expect(readLaunchForm({ private_metadata: form.private_metadata ?? "", state: { values: {} } })).toEqual({
      id: "AV-12",
      revision: 4,
    });
  });
});
