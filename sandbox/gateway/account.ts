import type { SandboxCos } from "../cos/server.ts";
import type { AssetLists, QuotaKnobs } from "./asset-lists.ts";
import type { InspectionStore } from "./inspections.ts";
import type { MakeType } from "./kinds.ts";
import type { ProgressView } from "./progress.ts";
import type { TaskStore } from "./tasks.ts";

export interface BroadcastTask {
  readonly taskId: string;
  readonly makeType: MakeType;
  /** how many times its progress was told */
  looks: number;
}

/** One account: the state that the operations work on. */
export interface Account {
  readonly cos: SandboxCos;
  readonly bucket: string;
  readonly region: string;
  readonly book: TaskStore;
  readonly inspections: InspectionStore;
  readonly view: ProgressView;
  readonly credentialSeconds: number;
  /** the same folder for every upload credential; undefined makes a fresh one each time */
  readonly folder: string | undefined;
  /** remaining quota of customizations */
  quota: number;
  readonly quotaTotal: number;
  readonly quotaKnobs: QuotaKnobs;
  /** false: the route does not exist, as on gateways without face detection */
  hasFaceDetection: boolean;
  readonly lists: AssetLists;
  /** What finished voices and avatars were let say, by TaskId. */
  readonly broadcasts: Map<string, BroadcastTask>;
}

export type Answer = Record<string, unknown>;

export type GatewayOperation = (account: Account, payload: unknown) => Answer | Promise<Answer>;
