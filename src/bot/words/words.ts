import type { Language } from "../../core/check-ports.ts";
import type { Customization } from "../../core/customization.ts";
import type { FormField } from "../../core/form-rules.ts";
import type { HistoryEvent } from "../../core/history.ts";
import type { Kind, MaterialRole, Need } from "../../core/kinds.ts";
import type { FileFormat } from "../../core/material.ts";
import type { Material } from "../../core/material-record.ts";
import type { FieldRefusal, Refusal } from "../../core/refusal.ts";
import type { Stage, StageStatus, State } from "../../core/state.ts";
import type { AgainWords } from "./again-words.ts";
import type { AnswerWords } from "./answer-words.ts";
import type { CardWords } from "./card-words.ts";
import type { ChangeWords } from "./change-words.ts";
import type { CheckWords } from "./check-words.ts";
import type { DetailWords } from "./detail-words.ts";
import type { EraseWords } from "./erase-words.ts";
import type { HomeWords } from "./home-words.ts";
import type { LanguageWords } from "./language-words.ts";
import type { Mrkdwn } from "./mrkdwn.ts";
import type { NoticeWords } from "./notice-words.ts";
import type { ReminderWords } from "./reminder-words.ts";
import type { UploadWords } from "./upload-words.ts";

/** Every sentence people read, in one language. `Mrkdwn` is escaped; `string` is plain text. */
export interface Words {
  readonly labels: Labels;
  readonly names: Names;
  readonly card: CardWords;
  readonly details: DetailWords;
  readonly checks: CheckWords;
  readonly notices: NoticeWords;
  readonly dialogs: DialogWords;
  readonly forms: FormWords;
  readonly answers: AnswerWords;
  readonly home: HomeWords;
  readonly change: ChangeWords;
  readonly again: AgainWords;
  readonly erase: EraseWords;
  readonly language: LanguageWords;
  readonly uploads: UploadWords;
  readonly reminders: ReminderWords;
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
  readonly say: string;
  readonly details: string;
  readonly itWasCreated: string;
  readonly launchAgain: string;
  readonly useAnyway: string;
  readonly useFile: string;
  readonly declineFile: string;
  readonly tooLarge: string;
  readonly revokeLink: string;
  readonly readThis: string;
  readonly useFor: (id: string) => string;
  /** @param name  the approver in whose place another one comes */
  readonly replaceApprover: (name: string) => string;
  readonly makePhoto: string;
  /** @param line  a command without `/avatar` */
  readonly run: (line: string) => string;
  readonly tryAgain: string;
  readonly erase: string;
  readonly newLikeThis: string;
  readonly newer: string;
  readonly older: string;
  readonly edit: string;
  readonly approvers: string;
  readonly passTo: string;
  readonly remind: string;
}

export interface Names {
  readonly kind: Readonly<Record<Kind, string>>;
  readonly sex: Readonly<Record<Customization["sex"], string>>;
  readonly role: Readonly<Record<MaterialRole, string>>;
  readonly need: Readonly<Record<Need["id"], string>>;
  readonly format: Readonly<Record<FileFormat, string>>;
  readonly state: Readonly<Record<State, string>>;
  /** Instead of `state` when everything is there but a quota. */
  readonly outOfQuota: string;
  readonly stage: Readonly<Record<Stage, string>>;
  readonly status: Readonly<Record<StageStatus, string>>;
  readonly background: Readonly<Record<"none" | "green" | "white", string>>;
  readonly photoVersion: Readonly<Record<"0" | "1", string>>;
  readonly language: Readonly<Record<Language, string>>;
  readonly duration: (ms: number) => string;
  /** Finds the smallest unit of each duration, which alone is no reason to edit a message. Global. */
  readonly passing: RegExp;
  readonly list: (items: readonly string[], join: "and" | "or") => string;
  /** Users by their ids. */
  readonly people: (ids: readonly string[], join: "and" | "or") => Mrkdwn;
}

/** Plain text: Slack may show the marks of mrkdwn as they are. */
export interface Dialog {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly deny: string;
}

export interface DialogWords {
  /** @param now  in epoch ms: what is left of the quota is only said by a recent look */
  readonly launch: (c: Customization, now: number) => Dialog;
  readonly launchAgain: (c: Customization) => Dialog;
  readonly confirm: (c: Customization, round: number) => Dialog;
  readonly cancel: (c: Customization) => Dialog;
  readonly stopFollowing: (c: Customization) => Dialog;
  readonly useAnyway: (material: Material) => Dialog;
  readonly tryAgain: (c: Customization) => Dialog;
  readonly erase: (c: Customization) => Dialog;
  /** Before an avatar says something. */
  readonly sayFilm: (c: Customization) => Dialog;
}

export interface FieldWords {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  /** Descriptions of a list's options, by value; 75 characters at most. */
  readonly options?: Readonly<Record<string, string>>;
}

export interface FormWords {
  readonly title: string;
  readonly submit: string;
  readonly close: string;
  readonly goesTo: (gatewayHost: string, environment: string | undefined) => Mrkdwn;
  readonly approversAllowed: (ids: readonly string[]) => Mrkdwn;
  readonly fields: Readonly<Record<FormField, FieldWords>>;
  readonly reject: {
    readonly title: string;
    readonly intro: (id: string, name: string, demo: number) => Mrkdwn;
    readonly submit: string;
    readonly reason: FieldWords;
  };
  readonly taskId: {
    readonly title: string;
    readonly intro: (id: string) => Mrkdwn;
    readonly submit: string;
    readonly field: FieldWords;
  };
  /** What a finished voice or avatar is to say. */
  readonly say: {
    readonly title: string;
    readonly intro: (c: Customization) => Mrkdwn;
    readonly submit: string;
    readonly field: FieldWords;
  };
  /** For files that were posted elsewhere. */
  readonly add: {
    readonly title: string;
    readonly intro: (files: readonly string[]) => Mrkdwn;
    readonly submit: string;
    readonly request: FieldWords;
    /** Of a request in the list; 75 characters at most. */
    readonly option: (c: Customization) => string;
    readonly newest: (count: number) => Mrkdwn;
  };
  /** The second dialog of a launch whose recording did not pass. */
  readonly launchAnyway: {
    readonly title: string;
    readonly intro: (c: Customization) => Mrkdwn;
    readonly submit: string;
  };
}
