import type { Policy } from "../../core/approval.ts";
import type { Customization, Round, Task } from "../../core/customization.ts";
import type { Kind, Need } from "../../core/kinds.ts";
import type { Material, Offer } from "../../core/material-record.ts";
import type { Stage } from "../../core/state.ts";
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
  /** How long a stage usually takes, when there is history. */
  readonly usualMs: (kind: Kind, stage: Stage) => number | undefined;
  /** What a result code in the record means. */
  readonly vendorReason: (code: string) => VendorReason;
}

/** A card has a line for each fact; whatever only an operator needs is in the details. */
export interface CardWords {
  /** A plain title: environment, id and name. */
  readonly title: (c: Pick<Customization, "id" | "name">, environment: string | undefined) => string;
  /** A prefix for messages outside production. */
  readonly tag: (environment: string | undefined) => string;
  /** What it is, who asked for it, and who may launch and confirm. */
  readonly subtitle: (c: Customization, policy: Policy) => Mrkdwn;
  readonly status: (c: Customization, facts: StatusFacts) => StatusText;
  /** Something needed that is not there. */
  readonly missing: (need: Need, c: Customization) => Mrkdwn;
  readonly accepted: (c: Customization, material: Material) => Mrkdwn;
  readonly onItsWay: (material: Material) => Mrkdwn;
  readonly asked: (material: Material) => Mrkdwn;
  /** Somebody else's, waiting for the requester's yes. */
  readonly offered: (c: Customization, offer: Offer) => Mrkdwn;
  /** Waiting for the requester's answer. */
  readonly warned: (material: Material) => Mrkdwn;
  /** More of what is listed. */
  readonly more: (count: number) => Mrkdwn;
  /** @param more  refused files of which only the number is kept */
  readonly refused: (materials: readonly Material[], more: number) => Mrkdwn;
  /** Doubts about an accepted file. */
  readonly doubts: (c: Customization, material: Material) => Mrkdwn[];
  /** After Launch. */
  readonly madeFrom: (materials: readonly Material[]) => Mrkdwn;
  /** Who launched or decided last, and when the vendor was last asked. */
  readonly lastActs: (c: Customization, task: Task) => Mrkdwn;
  readonly stuck: (tookMs: number, usualMs: number | undefined) => Mrkdwn;
  readonly failing: (failing: { since: number; because: string }, now: number) => Mrkdwn;
  readonly round: (c: Customization, round: Round, status: RoundStatus) => Mrkdwn;
  readonly retrainRefused: (reason: string) => Mrkdwn;
  /** A definite no to a decision; the person who acted also got it privately. */
  readonly decisionRefused: (no: ExplainedNo, at: number) => Mrkdwn;
  /** What is needed to use the new assets, a line each. */
  readonly assetKeys: (c: Customization) => Mrkdwn[];
  readonly failure: (c: Customization) => Mrkdwn;
  readonly afterCancel: (c: Customization) => Mrkdwn | undefined;
  /** People of another organisation see the card, or are about to. */
  readonly outsiders: (c: Customization) => Mrkdwn | undefined;
}

/** What happened to an offered demo. `sending` and `lost`: a decision of ours that the vendor has not accepted yet. */
export type RoundStatus = "open" | "sending" | "lost" | "decided" | "elsewhere" | "over";

export interface VendorSaid {
  readonly code: string;
  readonly said: string;
  readonly requestId?: string;
}

export interface ExplainedNo extends VendorSaid {
  readonly reason: VendorReason;
}
