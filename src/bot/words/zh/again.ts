import type { AgainWords, MissingFile } from "../again-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, lines, md, user } from "../mrkdwn.ts";
import { names } from "./names.ts";

export const again: AgainWords = {
  links: (c) => {
    const of = c.retryOf && md`本申请是 ${code(c.retryOf)} 的重试。`;
    const as = c.retriedAs?.at(-1);
    const next = as && md`已重试，新申请为 ${code(as)} 。`;
    return of || next ? lines(of || undefined, next || undefined) : undefined;
  },
  filesMissing: (c, files) => ({
    headline: files.length === 1 ? "有 1 个文件需要重新发送。" : `有 ${files.length} 个文件需要重新发送。`,
    details: lines(md`${user(c.requester)}，请把它们发到这里：`, ...files.map(missing)),
  }),
};

function missing({ role, name, why }: MissingFile): Mrkdwn {
  const because = why === "gone" ? "Slack 里已经没有这个文件" : "它当时不是从 Slack 上传的";
  return md`• ${names.role[role]} ${brief(name, 80)}：${because}`;
}
