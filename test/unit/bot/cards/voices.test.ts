import { describe, expect, it } from "vitest";
import { evaluationBlocks } from "../../../../src/bot/cards/check-report.ts";
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
      "text: AV-12 · ada: Waiting for material
      # AV-12 · ada
      ~ Voice clone, basic · Female · asked for by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :inbox_tray: *Waiting for material*
      Drop an authorization (a video or a letter) and the voice package (a zip) into the card's thread.
      ----
      *Needed before Launch*
      :white_medium_square: *Authorization* is missing: a video in which the person gives permission (mp4, up to 1 GB) or a signed letter (pdf, up to 10 MB)
      :white_medium_square: *Voice package* is missing: zip, up to 1 GB, with the recordings that the voice is made of, best as wav; its longest is inspected, and up to two more until one passes
      ~ *For a good recording*: a quiet room without echo, close to the microphone, not overdriven. Tencent Cloud wants 10 minutes of speech or more.
      *Its published numbers* (in brackets those of a newer page, which disagrees): SNR ≥ 30 (25) · reverberation (C50) ≥ 30 (30) · clipping ≤ 0 (10) · speech ≥ 10 minutes (5) · text accuracy ≥ 70 % (Chinese 85 %, English 50 %, Cantonese 70 %). Neither counts: the range that comes back with the result does.
      *Text accuracy* is judged only with a reference text: the requester can set it with a reply in this thread, \`text: what is said in it\`
      ~ A newer file takes the place of an older one until Launch. Slack takes files up to 1 GB: leave takes out of a larger package.
      ~ *Launch*: <@U0ALICE>
      *Confirm or reject*: <@U0BOB>
      *Cancel*: the requester, an approver or an operator
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it("tells an inspection under way, when it was looked at, and since when it is not answered", () => {
    const checking: Material = { ...WAV, state: "checking", check: check({}) };
    expect(card(voice({ materials: [LETTER, PACKAGE, checking] }))).toContain(
      ":inbox_tray: *Material is being inspected*",
    );
    expect(materialLines(voice({ materials: [LETTER, PACKAGE, checking] }))).toMatchInlineSnapshot(`
      "----
      *Needed before Launch*
      :white_check_mark: *Authorization letter* is there: consent Ada.pdf, 801 KB, from <@U0CAROL>
      :white_check_mark: *Voice package* is there: takes.zip, 85.8 MB, from <@U0CAROL>
      :mag: *Recording*: take-1.wav from <@U0CAROL>: Tencent Cloud inspects it since <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>, last looked <!date^1762178280^{date_short_pretty} {time}|2025-11-03T13:58Z>
      ~ A newer file takes the place of an older one until Launch. Slack takes files up to 1 GB: leave takes out of a larger package.
      CRC-64 · Authorization letter 7777777777777777771 · Voice package 7777777777777777772
      ~ "
    `);
    const failing = { since: START, because: "asking: time-out" };
    const stored: Material = { ...WAV, state: "stored", check: check({ everyMs: 0, failing }) };
    const { task: _task, ...unstarted } = check({ everyMs: 0, failing });
    expect(materialLines(voice({ materials: [{ ...stored, check: unstarted }] }))).toContain(
      "take-1.wav from <@U0CAROL> has arrived; its inspection begins\n:warning: *Not answered* since <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>: “asking: time-out”. Asking goes on by itself.",
    );
  });

  it("does not say again what pages say when the returned range is known", () => {
    expect(card(voice({ materials: [failed()] }))).not.toContain("published numbers");
    expect(card(voice({ voiceCheck: "off" }))).toContain(
      "A recording is not needed: none is inspected here (`VOICE_CHECK` is off).",
    );
    expect(card(voice({ voiceCheck: "off" }))).not.toContain("is missing");
    expect(card(voice({ voiceCheck: "off" }))).not.toContain("Tencent Cloud inspects");
  });

  it("says how the inspection of what is there ended", () => {
    const there = (over: Partial<Check>) =>
      materialLines(voice({ voiceCheck: "warn", materials: [{ ...failed(over), state: "accepted" }] }));
    expect(there({ verdict: "passed" })).toMatch(
      /:white_check_mark: \*Recording\* is there: .* · it passed the inspection$/m,
    );
    expect(there({})).toMatch(
      /:warning: \*Recording\* is there: .*\nIt did not pass the inspection: .* asks once more\./,
    );
  });
});

describe("a voice in production", () => {
  it("has no PROCESS, and its demo is listened to", () => {
    const running = voice({ state: "running", task: TRAINING });
    expect(card(running)).toContain("SUBMIT done  →  AUDIT done  →  *TRAIN in progress*  →  CONFIRM  →  END");
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

/** What the card says of the materials. */
function materialLines(c: Customization): string {
  const shown = card(c);
  return shown.slice(shown.indexOf("----"), shown.indexOf("*Launch*"));
}
