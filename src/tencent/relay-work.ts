import type { Log } from "../core/ports.ts";
import type { Location, RelayJob } from "../core/vault.ts";
import type { Stored } from "./cos-object.ts";
import type { CosSession } from "./cos-session.ts";
import type { PartLease } from "./part-pool.ts";

export interface RelayWork {
  readonly job: RelayJob;
  readonly location: Location;
  readonly contentType: string;
  readonly session: CosSession;
  readonly lease: PartLease;
  readonly log: Log;
}

/** One object in COS and what is to be there, however its bytes come. */
export type ObjectWork = Pick<RelayWork, "location" | "session" | "log"> & {
  readonly job: Pick<RelayJob, "size" | "signal">;
};

/** What was sent, and COS's answer to it. */
export interface Sent {
  /** Of our own bytes. */
  readonly crc64: string;
  readonly stored: Stored;
  /** COS's answers prove every byte, by CRC-64 or MD5. */
  readonly isConfirmed: boolean;
}
