import type { Customization } from "../../../core/customization.ts";
import type { EraseWords } from "../erase-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { lines, md, user, when } from "../mrkdwn.ts";
import { assetKeys } from "./assets.ts";

export const erase: EraseWords = {
  offer: (c) =>
    md`*Erase the personal data of ${c.id}?* Its name, notes, texts, file names, reasons and links go. What stays: its kind, dates and TaskId, and who asked for it, launched and decided.`,
  erased: (c) => c.erased && md`Personal data erased ${when(c.erased.at)}${by(c)}.`,
  message: (c) => ({ headline: `${c.id}: erased.`, details: md`What this message told is gone.` }),
  erasure: (c) => ({
    headline: `The personal data of ${c.id} are erased.`,
    details: lines(
      md`${when(c.erased?.at ?? 0)}${by(c)}: name, notes, texts, file names, reasons and links are gone here, and this app's messages no longer show them.`,
      md`*Not from here*: files and messages of people in Slack, backups and exports, uploads in Tencent Cloud's storage, its own copies, and what was made. Tencent Cloud's console and support remove those.`,
      ...(c.assets?.length ? assetKeys(c) : []),
    ),
  }),
};

function by({ erased }: Customization): Mrkdwn {
  return erased?.by ? md` by ${user(erased.by)}` : md`, as the retention time is over`;
}
