import type { FileFormat } from "./material.ts";

/** One measured quality of a recording, with the range that the vendor returned beside it. */
export interface Metric {
  readonly name: "snr" | "c50" | "clipping" | "duration" | "wer";
  readonly value: number;
  /** As returned; either end may be open. */
  readonly low?: number;
  readonly high?: number;
}

/**
 * What an inspection found; `metrics` only from the basic one (never empty), `audioId` only when the ultra-fast one passed.
 * `said` is the vendor's own word and may be empty.
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

/** A face as detection tells it: degrees, shares of the picture from 0 to 1, boxes in pixels. */
export interface Face {
  readonly yaw?: number;
  readonly pitch?: number;
  readonly areaRatio?: number;
  /** How much of the face, and of its eyes, nose and mouth, something hides. */
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
  evaluate(ask: { readonly url: string; readonly referenceText?: string }): Promise<string>;
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

/** Bytes out of a file of `size` bytes: anywhere where its source allows, else out of its beginning only. */
export interface RandomAccess {
  readonly size: number;
  /**
   * @returns `length` bytes from `offset`, fewer only at the end of the file; undefined when these are out of reach
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

/** What lies inside a media file, as far as it could be told; absent is unknown. */
export interface MediaInfo {
  /** Reading it took too long or broke the reader: nothing is known. */
  readonly gaveUp?: true;
  /** A file format, or the name of another container, by the whole structure. */
  readonly container?: string;
  readonly seconds?: number;
  readonly video?: {
    readonly codec?: string;
    readonly width?: number;
    readonly height?: number;
    /** Width over height as shown. */
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
  /** `bytes` is the size of the archive, `count` what its directory promises; `entries` may be fewer than these. */
  readonly zip?: { readonly bytes: number; readonly count: number; readonly entries: readonly ZipEntry[] };
}

/** Looks into a file without reading all of it. Never throws for a file it does not understand: that is unknown. */
export interface MediaProbe {
  /** @throws {Fault} of the file's source; `transfer-aborted` once the probe is closed */
  look(file: RandomAccess, format: FileFormat): Promise<MediaInfo>;
  close(): Promise<void>;
}
