import type { Finding } from "../../../core/judge.ts";
import type { Rule } from "../../../core/rule-row.ts";
import { decimal, fileSize, seconds } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, md } from "../mrkdwn.ts";
import { names } from "./names.ts";

/** What a rule is about, as in "its length". */
const ABOUT: Readonly<Record<Rule, string>> = {
  "name-extension": "file ending",
  "declared-type": "declared type",
  contents: "contents",
  container: "container",
  "picture-track": "picture",
  duration: "length",
  resolution: "resolution",
  aspect: "aspect ratio",
  "frame-rate": "frame rate",
  pixels: "pixels",
  animation: "animation",
  "sample-rate": "sample rate",
  "bit-rate": "bit rate",
  "suggested-size": "size",
  pages: "pages",
  "pdf-end": "end",
  "pdf-password": "password",
  "zip-directory": "list of files",
  "zip-count": "number of files",
  "zip-recordings": "recordings in it",
  "zip-ratio": "unpacked size",
  "zip-names": "names in it",
  "zip-encrypted": "encryption",
  "zip-nested": "archives in it",
  "zip-formats": "file types in it",
};

/** Measured value, limit, what to do. */
export function finding(f: Finding): Mrkdwn {
  if (f.measured === undefined) return md`Its ${ABOUT[f.rule]} could not be looked into.`;
  return md`${measured(f.rule, f.measured, f)} ${ADVICE[f.rule]}`;
}

/** In a few words, for a line of the history. */
export function shortFinding(f: Finding): string {
  const value = f.measured === undefined ? "" : ` (${brief(valueText(f.rule, f.measured), 60)})`;
  return `its ${ABOUT[f.rule]}${value}`;
}

export function unknown(findings: readonly Finding[]): Mrkdwn {
  if (findings.some((f) => f.rule === "contents")) {
    return md`:grey_question: It could not be looked into: reading it took too long. Tencent Cloud judges it.`;
  }
  const what = [...new Set(findings.map((f) => ABOUT[f.rule]))];
  return md`:grey_question: Could not be looked into: ${names.list(what, "and")}. Tencent Cloud judges it.`;
}

function measured(rule: Rule, value: number | string, f: Finding): Mrkdwn {
  const shown = code(brief(measuredValue(f, value), 120));
  const [wanted, takes] = [
    limits(f),
    names.list((f.takes ?? []).map((t) => brief(valueText(rule, t), 40)).slice(0, 8), "or"),
  ];
  switch (rule) {
    case "name-extension":
      return md`Its name ends in ${shown}, but by its content it is a file that ends in ${takes}.`;
    case "declared-type":
      return md`It is declared as ${shown}, but by its content it is ${takes}.`;
    case "contents":
      return md`It could not be looked into.`;
    case "container":
      return md`All of it looked at, it is ${shown}; possible: ${takes}.`;
    case "picture-track":
      return md`It has sound but no picture.`;
    case "duration":
      return md`It lasts ${shown}; ${mode(f)}: ${wanted}.`;
    case "resolution":
      return md`It has ${shown} pixels; possible: ${takes}.`;
    case "aspect":
      return md`Its sides are ${shown}; possible: ${takes}.`;
    case "frame-rate":
      return md`It has ${shown} frames a second; possible: ${wanted}.`;
    case "pixels":
      return md`Its shorter side has ${shown} pixels; advised: ${wanted}.`;
    case "sample-rate":
    case "bit-rate":
      return md`Its ${ABOUT[rule]} is ${shown}; ${mode(f)}: ${wanted}.`;
    case "suggested-size":
      return md`It has ${shown}; ${mode(f)}: ${wanted}.`;
    case "pages":
      return md`It has ${shown} pages; usual for a letter: ${wanted}.`;
    case "animation":
      return md`It is an animated picture.`;
    case "pdf-end":
      return md`The end of the file is missing.`;
    case "pdf-password":
      return md`It does not open without a password.`;
    case "zip-directory":
      return md`Not all of the list of its files could be read.`;
    case "zip-count":
      return md`It holds ${shown} files; ${mode(f)}: ${wanted}.`;
    case "zip-recordings":
      return md`It holds ${shown} sound files; needed: ${wanted}.`;
    case "zip-ratio":
      return md`It unpacks to ${shown} times its size; possible: ${wanted}.`;
    case "zip-names":
      return md`A name in it leads out of its folder: ${shown}.`;
    case "zip-encrypted":
      return md`A file in it is encrypted: ${shown}.`;
    case "zip-nested":
      return md`It holds another archive: ${shown}.`;
    case "zip-formats":
      return md`It holds something other than wav recordings: ${shown}.`;
  }
}

/** Only a violation that refuses is of a hard limit. */
function mode({ severity }: Finding): string {
  return severity === "refuse" ? "possible" : "advised";
}

export const ADVICE: Readonly<Record<Rule, string>> = {
  "name-extension": "Make sure that it is the file you meant; the name itself does not count.",
  "declared-type": "Make sure that it is the file you meant; the declared type itself does not count.",
  contents: "Tencent Cloud judges it.",
  container: "Export it again as one of these.",
  "picture-track": "Export it with its picture.",
  duration: "Record it again, or cut it to that length.",
  resolution: "Film or export it in one of these; enlarging a smaller film does not help.",
  aspect: "Film or crop it to one of these.",
  "frame-rate": "Film or export it at such a rate.",
  pixels: "Take a larger picture if there is one.",
  "sample-rate": "Record it again at 16 kHz or more, e.g. 48 kHz; converting does not help.",
  "bit-rate": "Export it from the original at 128 kbit/s or more, or as wav.",
  "suggested-size": "Tencent Cloud judges it.",
  animation: "Export one picture of it: which one Tencent Cloud would take is not known.",
  pages: "Make sure that it is the letter.",
  "pdf-end": "Export or download it again.",
  "pdf-password": "Save it again without a password.",
  "zip-directory": "Tencent Cloud judges it.",
  "zip-count": "Pack the recordings again, and nothing else.",
  "zip-recordings": "Pack the recordings, best as wav.",
  "zip-ratio": "Pack the recordings again, and nothing else.",
  "zip-names": "Pack the folder anew.",
  "zip-encrypted": "Pack it again without a password.",
  "zip-nested": "Whether Tencent Cloud unpacks it is not known: pack the recordings directly.",
  "zip-formats": "What may be in it is not published; wav is certain.",
};

function limits({ rule, low, high }: Finding): string {
  const [from, to] = [low, high].map((limit) => (limit === undefined ? undefined : valueText(rule, limit)));
  if (from !== undefined && to !== undefined) return from === to ? from : `${from} to ${to}`;
  if (from !== undefined) return `${from} or more`;
  return to === undefined ? "–" : `${to} at most`;
}

/** Unrounded when rounding would make it equal the limit that it misses. */
export function measuredValue({ rule, low, high }: Finding, value: number | string): string {
  const shown = valueText(rule, value);
  const isHidden = [low, high].some(
    (limit) => limit !== undefined && limit !== value && valueText(rule, limit) === shown,
  );
  return isHidden ? `${value}${EXACT_UNIT[rule] ?? ""}` : shown;
}

const EXACT_UNIT: Partial<Record<Rule, string>> = { duration: " s", "sample-rate": " Hz", "bit-rate": " bit/s" };

/** In the unit that people use. */
export function valueText(rule: Rule, value: number | string): string {
  if (typeof value === "string") {
    if (rule === "name-extension") return `.${value}`;
    return rule === "resolution" ? value.replace("x", "×") : value;
  }
  switch (rule) {
    case "duration":
      return seconds(value);
    case "sample-rate":
      return `${decimal(value / 1000)} kHz`;
    case "bit-rate":
      return `${decimal(value / 1000)} kbit/s`;
    case "suggested-size":
      return fileSize(value);
    default:
      return decimal(value);
  }
}
