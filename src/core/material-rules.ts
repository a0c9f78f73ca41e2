import type { MediaInfo } from "./check-ports.ts";
import { MB, roleRow } from "./material.ts";
import { aspect, frameRate, recordings, resolution, sampleRate, seconds, unpackedRatio } from "./measurements.ts";
import type { RuleRow } from "./rule-row.ts";
import { isArchive, isStray, isUnexpected } from "./voice-package.ts";

const footage = { roles: ["footage"], severity: "refuse", source: "62060" } as const;
/** Beyond what `formatsOf` and `maxBytes` say, by the vendor's own word "suggested": a finding of the file itself. */
export const SUGGESTED_RECORDING_BYTES = 20 * MB;

const reading = { roles: ["reading"], severity: "refuse", source: "62074" } as const;
const voicePackage = { roles: ["voice-package"], applies: (inside: MediaInfo) => inside.zip !== undefined } as const;

const FULL_HD = ["1920x1080", "1080x1920"];
const ULTRA_HD = ["3840x2160", "2160x3840"];

/**
 * The limits, one row each; sizes and formats are in material.ts. The vendor publishes no codecs, and no length for the
 * basic version's recording, which its inspection judges. An unpublished limit only warns, unless such a file is useless.
 */
export const RULE_ROWS: readonly RuleRow[] = [
  // For audio the first bytes are not enough: a long tag may hide another container.
  {
    rule: "container",
    ...reading,
    by: "choice",
    measure: ({ container }) => container,
    takes: roleRow("reading").formats,
  },
  {
    rule: "picture-track",
    ...footage,
    roles: ["footage", "identity-video"],
    applies: (inside) => inside.container !== undefined && inside.seconds !== undefined,
    by: "range",
    measure: (inside) => (inside.video ? 1 : 0),
    low: 1,
  },
  { rule: "duration", ...footage, kinds: ["IMAGE", "IMAGE_4K"], by: "range", measure: seconds, low: 120, high: 600 },
  { rule: "duration", ...footage, kinds: ["IMAGE_GENERAL"], by: "range", measure: seconds, low: 60, high: 600 },
  {
    rule: "resolution",
    ...footage,
    kinds: ["IMAGE", "IMAGE_GENERAL"],
    by: "choice",
    measure: resolution,
    takes: [...FULL_HD, ...ULTRA_HD],
  },
  { rule: "resolution", ...footage, kinds: ["IMAGE_4K"], by: "choice", measure: resolution, takes: ULTRA_HD },
  { rule: "aspect", ...footage, by: "choice", measure: aspect, takes: ["16:9", "9:16"] },
  { rule: "frame-rate", ...footage, by: "range", measure: frameRate, low: 25, high: 60, tolerance: 0.01 },
  {
    rule: "pixels",
    roles: ["photo"],
    by: "range",
    measure: ({ picture }) => picture && Math.min(picture.width, picture.height),
    low: 512,
    severity: "warn",
    source: "ours: a smaller picture shows little of a face",
  },
  {
    rule: "animation",
    roles: ["photo"],
    applies: ({ picture }) => picture !== undefined,
    by: "range",
    measure: ({ picture }) => (picture?.isAnimated ? 1 : 0),
    high: 0,
    severity: "warn",
    source: "ours: which of its pictures would count is not published",
  },
  // Lengths and bit rates of a reading are only recommended: the inspection decides.
  { rule: "duration", ...reading, by: "range", measure: seconds, low: 10, high: 30, severity: "warn" },
  { rule: "sample-rate", ...reading, by: "range", measure: sampleRate, low: 16_000 },
  {
    rule: "sample-rate",
    roles: ["recording"],
    by: "range",
    measure: sampleRate,
    low: 16_000,
    severity: "warn",
    source: "ours: not published for the basic version; that of the ultra-fast one is (62074)",
  },
  {
    rule: "bit-rate",
    ...reading,
    applies: ({ audio }) => !audio?.codec?.startsWith("PCM"),
    by: "range",
    measure: ({ audio }) => audio?.bitRate,
    low: 128_000,
    // Encoders miss their nominal rate by a little.
    tolerance: 0.1,
    severity: "warn",
  },
  {
    rule: "pages",
    roles: ["identity-letter"],
    by: "range",
    measure: ({ pages }) => pages,
    low: 1,
    high: 20,
    severity: "warn",
    source: "ours: a longer document is hardly a letter",
  },
  {
    rule: "pdf-end",
    roles: ["identity-letter"],
    by: "range",
    measure: ({ isCutOff }) => (isCutOff ? 0 : 1),
    low: 1,
    severity: "warn",
    source: "ours: some programs repair such a file",
  },
  {
    rule: "pdf-password",
    roles: ["identity-letter"],
    by: "range",
    measure: ({ needsPassword }) => (needsPassword ? 1 : 0),
    high: 0,
    severity: "warn",
    source: "ours: no field of the API takes a password",
  },
  {
    rule: "zip-directory",
    roles: ["voice-package"],
    by: "range",
    measure: ({ zip }) => (zip && zip.entries.length >= zip.count ? 1 : undefined),
    severity: "warn",
    source: "ours",
  },
  {
    rule: "zip-count",
    ...voicePackage,
    by: "range",
    measure: ({ zip }) => zip?.count,
    low: 1,
    severity: "refuse",
    source: "ours: an empty package is of no use",
  },
  {
    rule: "zip-count",
    ...voicePackage,
    by: "range",
    measure: ({ zip }) => zip?.count,
    low: 1,
    high: 5_000,
    severity: "warn",
    source: "ours: not published, and nobody records that many",
  },
  {
    rule: "zip-recordings",
    ...voicePackage,
    applies: ({ zip }) => zip !== undefined && zip.count > 0,
    by: "range",
    measure: recordings,
    low: 1,
    severity: "refuse",
    source: "ours: a voice cannot be made without",
  },
  {
    rule: "zip-ratio",
    ...voicePackage,
    by: "range",
    measure: unpackedRatio,
    high: 100,
    severity: "refuse",
    source: "ours: speech packs to a third at best, a bomb to a thousandth",
  },
  {
    rule: "zip-names",
    ...voicePackage,
    by: "entry",
    isWrong: isStray,
    severity: "refuse",
    source: "ours: a name that leads out of the folder",
  },
  {
    rule: "zip-encrypted",
    ...voicePackage,
    by: "entry",
    isWrong: (entry) => entry.isEncrypted,
    severity: "refuse",
    source: "ours: no field of the API takes a password",
  },
  {
    rule: "zip-nested",
    ...voicePackage,
    by: "entry",
    isWrong: isArchive,
    severity: "warn",
    source: "ours: whether the vendor unpacks twice is not published",
  },
  {
    rule: "zip-formats",
    ...voicePackage,
    by: "entry",
    isWrong: isUnexpected,
    severity: "warn",
    source: "ours: contents are not published; the inspection takes wav (62065)",
  },
];
