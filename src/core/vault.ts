import type { KeyedFile } from "./coskey.ts";
import type { MaterialRole } from "./kinds.ts";
import type { Material } from "./material-record.ts";

/** Where an upload is or will be stored. */
export type Location = NonNullable<Material["location"]>;

export interface RelayJob {
  /** Uploads of the same request share credentials while these are valid. */
  readonly customization: string;
  readonly role: MaterialRole;
  readonly file: KeyedFile;
  /** Bytes. More or fewer are a fault. */
  readonly size: number;
  /** Opens the file at its first byte; each attempt calls it again. */
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
  /** An upload that an earlier process began. */
  readonly began?: { readonly location: Location; readonly uploadId?: string };
  /** Called before the first byte is sent, and again if the location changes. */
  readonly onBegin: (begun: { readonly location: Location; readonly uploadId?: string }) => Promise<void>;
  /** Told how many bytes have been sent so far. */
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** COS with temporary credentials. */
export interface MaterialVault {
  /**
   * Relays a file and verifies the result.
   * @returns its location, size in bytes and CRC-64 (unsigned decimal)
   * @throws {Fault} `source-*`, `cos-*`, `gateway-*`, `path-prefix`, `credentials-ended`, `transfer-aborted`; leaves no open upload behind
   */
  relay(job: RelayJob): Promise<{ readonly location: Location; readonly size: number; readonly crc64: string }>;
}
