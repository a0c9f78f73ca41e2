import { collects } from "../../../core/state.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, joined, md, user, when } from "../mrkdwn.ts";
import type { NoticeWords } from "../notice-words.ts";
import { fileName, labels, lowerFirst, names } from "./names.ts";

type CheckNotices = Pick<
  NoticeWords,
  "fileWarned" | "mayOverride" | "usedAnyway" | "warningOver" | "warningReplaced" | "texts" | "textChosen" | "mayChoose"
>;

/** Questions to the requester about a file, and the texts to read. */
export const checkNotices: CheckNotices = {
  fileWarned: (c, m) => ({
    headline: `${fileName(m)} is questionable.`,
    details: md`${user(c.requester)}: read what is said against it. Use it anyway, or have a better one dropped here.`,
  }),
  mayOverride: md`Only the requester can answer. Tencent Cloud may refuse it after Launch, and a spent quota is not refunded.`,
  usedAnyway: (by, at) => md`:white_check_mark: Used anyway, says ${user(by)}${time(at)}.`,
  warningOver: (c) => md`No answer is needed any more: ${lowerFirst(names.state[c.state])}.`,
  warningReplaced: md`No answer is needed any more: a newer file counts.`,
  texts: (c) => {
    const count = c.texts?.length ?? 0;
    if (count === 0) {
      return {
        headline: `Tencent Cloud gave no text to read for ${c.name}.`,
        details: md`Type ${code(`/avatar text ${c.id}`)} in the channel: that asks again.`,
      };
    }
    return {
      headline: `${count === 1 ? "The text" : "Texts"} to read aloud for ${brief(c.name, 60)}`,
      details: joined(
        [
          md`in ${names.language[c.language ?? "chi"]}. ${count === 1 ? "Read it" : "Read one of them"} word for word, ten seconds at least, and drop the recording here.`,
          ...(collects(c.state) && count > 1
            ? [md`It is compared with the one that is marked; _${labels.readThis}_ marks another.`]
            : []),
        ],
        " ",
      ),
    };
  },
  textChosen: (by, at) =>
    by
      ? md`:arrow_up: *This one is read*, says ${user(by)}${time(at)}.`
      : md`:arrow_up: *This one is read*, unless another is marked.`,
  mayChoose: md`Only the requester can mark one.`,
};

function time(at: number | undefined): Mrkdwn {
  return at === undefined ? md`` : md`, ${when(at)}`;
}
