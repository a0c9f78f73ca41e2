import type { Customization } from "../../core/customization.ts";
import type { NoticeContent } from "../../core/notice.ts";
import type { StatusText } from "./card-words.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

type OwnerChanged = Extract<NoticeContent, { readonly type: "owner-changed" }>;

interface ChangeForm {
  readonly title: string;
  readonly submit: string;
}

/** What people read when they change their minds about a request. */
export interface ChangeWords {
  readonly edit: ChangeForm & { readonly intro: (c: Customization) => Mrkdwn };
  readonly approvers: ChangeForm & { readonly intro: (c: Customization) => Mrkdwn };
  readonly passTo: ChangeForm & {
    readonly intro: (c: Customization) => Mrkdwn;
    readonly field: { readonly label: string; readonly placeholder: string };
  };
  readonly approverGroups: { readonly label: string; readonly hint: string };
  /** Approvers who have left Slack: the form does not offer them. @param names  user names */
  readonly approversLeft: (names: readonly string[]) => Mrkdwn;
  readonly approverAdded: (c: Customization, by: string) => StatusText;
  readonly ownerChanged: (c: Customization, changed: OwnerChanged) => StatusText;
  /** To whoever gave it away. */
  readonly transferred: (c: Customization) => Mrkdwn;
}
