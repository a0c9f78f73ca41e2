import type { Customization, Round } from "../../core/customization.ts";
import type { FilmTitle } from "../../core/demo-film.ts";
import type { MaterialRole } from "../../core/kinds.ts";
import type { SpokenLine } from "../../core/line-record.ts";
import type { Material } from "../../core/material-record.ts";
import type { NoticeContent } from "../../core/notice.ts";
import type { FileRefusal } from "../../core/refusal.ts";
import type { VendorReason } from "../../core/vendor-answer.ts";
import type { ExplainedNo, RoundStatus, StatusText } from "./card-words.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

export type ChannelNews = Extract<NoticeContent, { readonly type: "channel-changed" }>["news"];

/** An offered file, or the material that it has become. */
export type DroppedMaterial = Pick<Material, "file" | "role" | "format" | "size" | "findings">;

export type Replaced = Extract<NoticeContent, { type: "file-replaced" }>;

type Decision = NonNullable<Round["decision"]>;

/** Messages in the thread, and what replaces their buttons. */
export interface NoticeWords {
  readonly whichFile: (material: Material) => StatusText;
  /** Several videos of one message; each has buttons of its own below its name. */
  readonly whichFiles: (materials: readonly Material[]) => StatusText;
  readonly whichOfThem: (material: Material) => Mrkdwn;
  readonly whichFileAnswered: (role: MaterialRole, by: string | undefined, at: number | undefined) => Mrkdwn;
  readonly whichFileRefused: (role: MaterialRole | undefined, droppedBy: string) => Mrkdwn;
  readonly whichFileOver: Mrkdwn;
  /** Files that somebody other than the requester has dropped in one message. */
  readonly filesOffered: (c: Customization, files: readonly DroppedMaterial[]) => StatusText;
  readonly offeredFile: (file: DroppedMaterial) => Mrkdwn;
  readonly mayAnswerOffer: Mrkdwn;
  readonly offerUsed: (material: Material) => Mrkdwn;
  /** Refused after the requester's yes, or by their no. */
  readonly offerRefused: (material: Material) => Mrkdwn;
  /** A file whose fate the record no longer has. */
  readonly offerGone: Mrkdwn;
  readonly fileReplaced: (replaced: Replaced) => StatusText;
  readonly fileRefused: (c: Customization, material: Material) => StatusText;
  /** Files of which nothing was kept. */
  readonly filesTurnedAway: (name: string, files: number, refusal: FileRefusal) => StatusText;
  /** Further files that were refused with the first one. */
  readonly alsoRefused: (c: Customization, material: Material) => Mrkdwn;
  readonly moreRefused: (count: number) => Mrkdwn;
  /** Added to a refusal that is shown outside the request's thread. */
  readonly addedFromElsewhere: (c: Customization) => Mrkdwn;
  readonly fileWarned: (c: Customization, material: Material) => StatusText;
  readonly mayOverride: Mrkdwn;
  readonly usedAnyway: (by: string, at: number | undefined) => Mrkdwn;
  readonly warningOver: (c: Customization) => Mrkdwn;
  /** A newer file has taken its role. */
  readonly warningReplaced: Mrkdwn;
  readonly texts: (c: Customization) => StatusText;
  /** In the place of a button. */
  readonly textChosen: (by: string | undefined, at: number | undefined) => Mrkdwn;
  readonly mayChoose: Mrkdwn;
  readonly demo: (c: Customization, round: Round, deciders: readonly string[]) => StatusText;
  /** Before a demo that people of another organisation see, or are about to. */
  readonly demoSeenOutside: (c: Customization) => Mrkdwn | undefined;
  readonly demoLink: (url: string, n: number) => Mrkdwn;
  /** Plain: of a file in Slack. */
  readonly filmTitle: (name: string, what: FilmTitle) => string;
  /** Something that a finished voice or avatar was let say. @param now  in epoch ms: its link dies */
  readonly line: (c: Customization, line: SpokenLine | undefined, reason: VendorReason, now: number) => StatusText;
  readonly demoExpired: (url: string, n: number) => Mrkdwn;
  readonly demoHint: Mrkdwn;
  /** To somebody who was sent a demo, and is no approver any more. */
  readonly approverReplaced: (c: Customization) => StatusText;
  /** To the requester, above a copy of the card. */
  readonly channelChanged: (c: Customization, news: ChannelNews) => StatusText;
  /** In the place of that copy. */
  readonly channelOpenAgain: (c: Customization) => StatusText;
  readonly demoStale: (c: Customization, previous: Round | undefined) => Mrkdwn;
  readonly retrainRefused: (reason: string) => Mrkdwn;
  /** An older demo, without names: a message mentions only those who must act. */
  readonly earlier: (c: Customization, round: Round, status: RoundStatus) => Mrkdwn;
  readonly mayDecide: Mrkdwn;
  readonly deciding: (decision: Pick<Decision, "operate" | "by">) => Mrkdwn;
  readonly decided: (decision: Decision) => Mrkdwn;
  readonly decisionLost: (decision: Decision | undefined) => Mrkdwn;
  readonly elsewhere: Mrkdwn;
  readonly roundOver: (c: Customization) => Mrkdwn;
  readonly decisionUnknown: (c: Customization, round: number, lost: LostDecision) => StatusText;
  readonly decisionNotArrived: Mrkdwn;
  readonly launchRefused: (c: Customization, no: ExplainedNo) => StatusText;
  readonly launchUnknown: (c: Customization, lost: LostLaunch) => StatusText;
  readonly supportText: (c: Customization, lost: LostLaunch) => Mrkdwn;
  /** What the account tells about a launch whose answer was lost; never a proof. */
  readonly launchHints: (c: Customization) => Mrkdwn | undefined;
  readonly mayResolveLaunch: Mrkdwn;
  readonly launchingAgain: (by: string) => Mrkdwn;
  readonly launchFound: (taskId: string, by: string | undefined, at: number | undefined) => Mrkdwn;
  readonly launchNotFound: (c: Customization) => Mrkdwn;
  readonly nameTaken: (c: Customization, said: string) => StatusText;
  readonly decisionRefused: (c: Customization, no: ExplainedNo) => StatusText;
  readonly decidedElsewhere: (c: Customization, round: number) => StatusText;
  readonly done: (c: Customization) => StatusText;
  /** To the requester, some days before the end of what was made. */
  readonly assetExpires: (c: Customization) => StatusText;
  readonly failed: (c: Customization) => StatusText;
}

/** A call whose answer was lost. */
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
