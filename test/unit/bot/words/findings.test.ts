import { describe, expect, it } from "vitest";
import { finding, shortFinding, unknown } from "../../../../src/bot/words/en/findings.ts";
import { en } from "../../../../src/bot/words/en.ts";
import type { Finding } from "../../../../src/core/judge.ts";
import type { Rule } from "../../../../src/core/rule-row.ts";
import { RULES } from "../../../../src/core/rule-row.ts";

/** One of each: the compiler asks for what is missing here. */
const FOUND: Readonly<Record<Rule, Omit<Finding, "rule" | "severity">>> = {
  "name-extension": { measured: "mov", takes: ["mp4", "m4v"] },
  "declared-type": { measured: "image/gif", takes: ["image/png"] },
  contents: {},
  container: { measured: "Matroska", takes: ["mp4", "mov"] },
  "picture-track": { measured: 0, low: 1 },
  duration: { measured: 119.9, low: 120, high: 600 },
  resolution: { measured: "1280x720", takes: ["1920x1080", "1080x1920"] },
  aspect: { measured: "4:3", takes: ["16:9", "9:16"] },
  "frame-rate": { measured: 24, low: 25, high: 60 },
  pixels: { measured: 480, low: 512 },
  "sample-rate": { measured: 15_999.9, low: 16_000 },
  "bit-rate": { measured: 64_000, low: 128_000 },
  "suggested-size": { measured: 31_457_280, high: 20_971_520 },
  animation: { measured: 1, high: 0 },
  pages: { measured: 40, low: 1, high: 20 },
  "pdf-end": { measured: 0, low: 1 },
  "pdf-password": { measured: 1, high: 0 },
  "zip-directory": { low: 1 },
  "zip-count": { measured: 0, low: 1, high: 5000 },
  "zip-recordings": { measured: 0, low: 1 },
  "zip-ratio": { measured: 1032, high: 100 },
  "zip-names": { measured: "../../etc/passwd" },
  "zip-encrypted": { measured: "take-1.wav" },
  "zip-nested": { measured: "more.zip" },
  "zip-formats": { measured: "<!channel>.exe" },
};

describe("what was found inside a file", () => {
  it("is told with the measured value, the limit, and what to do", () => {
    const said = RULES.map((rule) => `${rule}: ${finding({ rule, severity: "refuse", ...FOUND[rule] }).mrkdwn}`);
    expect(said.join("\n")).toMatchInlineSnapshot(`
      "name-extension: Its name ends in \`.mov\`, but by its content it is a file that ends in .mp4 or .m4v. Make sure that it is the file you meant; the name itself does not count.
      declared-type: It is declared as \`image/gif\`, but by its content it is image/png. Make sure that it is the file you meant; the declared type itself does not count.
      contents: Its contents could not be looked into.
      container: All of it looked at, it is \`Matroska\`; possible: mp4 or mov. Export it again as one of these.
      picture-track: It has sound but no picture. Export it with its picture.
      duration: It lasts \`1 min 59.9 s\`; possible: 2 min to 10 min. Record it again, or cut it to that length.
      resolution: It has \`1280×720\` pixels; possible: 1920×1080 or 1080×1920. Film or export it in one of these; enlarging a smaller film does not help.
      aspect: Its sides are \`4:3\`; possible: 16:9 or 9:16. Film or crop it to one of these.
      frame-rate: It has \`24\` frames a second; possible: 25 to 60. Film or export it at such a rate.
      pixels: Its shorter side has \`480\` pixels; advised: 512 or more. Take a larger picture if there is one.
      animation: It is an animated picture. Export one picture of it: which one Tencent Cloud would take is not known.
      sample-rate: Its sample rate is \`15999.9 Hz\`; possible: 16 kHz or more. Record it again at 16 kHz or more, e.g. 48 kHz; converting does not help.
      bit-rate: Its bit rate is \`64 kbit/s\`; possible: 128 kbit/s or more. Export it from the original at 128 kbit/s or more, or as wav.
      suggested-size: It has \`30 MB\`; possible: 20 MB at most. Tencent Cloud judges it.
      pages: It has \`40\` pages; usual for a letter: 1 to 20. Make sure that it is the letter.
      pdf-end: The end of the file is missing. Export or download it again.
      pdf-password: It does not open without a password. Save it again without a password.
      zip-directory: Its list of files could not be looked into.
      zip-count: It holds \`0\` files; possible: 1 to 5000. Pack the recordings again, and nothing else.
      zip-recordings: It holds \`0\` sound files; needed: 1 or more. Pack the recordings, best as wav.
      zip-ratio: It unpacks to \`1032\` times its size; possible: 100 at most. Pack the recordings again, and nothing else.
      zip-names: A name in it leads out of its folder: \`../../etc/passwd\`. Pack the folder anew.
      zip-encrypted: A file in it is encrypted: \`take-1.wav\`. Pack it again without a password.
      zip-nested: It holds another archive: \`more.zip\`. Whether Tencent Cloud unpacks it is not known: pack the recordings directly.
      zip-formats: It holds something other than wav recordings: \`&lt;!channel&gt;.exe\`. What may be in it is not published; wav is certain."
    `);
  });

  it("is named in a few words", () => {
    expect(shortFinding({ rule: "resolution", severity: "refuse", measured: "1280x720" })).toBe(
      "its resolution (1280×720)",
    );
    expect(shortFinding({ rule: "zip-directory", severity: "unknown" })).toBe("its list of files");
  });

  it("names what could not be looked into once", () => {
    const findings: Finding[] = ["duration", "duration", "aspect"].map((rule) => ({
      rule: rule === "aspect" ? "aspect" : "duration",
      severity: "unknown",
    }));
    expect(unknown(findings).mrkdwn).toBe(
      ":grey_question: Could not be looked into: length and aspect ratio. Tencent Cloud judges it.",
    );
  });

  it("says so of a file that was given up on", () => {
    expect(unknown([{ rule: "contents", severity: "unknown" }]).mrkdwn).toBe(
      ":grey_question: It could not be looked into: reading it took too long. Tencent Cloud judges it.",
    );
  });
});

it("a file with several faults is told all of them at once", () => {
  const finding = { rule: "duration", severity: "refuse", measured: 72.4, low: 120, high: 600 } as const;
  const others = [{ rule: "frame-rate", severity: "refuse", measured: 61, low: 25, high: 60 } as const];
  const both = en.refusal({ type: "material-rule", finding, others });
  expect(both).toContain("It lasts");
  expect(both).toContain("frames a second");
  expect(both.split("Then drop it here")).toHaveLength(2);
});
