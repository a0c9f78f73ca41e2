import type { KeyedFile } from "./coskey.ts";
import type { MaterialRole } from "./kinds.ts";
import type { Material } from "./material-record.ts";
import type { PieceUpload } from "./piece-record.ts";

type Location = NonNullable<Material["location"]>;

/** Where such an upload writes, and what for. */
export interface PieceTarget {
  readonly customization: string;
  readonly location: Location;
  readonly uploadId: string;
  readonly sealed: string;
}

export type Begun = Pick<PieceTarget, "location" | "uploadId" | "sealed"> & Pick<PieceUpload, "partBytes" | "endsAt">;

export type Progress = Pick<PieceUpload, "bytes" | "crc64" | "partBytes">;

/** COS for a file that comes in pieces, from the first byte to the last; any process can take the next piece. */
export interface PieceVault {
  /** @throws {Fault} `cos-*`, `gateway-*`, `path-prefix`, `coskey` */
  begin(job: {
    readonly customization: string;
    readonly role: MaterialRole;
    readonly file: KeyedFile;
    readonly signal: AbortSignal;
  }): Promise<Begun>;
  /**
   * Sends what comes after `at`, in whole parts; only the last part of the file may be shorter. A piece that breaks off
   * counts up to its last whole part.
   * @throws {Fault} `credentials-ended`, `cos-*`, `gateway-*`
   */
  append(
    piece: PieceTarget & {
      readonly at: Progress;
      readonly size: number;
      readonly source: AsyncIterable<Uint8Array>;
      readonly signal: AbortSignal;
    },
  ): Promise<{ readonly bytes: number; readonly crc64: string; readonly sealed: string }>;
  /** Completes and verifies the object. @throws {Fault} as `append`, and `cos-mismatch` */
  complete(all: PieceTarget & { readonly at: Progress; readonly signal: AbortSignal }): Promise<void>;
  /** Removes the parts. Never throws. */
  abandon(target: PieceTarget): Promise<void>;
}
