import type { Metric } from "../../core/check-ports.ts";
import type { Customization } from "../../core/customization.ts";
import type { Finding } from "../../core/judge.ts";
import type { Check, Material } from "../../core/material-record.ts";
import type { StatusText } from "./card-words.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** What is probably wrong with a photo. Degrees, shares from 0 to 1; `several` counts faces. */
export type FaceFault =
  | { readonly type: "no-face" }
  | { readonly type: "several"; readonly count: number }
  | { readonly type: "turned" | "tilted"; readonly degrees: number }
  | { readonly type: "small" | "covered" | "features-covered"; readonly share: number };

/** A part of a picture, in pixels. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Results of inspections, and of looking inside a file. */
export interface CheckWords {
  readonly finding: (finding: Finding) => Mrkdwn;
  /** What could not be checked, in one line. */
  readonly unknown: (findings: readonly Finding[]) => Mrkdwn;
  /** The file was here before; undefined when it was not. */
  readonly sameAs: (c: Customization, material: Material) => Mrkdwn | undefined;
  readonly metric: Readonly<Record<Metric["name"], string>>;
  /** Heads of the table; the last two are below the others. */
  readonly columns: Readonly<Record<"metric" | "measured" | "verdict" | "scale" | "acceptable", string>>;
  readonly range: (metric: Metric) => string;
  readonly verdict: (name: Metric["name"], side: "low" | "within" | "high" | "no-range") => string;
  readonly advice: (metric: Metric, side: "low" | "high") => Mrkdwn;
  /** Where the ranges come from. @param compared  whether there was a text to compare with */
  readonly footnote: (compared: boolean) => Mrkdwn;
  readonly report: (c: Customization, material: Material) => StatusText;
  /** Recordings out of one voice package, in the order of their inspection: either the last has passed, or none. */
  readonly packedReport: (c: Customization, tried: readonly Material[]) => StatusText;
  /** One of them, above its metrics: its name, or why there are none. */
  readonly packedVerdict: (material: Material) => Mrkdwn;
  readonly face: (fault: FaceFault) => Mrkdwn;
  /** The measurements do not show what is wrong. */
  readonly faceUnclear: Mrkdwn;
  readonly crop: (largest: Crop | undefined, smallest: Crop | undefined) => Mrkdwn;
  readonly vendorSaid: (check: Check) => Mrkdwn | undefined;
  /** The vendor's published advice for a recording; undefined for kinds without one. */
  readonly beforehand: (c: Customization) => Mrkdwn | undefined;
}
