import type { Policy } from "../../core/approval.ts";
import type { Customization, Task } from "../../core/customization.ts";
import type { HistoryLine } from "../../core/history.ts";
import type { Material } from "../../core/material-record.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** Which part of a request's life a line of its history belongs to; a demo by its number. */
export type Chapter = "material" | "production" | number;

/** What a card leaves out: for an operator, for support, and for whoever asks what happened. */
export interface DetailWords {
  readonly title: (c: Customization) => Mrkdwn;
  /** What the form asked for. */
  readonly options: (c: Customization) => Mrkdwn | undefined;
  /** One file, with what proves that it arrived. */
  readonly file: (material: Material) => Mrkdwn;
  readonly task: (c: Customization, task: Task) => Mrkdwn;
  /** Everything that the vendor returned about each asset, keys first. */
  readonly assets: (c: Customization) => Mrkdwn[];
  /** What the vendor's support asks for after a failure. */
  readonly failure: (c: Customization) => Mrkdwn | undefined;
  readonly rules: (c: Customization, policy: Policy) => Mrkdwn | undefined;
  readonly chapter: (chapter: Chapter) => Mrkdwn;
  readonly line: (line: HistoryLine, event: Mrkdwn) => Mrkdwn;
}
