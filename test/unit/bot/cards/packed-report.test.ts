import { describe, expect, it } from "vitest";
import { requestCard } from "../../../../src/bot/cards/request-card.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import type { Material } from "../../../../src/core/material-record.ts";
import { accepted, receiving, START } from "../../../fixtures/customization-fixture.ts";
import { print } from "./print.ts";
import { ada, file, LETTER, NOW, told, view } from "./scenes.ts";

const PACKAGE = file(accepted("voice-package", 2), "takes.zip", 90_000_000);

function voice(over: Partial<Customization> = {}): Customization {
  return ada({ kind: "VOICE", voiceCheck: "block", materials: [LETTER, PACKAGE], ...over });
}

function card(c: Customization): string {
  return print(requestCard(c, view()));
}

/** Recordings out of the package, of which each has this verdict. */
function outOf(...verdicts: readonly ("passed" | "failed")[]): Material[] {
  return verdicts.map((verdict, i) => ({
    ...file(receiving("recording", 3), `0${i + 1}.wav`, 30_000_000),
    id: `${PACKAGE.id}#${i + 1}`,
    state: verdict === "passed" ? "accepted" : "refused",
    packed: {
      package: PACKAGE.id,
      name: "takes.zip",
      n: i + 1,
      recording: { name: `0${i + 1}.wav`, format: "wav", size: 1, packed: 1, offset: 0, isDeflated: false, crc32: 0 },
    },
    check: {
      of: "evaluation",
      startedAt: START,
      nextLookAt: NOW,
      everyMs: 0,
      verdict,
      metrics: [{ name: "snr", value: verdict === "passed" ? 34 : 11.4, low: 30, high: 100 }],
    },
  }));
}

describe("recordings out of a package", () => {
  it("are told in one message, with the metrics of each", () => {
    const tried = outOf("failed", "passed");
    const c = voice({ materials: [LETTER, PACKAGE, ...tried] });
    expect(print(told(c, { type: "check-report", material: tried[1]?.id ?? "" }))).toMatchInlineSnapshot(`
      "text: 02.wav out of takes.zip passed its inspection.
      *02.wav out of takes.zip passed its inspection.* 
      :x: *01.wav* did not pass.
      \`\`\`
      Metric  Measured  Verdict
      Scale                 Acceptable
      SNR     11.4      TOO LOW
      [·X··|■■■■■■■■|····]  30 to 100
      \`\`\`
      *SNR* 11.4, where 30 to 100 would do: there is noise beside the voice. Record in a quieter room, closer to the microphone, with fans off.
      :white_check_mark: *02.wav* passed.
      \`\`\`
      Metric  Measured  Verdict
      Scale                 Acceptable
      SNR     34        ok
      [····|●■■■■■■■|····]  30 to 100
      \`\`\`
      ~ The ranges are those that Tencent Cloud returned with this result. SNR is how far the voice is above the noise; C50 is its measure of reverberation. Without a reference text the accuracy of the text is not judged: a reply \`text: what is said in it\` by the requester sets one."
    `);
    expect(card(c)).toContain("*Recording* 02.wav out of takes.zip");
    expect(card(c)).not.toContain("accepted");
  });

  it("of which none passed leave a recording missing, and say both ways out", () => {
    const tried = outOf("failed", "failed", "failed");
    const c = voice({ materials: [LETTER, PACKAGE, ...tried] });
    const shown = print(told(c, { type: "check-report", material: tried[2]?.id ?? "" }));
    expect(shown).toContain("*None of 3 recordings out of takes.zip passed the inspection.* <@U0CAROL>:");
    expect(shown.match(/TOO LOW/g)).toHaveLength(3);
    expect(shown.match(/The ranges are those/g)).toHaveLength(1);
    expect(card(c)).toContain(
      "*Recording*: none in takes.zip passed the check. Drop a better package, or one recording (wav",
    );
  });

  it("that are not there to inspect leave it missing, too", () => {
    expect(card(voice())).toContain("none in takes.zip could be checked");
    expect(card(voice({ gateway: "mainland" }))).toContain("wav, mp3, m4a, aac or wma, up to 1 GB");
  });
});
