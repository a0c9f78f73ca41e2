import type { Metric } from "../../../core/check-ports.ts";
import type { Customization } from "../../../core/customization.ts";
import { kindRow } from "../../../core/kinds.ts";
import type { Check, Material } from "../../../core/material-record.ts";
import type { StatusText } from "../card-words.ts";
import type { CheckWords, Crop, FaceFault } from "../check-words.ts";
import { decimal, measuredText } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, lines, md, quoted, user } from "../mrkdwn.ts";
import { finding, unknown } from "./findings.ts";
import { fileName, names } from "./names.ts";
import { packedReport, packedVerdict } from "./packed-report.ts";

export const checks: CheckWords = {
  finding,
  unknown,
  sameAs,
  metric: {
    snr: "SNR",
    c50: "Reverberation",
    clipping: "Clipping",
    duration: "Duration",
    wer: "Text accuracy",
  },
  columns: {
    metric: "Metric",
    measured: "Measured",
    verdict: "Verdict",
    scale: "Scale",
    acceptable: "Acceptable",
  },
  range,
  verdict: (name, side) => (side === "low" || side === "high" ? VERDICTS[`${name}-${side}`] : VERDICTS[side]),
  advice: (metric, side) =>
    md`*${checks.metric[metric.name]}* ${measuredText(metric)}, where ${range(metric)} would do: ${ADVICE[`${metric.name}-${side}`]}`,
  footnote: (compared) =>
    compared
      ? md`The ranges are those that Tencent Cloud returned with this result. SNR is how far the voice is above the noise; C50 is its measure of reverberation, Wer of text accuracy.`
      : md`The ranges are those that Tencent Cloud returned with this result. SNR is how far the voice is above the noise; C50 is its measure of reverberation. Without a reference text the accuracy of the text is not judged: a reply ${code("text: what is said in it")} by the requester sets one.`,
  report,
  packedReport,
  packedVerdict,
  face,
  faceUnclear: md`What exactly is wrong it does not tell. What it wants is one face, from the front, with nothing before it.`,
  crop: (largest, smallest) =>
    md`Its advice is to crop the picture${largest ? md` to at most ${cropText(largest)}` : md``}${largest && smallest ? md`,` : md``}${smallest ? md` to at least ${cropText(smallest)}` : md``}.`,
  vendorSaid: (check) =>
    check.said
      ? md`Tencent Cloud says: ${quoted(check.said)}${check.code && check.code !== "0" ? md` (code ${code(brief(check.code, 40))})` : md``}.`
      : undefined,
  beforehand,
};

type Off = `${Metric["name"]}-${"low" | "high"}`;

const VERDICTS: Readonly<Record<Off | "within" | "no-range", string>> = {
  within: "ok",
  "no-range": "no range",
  "snr-low": "TOO LOW",
  "snr-high": "TOO HIGH",
  "c50-low": "TOO LOW",
  "c50-high": "TOO HIGH",
  "clipping-low": "TOO LOW",
  "clipping-high": "TOO HIGH",
  "duration-low": "TOO SHORT",
  "duration-high": "TOO LONG",
  "wer-low": "TOO LOW",
  "wer-high": "TOO HIGH",
};

const ODD = "this is unusual; record it again, and show it to the operator if it stays so.";
const ADVICE: Readonly<Record<Off, string>> = {
  "snr-low": "there is noise beside the voice. Record in a quieter room, closer to the microphone, with fans off.",
  "snr-high": ODD,
  "c50-low": "the room echoes. Record in a room with curtains, carpet or blankets, closer to the microphone.",
  "c50-high": ODD,
  "clipping-low": ODD,
  "clipping-high":
    "it is overdriven. Turn the input level down or step back, and record again: clipping cannot be repaired.",
  "duration-low": "there is too little speech. Record more; pauses do not count.",
  "duration-high": "it is too long. Cut it.",
  "wer-low": "what is said differs from the reference text. Read it word for word, or set the text that was read.",
  "wer-high": ODD,
};

function range({ low, high }: Pick<Metric, "low" | "high">): string {
  if (low !== undefined && high !== undefined)
    return low === high ? decimal(low) : `${decimal(low)} to ${decimal(high)}`;
  if (low !== undefined) return `≥ ${decimal(low)}`;
  return high === undefined ? "not returned" : `≤ ${decimal(high)}`;
}

function sameAs(c: Customization, { sameAs: same }: Material): Mrkdwn | undefined {
  if (!same) return undefined;
  const name = brief(same.name, 80) || "a file without a name";
  if (same.id !== c.id) return md`The same file as ${name} of ${same.id}, which failed.`;
  return same.state === "refused"
    ? md`The same file as ${name}, which was refused here.`
    : md`The same file as ${name}, which was dropped here before.`;
}

function report(c: Customization, m: Material): StatusText {
  const passed = m.check?.verdict === "passed";
  const headline = passed ? `${fileName(m)} passed its inspection.` : `${fileName(m)} did not pass its inspection.`;
  if (passed) return { headline, details: md`` };
  const who = user(m.file.by);
  if (m.check?.of === "detection") return { headline, details: md`${who}: ${detected(m.check)}` };
  return {
    headline,
    details:
      c.voiceCheck === "warn"
        ? md`${who}: see what is off. It can be launched all the same, and Launch asks once more; or record it again and drop the new recording here.`
        : md`${who}: see what is off, record it again and drop the new recording here.`,
  };
}

/** What a DetectionCode means, and what to do. @see docs/tencent-api.md §7 (vendor page 62078) */
export function detected(check: Pick<Check, "code">): Mrkdwn {
  switch (check.code) {
    case "-1":
      return md`it could not be checked, which says nothing about the recording. Drop it here again.`;
    case "-2":
      return md`it was misread, with something missing, wrong or added. Read the text again, word for word, and drop the new recording here.`;
    case "-3":
      return md`it is too noisy. Record it again in a quieter room, closer to the microphone, and drop the new recording here.`;
    default:
      return md`it cannot be used. Record it again and drop the new recording here; if that fails too, show this to the operator.`;
  }
}

function face(f: FaceFault): Mrkdwn {
  switch (f.type) {
    case "no-face":
      return md`*No face* was found in it. Take a picture of one face, from the front.`;
    case "several":
      return md`*${f.count} faces* are in it. Crop it to one.`;
    case "turned":
      return md`*Turned* ${degrees(f.degrees)} to the side. Look straight into the camera.`;
    case "tilted":
      return md`*Tilted* ${degrees(f.degrees)} up or down. Hold the camera at the height of the eyes.`;
    case "small":
      return md`*Too small*: the face takes ${percent(f.share)} of the picture. Crop it, or go closer.`;
    case "covered":
      return md`*Covered*: ${percent(f.share)} of the face are hidden. Take away hair, hands, masks or glasses that hide it.`;
    case "features-covered":
      return md`*Covered*: ${percent(f.share)} of eyes, nose and mouth are hidden. Take away what hides them.`;
  }
}

function degrees(value: number): string {
  return `${Math.abs(Math.round(value))}°`;
}

function percent(share: number): string {
  return `${decimal(share * 100)} %`;
}

function cropText({ left, top, right, bottom }: Crop): string {
  const [width, height] = [right - left, bottom - top].map((side) => decimal(Math.round(side)));
  return `${width}×${height} pixels from (${decimal(Math.round(left))}, ${decimal(Math.round(top))})`;
}

/** The vendor's published numbers, which disagree: advice before the recording, never a verdict. @see docs/tencent-api.md §6, §7 */
function beforehand(c: Customization): Mrkdwn | undefined {
  if (kindRow(c.kind).speech === "reading") {
    return lines(
      md`*For a good recording*: a quiet room without echo, close to the microphone, not overdriven. Tencent Cloud wants 10 to 30 seconds (a newer page: 10 to 20).`,
      md`*Its published numbers*: at least 16 kHz, compressed ones at least 128 kbit/s · SNR ≥ 20 · reverberation (C50) ≥ 20 · clipping ≤ 10 · speech ≥ 5 seconds · text read ≥ 70 % (${names.language.chi}), 50 % (${names.language.eng}), 70 % (${names.language.can}). Its pages disagree and change: only its answer counts.`,
    );
  }
  if (kindRow(c.kind).speech !== "recording") return undefined;
  if (c.voiceCheck === "off")
    return md`A recording is not needed: none is inspected here (${code("VOICE_CHECK")} is off).`;
  return lines(
    md`*For a good recording*: a quiet room without echo, close to the microphone, not overdriven. Tencent Cloud wants 10 minutes of speech or more.`,
    md`*Its published numbers* (in brackets those of a newer page, which disagrees): SNR ≥ 30 (25) · reverberation (C50) ≥ 30 (30) · clipping ≤ 0 (10) · speech ≥ 10 minutes (5) · text accuracy ≥ 70 % (${names.language.chi} 85 %, ${names.language.eng} 50 %, ${names.language.can} 70 %). Neither counts: the range that comes back with the result does.`,
    c.referenceText
      ? undefined
      : md`*Text accuracy* is judged only with a reference text: the requester can set it with a reply in this thread, ${code("text: what is said in it")}`,
  );
}
