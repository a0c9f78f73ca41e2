import type { AddRefusal } from "../../../core/refusal.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, md } from "../mrkdwn.ts";
import { invite } from "./field-errors.ts";

/** The message shortcut, as manifest.yml names it. */
export const ADD_SHORTCUT = md`_Add to a request_`;

/** Why files that were posted elsewhere cannot be added to a request. */
export function addRefusal(r: AddRefusal, bot: string | undefined): Mrkdwn {
  switch (r.type) {
    case "no-files":
      return r.byApp
        ? md`An app posted these files, not a person, so they are not taken. Download them and drop them into the thread of the request's card.`
        : md`There is no file in this message. Use ${ADD_SHORTCUT} at a message that has the material, or drop the files into the thread of the request's card.`;
    case "no-open-request":
      return md`No request that you can see takes files now: they are taken until Launch. ${code("/avatar new")} begins one; then use ${ADD_SHORTCUT} here again.`;
    case "conversation-hidden":
      return md`This app is not in this conversation, so it does not get these files. Drop them into the thread of the request's card; in a channel you can also type ${code(invite(bot))} and use ${ADD_SHORTCUT} again.`;
  }
}
