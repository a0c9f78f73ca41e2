import type { Customization } from "../../core/customization.ts";
import type { MaterialRole } from "../../core/kinds.ts";
import type { Material } from "../../core/material-record.ts";
import type { FileRefusal } from "../../core/refusal.ts";
import type { UploadLink } from "../../core/upload-link-record.ts";
import type { StatusText } from "./card-words.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** Links for files that Slack does not take. */
export interface UploadWords {
  /** Asks which file the link is for. */
  readonly whichRole: (c: Customization) => Mrkdwn;
  readonly roleButton: (role: MaterialRole) => string;
  /** The link itself, for its maker alone. */
  readonly made: (c: Customization, link: UploadLink, url: string) => Mrkdwn;
  readonly revoked: (c: Customization) => Mrkdwn;
  /** On the card. */
  readonly open: (link: UploadLink) => Mrkdwn;
  /** On the page, in plain text: what a role takes, and why a file is not taken. */
  readonly takes: (c: Customization, role: MaterialRole) => string;
  readonly refusedOnPage: (refusal: FileRefusal) => string;
  /** In the thread: a file comes, or has come, through a link. */
  readonly uploaded: (c: Customization, material: Material) => StatusText;
  /** What has become of it. */
  readonly outcome: (c: Customization, material: Material) => Mrkdwn;
}
