import type { Policy } from "../../core/approval.ts";
import type { Customization, HistoryEvent, Material, Round, Stage, StageStatus } from "../../core/customization.ts";
import type { FormField } from "../../core/form-rules.ts";
import type { Kind, MaterialRole, Need } from "../../core/kinds.ts";
import type { FileFormat } from "../../core/material.ts";
import type { FieldRefusal, Refusal } from "../../core/refusal.ts";
import type { State } from "../../core/state.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** Every sentence people read, in one language. `Mrkdwn` is escaped; `string` is plain text. */
export interface Words {
  readonly labels: Labels;
  readonly names: Names;
  readonly card: CardWords;
  readonly notices: NoticeWords;
  readonly dialogs: DialogWords;
  readonly forms: FormWords;
  readonly answers: AnswerWords;
  /** One line of the history, without its time and person. */
  readonly event: (event: HistoryEvent) => Mrkdwn;
  /** mrkdwn. @param bot  the bot's user name, for `/invite @…` */
  readonly refusal: (refusal: Refusal, bot?: string) => string;
  /** Plain text beside a field of a form. */
  readonly fieldError: (refusal: FieldRefusal, bot?: string) => string;
  /** mrkdwn. @param id  what the operator finds in the log */
  readonly fault: (fault: unknown, id: string) => string;
}

/** Buttons. */
export interface Labels {
  readonly newRequest: string;
  readonly launch: string;
  readonly confirm: string;
  readonly reject: string;
  readonly openDemo: string;
  readonly authorizationVideo: string;
  readonly footage: string;
  readonly cancel: string;
  readonly stopFollowing: string;
  readonly why: string;
  readonly itWasCreated: string;
  readonly launchAgain: string;
  readonly useFor: (id: string) => string;
  readonly newer: string;
  readonly older: string;
}

export interface Names {
  readonly kind: Readonly<Record<Kind, string>>;
  readonly sex: Readonly<Record<Customization["sex"], string>>;
  readonly role: Readonly<Record<MaterialRole, string>>;
  readonly need: Readonly<Record<Need["id"], string>>;
  readonly format: Readonly<Record<FileFormat, string>>;
  readonly state: Readonly<Record<State, string>>;
  readonly stage: Readonly<Record<Stage, string>>;
  readonly status: Readonly<Record<StageStatus, string>>;
  readonly background: Readonly<Record<"none" | "green" | "white", string>>;
  readonly photoVersion: Readonly<Record<"0" | "1", string>>;
  readonly duration: (ms: number) => string;
  readonly list: (items: readonly string[], join: "and" | "or") => string;
  /** Users by their ids. */
  readonly people: (ids: readonly string[], join: "and" | "or") => Mrkdwn;
}

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
  readonly accepted: (material: Material, replaced: readonly Material[]) => Mrkdwn;
  readonly onItsWay: (material: Material) => Mrkdwn;
  readonly asked: (material: Material) => Mrkdwn;
  /** More files than the card has lines for. */
  readonly more: (count: number) => Mrkdwn;
  readonly refused: (materials: readonly Material[]) => Mrkdwn;
  /** @param isBig  whether something that is needed may be larger than a file in Slack */
  readonly drop: (isBig: boolean) => Mrkdwn;
  readonly wishes: (c: Customization) => Mrkdwn | undefined;
  readonly stages: (stages: readonly StageMark[]) => Mrkdwn;
  readonly look: (look: LookFacts) => Mrkdwn;
  readonly stuck: (look: LookFacts) => Mrkdwn;
  readonly failing: (failing: { since: number; because: string }, now: number) => Mrkdwn;
  readonly round: (round: Round, standing: RoundStanding) => Mrkdwn;
  /** A definite no that the person who acted was told privately. */
  readonly vendorRefused: (what: "launch" | "decision", no: VendorSaid, at: number) => Mrkdwn;
  readonly assets: (c: Customization) => Mrkdwn[];
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

type Decision = NonNullable<Round["decision"]>;

/** Messages in the thread, and what takes the place of their buttons. */
export interface NoticeWords {
  readonly whichFile: (material: Material) => Standing;
  readonly whichFileSettled: (role: MaterialRole, by: string | undefined, at: number | undefined) => Mrkdwn;
  readonly whichFileRefused: (role: MaterialRole | undefined, droppedBy: string) => Mrkdwn;
  readonly whichFileOver: Mrkdwn;
  readonly fileRefused: (material: Material) => Standing;
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

export interface Dialog {
  readonly title: string;
  readonly text: Mrkdwn;
  readonly confirm: string;
  readonly deny: string;
}

export interface DialogWords {
  readonly launch: (c: Customization) => Dialog;
  readonly launchAgain: (c: Customization) => Dialog;
  readonly confirm: (c: Customization, round: number) => Dialog;
  readonly cancel: (c: Customization) => Dialog;
  readonly stopFollowing: (c: Customization) => Dialog;
}

export interface FieldWords {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
}

export interface FormWords {
  readonly title: string;
  readonly submit: string;
  readonly close: string;
  readonly more: Mrkdwn;
  readonly goesTo: (gatewayHost: string, environment: string | undefined) => Mrkdwn;
  readonly approversAllowed: (ids: readonly string[]) => Mrkdwn;
  readonly fields: Readonly<Record<FormField, FieldWords>>;
  readonly reject: {
    readonly title: string;
    readonly intro: (id: string, name: string, round: number) => Mrkdwn;
    readonly submit: string;
    readonly reason: FieldWords;
  };
  readonly taskId: {
    readonly title: string;
    readonly intro: (id: string) => Mrkdwn;
    readonly submit: string;
    readonly field: FieldWords;
  };
}

export interface AnswerWords {
  readonly listTitle: Readonly<Record<"mine" | "channel" | "open", string>>;
  readonly listEmpty: Readonly<Record<"mine" | "channel" | "open", Mrkdwn>>;
  readonly listRow: (c: Customization, link: string | undefined, now: number) => Mrkdwn;
  readonly page: (first: number, last: number, of: number) => Mrkdwn;
  readonly thread: (link: string) => Mrkdwn;
  readonly historyTitle: (c: Customization) => Mrkdwn;
  readonly historyLine: (line: Customization["history"][number], event: Mrkdwn) => Mrkdwn;
  readonly whyTitle: (c: Customization, count: number) => Mrkdwn;
  readonly whyNothing: (c: Customization) => Mrkdwn;
  readonly whyLine: (material: Material) => Mrkdwn;
  readonly demoTitle: (c: Customization, round: number) => Mrkdwn;
  readonly demoNoLinks: Mrkdwn;
  readonly hint: (c: Customization) => Mrkdwn;
  readonly help: (isOperator: boolean) => {
    readonly title: string;
    readonly sections: readonly Mrkdwn[];
    readonly footnote: Mrkdwn;
  };
  readonly unknownCommand: (typed: string, nearest: string | undefined) => Mrkdwn;
  readonly formExpired: Mrkdwn;
}
