import type { Location, Log, RelayJob } from "../core/ports.ts";
import type { Stored } from "./cos-object.ts";
import type { CosSession } from "./cos-session.ts";

export interface RelayWork {
  readonly job: RelayJob;
  readonly location: Location;
  readonly contentType: string;
  readonly session: CosSession;
  readonly partBytes: number;
  readonly partsInFlight: number;
  readonly log: Log;
}

/** What was sent, and COS's answer to it. */
export interface Sent {
  /** Of our own bytes. */
  readonly crc64: string;
  readonly stored: Stored;
  /** COS returned the MD5 of everything that was sent. */
  readonly isMd5Confirmed: boolean;
}
