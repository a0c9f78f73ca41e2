import type { CardView } from "../../../src/bot/cards/message.ts";
import type { recordingLog } from "../../twins/recording-log.ts";
import type { Cluster } from "../cluster.ts";
import type { Weather } from "../faults.ts";
import type { Scene } from "../people/scene.ts";

/** A run that is over: everything that an invariant may look at. */
export interface Ended {
  readonly scene: Scene;
  readonly cluster: Cluster;
  readonly weather: Weather;
  readonly log: ReturnType<typeof recordingLog>;
  /** Of the process that was the last. */
  readonly view: () => CardView;
  /** When the faults ended. */
  readonly calmAt: number;
  readonly rejections: readonly unknown[];
  readonly isSettled: boolean;
  readonly isStopped: boolean;
}

export interface Invariant {
  readonly name: string;
  /** @returns what is wrong, in words; nothing when it holds */
  readonly check: (ended: Ended) => Promise<string[]> | string[];
}

export interface Violation {
  readonly invariant: string;
  readonly what: string;
}
