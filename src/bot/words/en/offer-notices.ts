import { kindRow } from "../../../core/kinds.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, joined, lines, md, user, when } from "../mrkdwn.ts";
import type { DroppedMaterial, NoticeWords } from "../notice-words.ts";
import { finding } from "./findings.ts";
import { capital, dropperName, fileName, names } from "./names.ts";
import { refusal } from "./refusals.ts";

type OfferNotices = Pick<
  NoticeWords,
  "filesOffered" | "offeredFile" | "mayAnswerOffer" | "offerUsed" | "offerRefused" | "offerGone" | "fileReplaced"
>;

export const offerNotices: OfferNotices = {
  filesOffered: (c, files) => {
    const who = files[0] ? dropperName(files[0]) : "Somebody";
    const [count, what] =
      files.length === 1 ? ["a file", "shall it"] : [`${files.length} files`, "which of them shall"];
    const of = kindRow(c.kind).speech ? "voice" : "likeness";
    return {
      headline: `${who} offers ${count} for ${c.id}.`,
      details: md`${user(c.requester)}: ${what} be used for this ${of}? Nothing goes to Tencent Cloud before you say so.`,
    };
  },
  offeredFile: (file) => {
    const size = file.size === undefined ? "" : ` (${fileSize(file.size)})`;
    const role = file.role ? md`, *${names.role[file.role]}*` : md`: which one is it?`;
    const doubts = (file.findings ?? []).filter(({ severity }) => severity === "warn");
    return lines(
      md`${fileName(file)}${size}${role}`,
      doubts.length > 0 ? md`:warning: ${joined(doubts.map(finding), " ")}` : undefined,
    );
  },
  mayAnswerOffer: md`The requester or an operator answers. After a yes, further files of that kind from the same person count at once, until Launch.`,
  offerUsed: (m) =>
    m.allowed
      ? md`:white_check_mark: Used${as(m)}, says ${user(m.allowed.by)}, ${when(m.allowed.at)}.`
      : md`:white_check_mark: Used${as(m)}.`,
  offerRefused: (m) => {
    if (!m.refusal) return md`It was refused.`;
    return m.refusal.type === "not-wanted"
      ? md`:no_entry_sign: Not used, says ${user(m.refusal.by)}.`
      : md`:no_entry_sign: It was refused. ${refusal(m.refusal)}`;
  },
  offerGone: md`No answer is needed any more: the request takes no more files.`,
  fileReplaced: ({ role, name, by, older }) => ({
    headline: `${capital(names.role[role])} replaced.`,
    details: md`${brief(name, 80)} from ${brief(by, 40)} takes the place of ${olderNames(older)}.`,
  }),
};

function as(m: DroppedMaterial): Mrkdwn {
  return m.role ? md` as the ${names.role[m.role]}` : md``;
}

/** The most names of replaced files. */
const MOST_OLDER = 3;

function olderNames(older: readonly string[]): string {
  const rest = older.length - MOST_OLDER;
  const shown = older.slice(0, MOST_OLDER).map((name) => brief(name, 80));
  return names.list(rest > 0 ? [...shown, `${rest} more`] : shown, "and");
}
