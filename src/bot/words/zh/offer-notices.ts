import { kindRow } from "../../../core/kinds.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, joined, lines, md, user, when } from "../mrkdwn.ts";
import type { DroppedMaterial, NoticeWords } from "../notice-words.ts";
import { finding } from "./findings.ts";
import { dropperName, fileName, names } from "./names.ts";
import { refusal } from "./refusals.ts";

type OfferNotices = Pick<
  NoticeWords,
  "filesOffered" | "offeredFile" | "mayAnswerOffer" | "offerUsed" | "offerRefused" | "offerGone" | "fileReplaced"
>;

export const offerNotices: OfferNotices = {
  filesOffered: (c, files) => {
    const who = files[0] ? dropperName(files[0]) : "有人";
    const what = files.length === 1 ? "是否用它" : "用其中哪些";
    const of = kindRow(c.kind).speech ? "复刻这个声音" : "制作这个形象";
    return {
      headline: `${who} 为 ${c.id} 提供了 ${files.length} 个文件。`,
      details: md`${user(c.requester)}，${what}来${of}？在你同意之前，不会向腾讯云发送任何内容。`,
    };
  },
  offeredFile: (file) => {
    const size = file.size === undefined ? "" : `（${fileSize(file.size)}）`;
    const role = file.role ? md`， *${names.role[file.role]}*` : md`：它是哪一种？`;
    const doubts = (file.findings ?? []).filter(({ severity }) => severity === "warn");
    return lines(
      md`${fileName(file)}${size}${role}`,
      doubts.length > 0 ? md`:warning: ${joined(doubts.map(finding), "")}` : undefined,
    );
  },
  mayAnswerOffer: md`由申请人或管理员答复。同意之后，启动前同一人再发的同类文件会直接使用。`,
  offerUsed: (m) =>
    m.allowed
      ? md`:white_check_mark: ${user(m.allowed.by)} 同意使用${as(m)}，${when(m.allowed.at)} 。`
      : md`:white_check_mark: 已使用${as(m)}。`,
  offerRefused: (m) => {
    if (!m.refusal) return md`没有采用。`;
    return m.refusal.type === "not-wanted"
      ? md`:no_entry_sign: ${user(m.refusal.by)} 决定不使用。`
      : md`:no_entry_sign: 没有采用。${refusal(m.refusal)}`;
  },
  offerGone: md`无需再答复：申请已不再接收文件。`,
  fileReplaced: ({ role, name, by, older }) => ({
    headline: `${names.role[role]}已替换。`,
    details: md`${brief(by, 40)} 的 ${brief(name, 80)} 替换了 ${olderNames(older)}。`,
  }),
};

function as(m: DroppedMaterial): Mrkdwn {
  return m.role ? md`，作为${names.role[m.role]}` : md``;
}

/** The most names of replaced files. */
const MOST_OLDER = 3;

function olderNames(older: readonly string[]): string {
  const rest = older.length - MOST_OLDER;
  const shown = older.slice(0, MOST_OLDER).map((name) => brief(name, 80));
  return rest > 0 ? `${shown.join("、")}等 ${older.length} 个文件` : names.list(shown, "and");
}
