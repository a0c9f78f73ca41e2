import type { Finding } from "../../../core/judge.ts";
import type { Rule } from "../../../core/rule-row.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, joined, md } from "../mrkdwn.ts";
import { ADVICE, measuredValue, valueText } from "./findings.ts";
import { names } from "./names.ts";

/** All that is wrong with a file in one sentence, each with its value and limit, and then what to do. */
export function faultsOf(findings: readonly Finding[]): Mrkdwn {
  const parts = findings.map(part);
  const said = parts.map(({ verb, what }, i) => (i > 0 && parts[i - 1]?.verb === verb ? what : `${verb} ${what}`));
  const advice = [...new Set(findings.map(({ rule }) => ADVICE[rule]))].map((text) => md`${text}`);
  return md`It ${names.list(said, "and")}. ${joined(advice, " ")}`;
}

interface Part {
  readonly verb: string;
  readonly what: string;
}

/** What has no number of its own. */
const WORDED: Partial<Record<Rule, Part>> = {
  contents: { verb: "cannot", what: "be looked into" },
  "picture-track": { verb: "has", what: "sound but no picture" },
  animation: { verb: "is", what: "an animated picture" },
  "pdf-end": { verb: "lacks", what: "its end" },
  "pdf-password": { verb: "needs", what: "a password" },
  "zip-directory": { verb: "has", what: "a list of files that cannot be read" },
};

/** The verb, and what stands before and after the value. */
const MEASURED: Partial<Record<Rule, readonly [verb: string, before: string, after: string]>> = {
  "name-extension": ["has", "a name that ends in", ""],
  "declared-type": ["is", "declared as", ""],
  container: ["is", "", ""],
  duration: ["lasts", "", ""],
  resolution: ["has", "", "pixels"],
  aspect: ["has", "sides of", ""],
  "frame-rate": ["has", "", "frames a second"],
  pixels: ["has", "", "pixels on its shorter side"],
  "sample-rate": ["has", "a sample rate of", ""],
  "bit-rate": ["has", "a bit rate of", ""],
  "suggested-size": ["has", "", ""],
  pages: ["has", "", "pages"],
  "zip-count": ["holds", "", "files"],
  "zip-recordings": ["holds", "", "sound files"],
  "zip-ratio": ["unpacks", "to", "times its size"],
  "zip-names": ["holds", "a name that leads out of its folder,", ""],
  "zip-encrypted": ["holds", "an encrypted file,", ""],
  "zip-nested": ["holds", "another archive,", ""],
  "zip-formats": ["holds", "something other than recordings,", ""],
};

function part(f: Finding): Part {
  const worded = WORDED[f.rule];
  if (worded) return worded;
  const [verb, before, after] = MEASURED[f.rule] ?? ["has", "", ""];
  const value = f.measured === undefined ? "something unreadable" : brief(measuredValue(f, f.measured), 120);
  const limit = limitOf(f);
  return { verb, what: [before, value, after, limit && `(${limit})`].filter(Boolean).join(" ") };
}

/** `2–10 min`, `25–60`, `at least 16 kHz`, `1920×1080 or 1080×1920` */
function limitOf({ rule, low, high, takes = [] }: Finding): string {
  if (takes.length > 0) return names.list(takes.map((one) => brief(valueText(rule, one), 40)).slice(0, 8), "or");
  const [from, to] = [low, high].map((limit) => (limit === undefined ? undefined : valueText(rule, limit)));
  if (from === undefined) return to === undefined ? "" : `at most ${to}`;
  if (to === undefined) return `at least ${from}`;
  if (from === to) return from;
  const [number, ...unit] = from.split(" ");
  return to.endsWith(unit.join(" ")) ? `${number}–${to}` : `${from} to ${to}`;
}
