import { collects } from "../../../core/state.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, joined, md, user, when } from "../mrkdwn.ts";
import type { NoticeWords } from "../notice-words.ts";
import { fileName, labels, names } from "./names.ts";

type CheckNotices = Pick<
  NoticeWords,
  "fileWarned" | "mayOverride" | "usedAnyway" | "warningOver" | "warningReplaced" | "texts" | "textChosen" | "mayChoose"
>;

/** Questions to the requester about a file, and the texts to read. */
export const checkNotices: CheckNotices = {
  fileWarned: (c, m) => ({
    headline: `${fileName(m)} 存在疑问。`,
    details: md`${user(c.requester)}，请看下面的说明：可以仍然使用，也可以在这里换一个更好的文件。`,
  }),
  mayOverride: md`只有申请人可以决定。启动后腾讯云仍可能拒绝，已消耗的额度不退。`,
  usedAnyway: (by, at) => md`:white_check_mark: ${user(by)} 决定仍然使用${time(at)}。`,
  warningOver: (c) => md`无需再答复：申请当前状态为“${names.state[c.state]}”。`,
  warningReplaced: md`无需再答复：已有更新的文件。`,
  texts: (c) => {
    const count = c.texts?.length ?? 0;
    if (count === 0) {
      return {
        headline: `腾讯云没有给出 ${c.name} 的朗读文本。`,
        details: md`在频道里输入 ${code(`/avatar text ${c.id}`)} 可以重新获取。`,
      };
    }
    return {
      headline: `${brief(c.name, 60)} 的朗读文本`,
      details: joined(
        [
          md`（${names.language[c.language ?? "chi"]}）请逐字朗读${count === 1 ? "" : "其中一段"}，时长至少 10 秒，并把录音发到这里。`,
          ...(collects(c.state) && count > 1
            ? [md`录音会与标记的那一段比对；点击“${labels.readThis}”可改选另一段。`]
            : []),
        ],
        "",
      ),
    };
  },
  textChosen: (by, at) =>
    by ? md`:arrow_up: *朗读这一段* ，由 ${user(by)} 选定${time(at)}。` : md`:arrow_up: *朗读这一段* ，除非另选一段。`,
  mayChoose: md`只有申请人可以选定。`,
};

function time(at: number | undefined): Mrkdwn {
  return at === undefined ? md`` : md`，${when(at)}`;
}
