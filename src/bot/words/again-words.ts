import type { Customization } from "../../core/customization.ts";
import type { NoticeContent } from "../../core/notice.ts";
import type { StatusText } from "./card-words.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

export type MissingFile = Extract<NoticeContent, { readonly type: "files-missing" }>["files"][number];

/** What people read about a request that tries another one again. */
export interface AgainWords {
  /** On the cards of both. */
  readonly links: (c: Customization) => Mrkdwn | undefined;
  /** Asks for the files that could not be taken from Slack again. */
  readonly filesMissing: (c: Customization, files: readonly MissingFile[]) => StatusText;
}
