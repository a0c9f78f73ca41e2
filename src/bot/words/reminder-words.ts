import type { Customization } from "../../core/customization.ts";
import type { NoticeContent } from "../../core/notice.ts";
import type { StatusText } from "./card-words.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

type Told<Type extends NoticeContent["type"]> = Extract<NoticeContent, { readonly type: Type }>;

/** What people read when something waits, or takes too long. */
export interface ReminderWords {
  /** The heading of somebody's list, once a working day. @param count  of requests */
  readonly waiting: (count: number) => string;
  /** Below that list. */
  readonly whyWritten: Mrkdwn;
  /** In the thread, by hand. */
  readonly reminder: (c: Customization, told: Told<"reminder">) => StatusText;
  /** @param now  epoch ms */
  readonly longWait: (c: Customization, told: Told<"long-wait">, now: number) => StatusText;
  /** @param operators  who can change approvers after Launch */
  readonly approversLeft: (c: Customization, told: Told<"approvers-left">, operators: readonly string[]) => StatusText;
  readonly stageLate: (c: Customization, told: Told<"stage-late">, now: number) => StatusText;
  /** Ready to copy. */
  readonly stageLateSupport: (c: Customization, told: Told<"stage-late">) => Mrkdwn;
}
