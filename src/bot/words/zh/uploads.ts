import { formatsOf, roleRow } from "../../../core/material.ts";
import { isOnItsWay } from "../../../core/record.ts";
import { fileSize } from "../measure.ts";
import { brief, lines, link, md, plainText, user, when } from "../mrkdwn.ts";
import type { UploadWords } from "../upload-words.ts";
import { fileName, formatList, labels, names } from "./names.ts";
import { refusal } from "./refusals.ts";

export const uploads: UploadWords = {
  whichRole: (c) =>
    lines(
      md`*${c.id} · ${brief(c.name, 60)} 的上传链接* 用来上传哪种文件？`,
      md`通过链接可以直接从浏览器上传一个文件，大小以腾讯云的上限为准。生成链接即表示你同意使用这个文件。`,
    ),
  roleButton: (role) => names.role[role],
  made: (c, made, url) =>
    lines(
      md`*${link(url, `上传 ${c.id} 的${names.role[made.role]}`)}*`,
      md`可以自己使用，也可以发给出镜人：拿到链接的人可以上传一个文件。请在 ${when(made.startBy)} 之前开始；生成新链接或点击“${labels.revokeLink}”会使它失效。`,
    ),
  revoked: (c) => md`${c.id} 的上传链接已撤销，不能再用它上传文件。`,
  open: (made) =>
    md`:link: *${names.role[made.role]}* 的上传链接（${user(made.by)} 生成），有效期至 ${when(made.startBy)}`,
  takes: ({ kind, gateway }, role) =>
    `${formatList(formatsOf(role, gateway))}，不超过 ${fileSize(roleRow(role).maxBytes(kind))}`,
  refusedOnPage: (r) => plainText(refusal(r)),
  uploaded: (c, m) => ({
    headline: `${fileName(m)}${m.size === undefined ? "" : `（${fileSize(m.size)}）`} 正通过上传链接送达。`,
    details: md`用于 ${c.id} 的 *${m.role ? names.role[m.role] : "文件"}* ，上传链接由 ${user(m.file.by)} 生成。`,
  }),
  outcome: (c, m) => {
    if (m.refusal?.type === "not-wanted") return md`:no_entry_sign: ${user(m.refusal.by)} 决定不使用。`;
    if (m.state === "refused") return md`:no_entry_sign: 没有采用，点击卡片上的“${labels.why}”查看原因。`;
    if (m.replacedBy !== undefined) return md`已被更新的文件替换。`;
    if (isOnItsWay(m)) return md`:arrow_up: 正在上传，进度显示在卡片上。如果不是你要的文件，请指出。`;
    if (m.state === "warned") return md`:warning: 已送达，但存在疑问，请看下方。`;
    return md`:white_check_mark: 已送达，用于 ${c.id}，除非有人决定不使用。`;
  },
};
