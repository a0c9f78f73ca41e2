import type { Policy } from "../../core/approval.ts";
import type { Customization, Round } from "../../core/customization.ts";
import type { Need } from "../../core/kinds.ts";
import type { Material, Offer } from "../../core/material-record.ts";
import type { Stage, StageStatus } from "../../core/state.ts";
import type { VendorReason } from "../../core/vendor-answer.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** A plain headline, which notifications show too and which mentions nobody, and what follows it. */
export interface StatusText {
  readonly headline: string;
  readonly details: Mrkdwn;
}

/** What the status depends on apart from the record. */
export interface StatusFacts {
  readonly policy: Policy;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface CardWords {
  /** A plain title: environment, id and name. */
  readonly title: (c: Pick<Customization, "id" | "name">, environment: string | undefined) => string;
  /** A prefix for messages outside production. */
  readonly tag: (environment: string | undefined) => string;
  readonly subtitle: (c: Customization) => Mrkdwn;
  readonly status: (c: Customization, facts: StatusFacts) => StatusText;
  readonly materialsHeading: Mrkdwn;
  /** Something needed that is not there. */
  readonly missing: (need: Need, c: Customization) => Mrkdwn;
  readonly accepted: (c: Customization, material: Material, replaced: readonly Material[]) => Mrkdwn;
  readonly onItsWay: (material: Material) => Mrkdwn;
  readonly asked: (material: Material) => Mrkdwn;
  /** Somebody else's, waiting for the requester's yes. */
  readonly offered: (c: Customization, offer: Offer) => Mrkdwn;
  /** Waiting for the requester's answer. */
  readonly warned: (material: Material) => Mrkdwn;
  /** More files than the card has lines for. */
  readonly more: (count: number) => Mrkdwn;
  /** @param more  refused files of which only the number is kept */
  readonly refused: (materials: readonly Material[], more: number) => Mrkdwn;
  /** @param big  what is needed and may be larger than a file in Slack */
  readonly drop: (big: "video" | "sound" | undefined, isReady: boolean) => Mrkdwn;
  /** What proves that the files arrived. */
  readonly checksums: (materials: readonly Material[]) => Mrkdwn | undefined;
  readonly options: (c: Customization) => Mrkdwn | undefined;
  readonly stages: (stages: readonly StageMark[]) => Mrkdwn;
  /** For a task that is no longer followed. */
  readonly lastSeen: (stage: Stage, status: StageStatus | undefined) => Mrkdwn;
  readonly progress: (progress: ProgressFacts) => Mrkdwn;
  readonly stuck: (progress: ProgressFacts) => Mrkdwn;
  readonly failing: (failing: { since: number; because: string }, now: number) => Mrkdwn;
  readonly round: (round: Round, status: RoundStatus) => Mrkdwn;
  /** A definite no; the person who acted also got it privately. */
  readonly vendorRefused: (what: "launch" | "decision", no: ExplainedNo, at: number) => Mrkdwn;
  /** Everything that the vendor returned about each asset, keys first. */
  readonly assets: (c: Customization) => Mrkdwn[];
  /** Only what is needed to use the assets. */
  readonly assetKeys: (c: Customization) => Mrkdwn[];
  /** People of another organisation see the card, or are about to. */
  readonly outsiders: (c: Customization) => Mrkdwn | undefined;
  readonly rules: (c: Customization, policy: Policy) => Mrkdwn | undefined;
  readonly task: (taskId: string) => Mrkdwn;
}

/** What happened to an offered demo. `sending` and `lost`: a decision of ours that the vendor has not accepted yet. */
export type RoundStatus = "open" | "sending" | "lost" | "decided" | "elsewhere" | "over";

export interface StageMark {
  readonly stage: Stage;
  readonly mark: "done" | "now" | "later";
  readonly status?: StageStatus;
}

export interface ProgressFacts {
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

export interface ExplainedNo extends VendorSaid {
  readonly reason: VendorReason;
}
