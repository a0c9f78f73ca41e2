import type { MediaInfo, ZipEntry } from "./check-ports.ts";
import type { Kind, MaterialRole } from "./kinds.ts";

/** Every rule for files, with the unit of its measurement. */
export const RULES = [
  "name-extension", // the extension
  "declared-type", // the media type that Slack reports
  "contents", // whether the file could be parsed at all; at worst unknown
  "container", // a file format, or another container's name
  "picture-track", // 0 or 1
  "duration", // seconds
  "resolution", // e.g. 1920x1080
  "aspect", // e.g. 16:9
  "frame-rate", // frames a second
  "pixels", // the shorter side
  "animation", // 0 or 1
  "sample-rate", // Hz
  "bit-rate", // bits a second
  "suggested-size", // bytes
  "pages",
  "pdf-end", // 0 when it is missing
  "pdf-password", // 1 when it needs one
  "zip-directory", // whether all of it could be read; at worst unknown
  "zip-count", // files
  "zip-recordings", // sound files
  "zip-ratio", // unpacked size over packed
  "zip-names", // a file inside, like the next three
  "zip-encrypted",
  "zip-nested",
  "zip-formats",
] as const;
export type Rule = (typeof RULES)[number];

interface Range {
  readonly by: "range";
  /** Undefined if it could not be measured. */
  readonly measure: (inside: MediaInfo) => number | undefined;
  readonly low?: number;
  readonly high?: number;
  /** A miss by no more than this share of the limit is none. */
  readonly tolerance?: number;
}

interface Choice {
  readonly by: "choice";
  readonly measure: (inside: MediaInfo) => string | undefined;
  readonly takes: readonly string[];
}

interface Entry {
  readonly by: "entry";
  readonly isWrong: (entry: ZipEntry) => boolean;
}

export type RuleRow = (Range | Choice | Entry) & {
  readonly rule: Rule;
  readonly roles: readonly MaterialRole[];
  /** All kinds by default. */
  readonly kinds?: readonly Kind[];
  /** Whether the rule applies to such a file; always by default. */
  readonly applies?: (inside: MediaInfo) => boolean;
  readonly severity: "refuse" | "warn";
  /** The vendor's page, or "ours" and why. */
  readonly source: string;
};
