import type { FileFormat } from "./material.ts";
import type { PackedRecording } from "./packed-recording.ts";

/** One measured quality of a recording, with the range that the vendor returned beside it. */
export interface Metric {
  readonly name: "snr" | "c50" | "clipping" | "duration" | "wer";
  readonly value: number;
  /** As returned; either end may be open. */
  readonly low?: number;
  readonly high?: number;
}

/**
 * What an inspection found. Only the basic one has `metrics` (never empty); `audioId` exists only if the ultra-fast one
 * passed. `said` is the vendor's own text and may be empty.
 */
export type CheckReport =
  | { readonly type: "running" }
  | { readonly type: "evaluated"; readonly metrics: readonly Metric[] }
  | { readonly type: "detected"; readonly code: number; readonly said: string; readonly audioId?: string }
  | {
      readonly type: "faces";
      readonly passed: boolean;
      readonly code: string;
      readonly said: string;
      readonly faces: readonly Face[];
    }
  | { readonly type: "broken"; readonly said: string }
  /** The account does not have this inspection. */
  | { readonly type: "absent" };

/** A detected face. Angles in degrees, ratios from 0 to 1 of the picture, boxes in pixels. */
export interface Face {
  readonly yaw?: number;
  readonly pitch?: number;
  readonly areaRatio?: number;
  /** How much of the face, and of its eyes, nose and mouth, is covered. */
  readonly faceCovered?: number;
  readonly featuresCovered?: number;
  /** left, top, right, bottom */
  readonly box?: readonly number[];
  readonly maxCrop?: readonly number[];
  readonly minCrop?: readonly number[];
}

export type Language = "chi" | "eng" | "can";

/** The vendor's inspections. @throws {Fault} `gateway-*`, everywhere */
export interface VoiceLab {
  /** Texts to read aloud for the ultra-fast voice. */
  texts(language: Language): Promise<ReadonlyArray<{ readonly id: string; readonly text: string }>>;
  /** Basic voice: `audioevaluation`. @returns the vendor's task id */
  evaluate(ask: {
    readonly url: string;
    readonly language?: Language;
    readonly referenceText?: string;
  }): Promise<string>;
  evaluation(taskId: string): Promise<CheckReport>;
  /** Ultra-fast voice: `detectaudioquality`. */
  detect(ask: {
    readonly url: string;
    readonly language: Language;
    readonly textId?: string;
    readonly referenceText?: string;
  }): Promise<string>;
  detection(taskId: string): Promise<CheckReport>;
}

/** Face detection before a photo avatar. @throws {Fault} `gateway-*`, everywhere */
export interface FaceCheck {
  /** @returns the vendor's task id; undefined when this account has no face detection */
  detect(url: string): Promise<string | undefined>;
  detection(taskId: string): Promise<CheckReport>;
}

/** Reads parts of a file of `size` bytes: any part if the source supports ranges, else only its beginning. */
export interface RandomAccess {
  readonly size: number;
  /**
   * @returns `length` bytes from `offset`, fewer only at the end of the file; undefined if the source cannot reach them
   * @throws {Fault} `source-*`, `transfer-aborted`
   */
  read(offset: number, length: number): Promise<Uint8Array | undefined>;
}

/** A file or folder of a zip; sizes in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  readonly packed: number;
  readonly isEncrypted: boolean;
}

/** What a media file contains. An absent property is unknown. */
export interface MediaInfo {
  /** Parsing exceeded its limits or crashed: nothing is known. */
  readonly gaveUp?: true;
  /** A file format or the name of another container, from the whole structure rather than the first bytes. */
  readonly container?: string;
  readonly seconds?: number;
  readonly video?: {
    readonly codec?: string;
    readonly width?: number;
    readonly height?: number;
    /** Displayed width over height. */
    readonly aspect?: number;
    readonly fps?: number;
  };
  readonly audio?: {
    readonly codec?: string;
    readonly sampleRate?: number;
    readonly bitRate?: number;
    readonly channels?: number;
  };
  readonly picture?: { readonly width: number; readonly height: number; readonly isAnimated?: boolean };
  readonly pages?: number;
  /** Of a pdf: its end is missing. */
  readonly isCutOff?: boolean;
  /** Of a pdf: it does not open without one; a password for changes alone does not count. */
  readonly needsPassword?: boolean;
  /**
   * `bytes`: the archive's size. `count`: entries that its directory declares; `entries` may hold fewer. `recordings`:
   * the longest that can be taken out, a few of wav and a few of other formats.
   */
  readonly zip?: {
    readonly bytes: number;
    readonly count: number;
    readonly entries: readonly ZipEntry[];
    readonly recordings?: readonly PackedRecording[];
  };
}

/** Reads a file's metadata without reading all of it. A file that it cannot parse is unknown, not an error. */
export interface MediaProbe {
  /** @throws {Fault} from the file's source; `transfer-aborted` once the probe is closed */
  probe(file: RandomAccess, format: FileFormat): Promise<MediaInfo>;
  /**
   * Takes a recording out of a zip, piece by piece.
   * @throws {Fault} while it is read: `packed-recording` when it is not there or damaged; what the file's source throws
   */
  unpack(file: RandomAccess, recording: PackedRecording): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}
