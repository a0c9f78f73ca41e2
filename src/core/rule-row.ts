import type { MediaInfo, ZipEntry } from "./check-ports.ts";
import type { Kind, MaterialRole } from "./kinds.ts";

/** Everything that a file can be judged by, with the unit of what is measured. */
export const RULES = [
  "name-extension", // the extension
  "declared-type", // the type that Slack tells
  "contents", // whether the file could be looked into at all: never more than unknown
  "container", // a file format, or the name of another one
  "picture-track", // 0 or 1
  "duration", // seconds
  "resolution", // e.g. 1920x1080
  "aspect", // e.g. 16:9
  "frame-rate", // frames a second
  "pixels", // the shorter side
  "animation", // 0 or 1
  "sample-rate", // Hz
  "bit-rate", // bits a second
  "pages",
  "pdf-end", // 0 when it is missing
  "pdf-password", // 1 when it needs one
  "zip-directory", // whether all of it could be read: never more than unknown
  "zip-count", // files
  "zip-recordings", // sound files
  "zip-ratio", // unpacked size over packed
  "zip-names", // a file in it, and so are the next three
  "zip-encrypted",
  "zip-nested",
  "zip-formats",
] as const;
export type Rule = (typeof RULES)[number];

interface Range {
  readonly by: "range";
  /** Undefined when it could not be told, as in the others. */
  readonly measure: (inside: MediaInfo) => number | undefined;
  readonly low?: number;
  readonly high?: number;
  /** A miss by no more than this only warns. */
  readonly give?: number;
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
  /** All kinds unless told. */
  readonly kinds?: readonly Kind[];
  /** Whether the rule says anything about such a file; it does unless told. */
  readonly applies?: (inside: MediaInfo) => boolean;
  readonly severity: "refuse" | "warn";
  /** A vendor page, or "ours" where none says anything. */
  readonly source: string;
};
