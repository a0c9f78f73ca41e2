import type { Customization, Round } from "../../core/customization.ts";
import type { MaterialRole } from "../../core/kinds.ts";
import type { Material } from "../../core/material-record.ts";
import type { RoundStanding, Standing, VendorSaid } from "./card-words.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

type Decision = NonNullable<Round["decision"]>;

/** Messages in the thread, and what takes the place of their buttons. */
export interface NoticeWords {
  readonly whichFile: (material: Material) => Standing;
  readonly whichFileSettled: (role: MaterialRole, by: string | undefined, at: number | undefined) => Mrkdwn;
  readonly whichFileRefused: (role: MaterialRole | undefined, droppedBy: string) => Mrkdwn;
  readonly whichFileOver: Mrkdwn;
  readonly fileRefused: (c: Customization, material: Material) => Standing;
  /** Below a refusal that is told outside of the request's thread. */
  readonly addedFromElsewhere: (c: Customization) => Mrkdwn;
  readonly fileWarned: (c: Customization, material: Material) => Standing;
  readonly mayOverride: Mrkdwn;
  readonly usedAnyway: (by: string, at: number | undefined) => Mrkdwn;
  readonly warningOver: (c: Customization) => Mrkdwn;
  /** A newer file of its role counts. */
  readonly warningReplaced: Mrkdwn;
  readonly texts: (c: Customization) => Standing;
  /** In the place of a button. */
  readonly textChosen: (by: string | undefined, at: number | undefined) => Mrkdwn;
  readonly mayChoose: Mrkdwn;
  readonly demo: (c: Customization, round: Round, deciders: readonly string[]) => Standing;
  readonly demoLink: (url: string, n: number) => Mrkdwn;
  readonly demoHint: Mrkdwn;
  readonly demoStale: (previous: Round | undefined) => Mrkdwn;
  readonly retrainRefused: (reason: string) => Mrkdwn;
  /** An older demo, without names: a message calls only those who must act. */
  readonly earlier: (round: Round, standing: RoundStanding) => Mrkdwn;
  readonly mayDecide: Mrkdwn;
  readonly deciding: (decision: Pick<Decision, "operate" | "by">) => Mrkdwn;
  readonly decided: (decision: Decision) => Mrkdwn;
  readonly decisionLost: (decision: Decision | undefined) => Mrkdwn;
  readonly elsewhere: Mrkdwn;
  readonly roundOver: (c: Customization) => Mrkdwn;
  readonly decisionUnknown: (c: Customization, round: number, lost: LostDecision) => Standing;
  readonly decisionNotArrived: Mrkdwn;
  readonly launchRefused: (c: Customization, no: VendorSaid) => Standing;
  readonly launchUnknown: (c: Customization, lost: LostLaunch) => Standing;
  readonly supportText: (c: Customization, lost: LostLaunch) => Mrkdwn;
  readonly maySettle: Mrkdwn;
  readonly launchingAgain: (by: string) => Mrkdwn;
  readonly launchFound: (taskId: string, by: string | undefined, at: number | undefined) => Mrkdwn;
  readonly launchNotFound: (c: Customization) => Mrkdwn;
  readonly nameTaken: (c: Customization, said: string) => Standing;
  readonly decisionRefused: (c: Customization, no: VendorSaid) => Standing;
  readonly decidedElsewhere: (c: Customization, round: number) => Standing;
  readonly done: (c: Customization) => Standing;
  readonly failed: (c: Customization) => Standing;
}

/** A call whose answer nobody has seen. */
export interface LostCall {
  readonly because: string;
  readonly requestId?: string;
}

export interface LostDecision extends LostCall {
  readonly decision?: Omit<Decision, "accepted">;
}

/** The launch: `claim` was sent as `Header.RequestID`. */
export interface LostLaunch extends LostCall {
  readonly claim: string;
  readonly at: number;
}
