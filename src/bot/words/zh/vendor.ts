import type { VendorReason } from "../../../core/vendor-answer.ts";
import { NOT_SENT } from "../../../core/vendor-answer.ts";
import type { VendorSaid } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, md, quoted } from "../mrkdwn.ts";
import type { TroubleWords } from "../trouble.ts";
import { inPlainWords } from "../trouble.ts";

/**
 * A definite no in the vendor's own words, or a sentence that it was not reached.
 * @param advice  what can be done; shown before the RequestID
 */
export function vendorNo(no: VendorSaid, advice?: string): Mrkdwn {
  const next = advice ?? "";
  if (no.code === NOT_SENT) return md`无法连接腾讯云。${next}`;
  const requestId = no.requestId ? md`联系腾讯云客服时请提供 RequestID ${code(no.requestId)} 。` : md``;
  return md`腾讯云拒绝：${quoted(no.said, 600)}（错误码 ${code(no.code)} ）。${next}${requestId}`;
}

/** What can be done about a refusal. */
export function vendorAdvice(reason: VendorReason, of: "launch" | "decision"): string {
  switch (reason) {
    case "not-sent":
      return "什么都没有发出。请几分钟后再试；若一直如此，请联系管理员。";
    case "bad-parameters":
      return "请求参数未被接受，请联系管理员。";
    case "bad-value":
      return of === "launch"
        ? "某个取值未被接受：可能是名称在账号里已被占用，也可能是备注或口播文本不合要求。"
        : "某个取值未被接受：请换一个理由再试。";
    case "not-authorised":
      return "账号没有相应权限：管理员可以检查密钥和已购资源。";
    case "quota-used-up":
      return "已购额度用完，购买后才能继续。";
    case "no-quota":
      return "账号没有这类额度，或额度已过期，购买后才能继续。";
    case "hours-used-up":
      return "账号的播报时长已用完，购买后才能继续。";
    case "too-frequent":
      return "请求过于频繁，请几分钟后再试。";
    case "record-exists":
      return "记录已存在：名称可能在账号里已被占用。";
    case "no-such-task":
      return "腾讯云查不到这个任务。";
    case "other":
      return "请把这条信息转给管理员。";
  }
}

const TROUBLES: TroubleWords = {
  "broke-off": "连接中断",
  "not-reached": "无法连接",
  "too-slow": "未及时收到响应",
  other: (because) => `“${because}”`,
};

/** Why a call had no clear answer, in plain words. */
export function plainly(because: string): string {
  return inPlainWords(because, TROUBLES);
}
