import type { Policy } from "../../core/approval.ts";
import type { Customization, Round } from "../../core/customization.ts";
import type { Kind, Need } from "../../core/kinds.ts";
import type { Material } from "../../core/material-record.ts";
import type { Stage, StageStatus } from "../../core/stage.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** A plain headline, which notifications show too and which mentions nobody, and what follows it. */
export interface Standing {
  readonly headline: string;
  readonly details: Mrkdwn;
}

/** What the card's state line tells besides the record. */
export interface StandingFacts {
  readonly policy: Policy;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface CardWords {
  /** A plain title: environment, id and name. */
  readonly title: (c: Pick<Customization, "id" | "name">, environment: string | undefined) => string;
  /** Before what is said in the thread of a card that is not of production. */
  readonly tag: (environment: string | undefined) => string;
  readonly subtitle: (c: Customization) => Mrkdwn;
  readonly standing: (c: Customization, facts: StandingFacts) => Standing;
  readonly materialsHeading: Mrkdwn;
  /** Something needed that is not there. */
  readonly missing: (need: Need, kind: Kind) => Mrkdwn;
  readonly accepted: (c: Customization, material: Material, replaced: readonly Material[]) => Mrkdwn;
  readonly onItsWay: (material: Material) => Mrkdwn;
  readonly asked: (material: Material) => Mrkdwn;
  /** It waits for the requester's word. */
  readonly warned: (material: Material) => Mrkdwn;
  /** More files than the card has lines for. */
  readonly more: (count: number) => Mrkdwn;
  readonly refused: (materials: readonly Material[]) => Mrkdwn;
  /** @param big  what is needed and may be larger than a file in Slack */
  readonly drop: (big: "video" | "sound" | undefined, isReady: boolean) => Mrkdwn;
  /** What proves that the files arrived. */
  readonly checksums: (materials: readonly Material[]) => Mrkdwn | undefined;
  readonly wishes: (c: Customization) => Mrkdwn | undefined;
  readonly stages: (stages: readonly StageMark[]) => Mrkdwn;
  /** Of a task that is no longer followed. */
  readonly lastSeen: (stage: Stage, status: StageStatus | undefined) => Mrkdwn;
  readonly look: (look: LookFacts) => Mrkdwn;
  readonly stuck: (look: LookFacts) => Mrkdwn;
  readonly failing: (failing: { since: number; because: string }, now: number) => Mrkdwn;
  readonly round: (round: Round, standing: RoundStanding) => Mrkdwn;
  /** A definite no that the person who acted was told privately. */
  readonly vendorRefused: (what: "launch" | "decision", no: VendorSaid, at: number) => Mrkdwn;
  /** Everything that the vendor tells of each asset; the keys first. */
  readonly assets: (c: Customization) => Mrkdwn[];
  /** Only what uses of it need. */
  readonly assetKeys: (c: Customization) => Mrkdwn[];
  readonly rules: (c: Customization, policy: Policy) => Mrkdwn | undefined;
  readonly task: (taskId: string) => Mrkdwn;
}

/** What became of an offered demo. `sending` and `lost` are decisions of ours that the vendor has not taken yet. */
export type RoundStanding = "open" | "sending" | "lost" | "decided" | "elsewhere" | "over";

export interface StageMark {
  readonly stage: Stage;
  readonly mark: "done" | "now" | "later";
  readonly status?: StageStatus;
}

export interface LookFacts {
  readonly taskId: string;
  readonly stage: Stage | undefined;
  /** How long the stage has taken. */
  readonly tookMs: number;
  readonly since: number;
  readonly lookedAt: number | undefined;
  readonly usualMs: number | undefined;
}

export interface VendorSaid {
  readonly code: string;
  readonly said: string;
  readonly requestId?: string;
}
