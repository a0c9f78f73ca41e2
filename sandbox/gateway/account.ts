import type { SandboxCos } from "../cos/server.ts";
import type { InspectionBook } from "./inspections.ts";
import type { ProgressView } from "./progress.ts";
import type { TaskBook } from "./tasks.ts";

/** What the operations work on: one account. */
export interface Account {
  readonly cos: SandboxCos;
  readonly bucket: string;
  readonly region: string;
  readonly book: TaskBook;
  readonly inspections: InspectionBook;
  readonly view: ProgressView;
  readonly credentialSeconds: number;
  /** the same folder for every upload credential; undefined makes a fresh one each time */
  readonly folder: string | undefined;
  /** how many customizations are left */
  quota: number;
  /** false: as where the gateway does not have it, there is no such route */
  hasFaceDetection: boolean;
}

export type Answer = Record<string, unknown>;

export type GatewayOperation = (account: Account, payload: unknown) => Answer | Promise<Answer>;
