import type { FaultCode } from "../../../core/fault.ts";
import { isFault, systemCodeOf } from "../../../core/fault.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, md, quoted } from "../mrkdwn.ts";
import { fieldError } from "./field-errors.ts";

const LATER = "Slack 没有接收这条回复，请一分钟后再试。";

const TROUBLE: Readonly<Record<FaultCode, string>> = {
  "path-prefix": "腾讯云给出的上传地址不是它自己的，因此没有上传任何内容。",
  coskey: "文件与用途不符。",
  "gateway-not-sent": "无法连接腾讯云，什么都没有发出，请几分钟后再试。",
  "gateway-refused": "腾讯云拒绝了请求。",
  "gateway-unclear": "腾讯云没有明确答复。再次操作前请先看卡片。",
  "source-login-page": "Slack 返回的是登录页而不是文件：本应用没有读取文件的权限。",
  "source-gone": "Slack 里已经没有这个文件，请重新发到消息列。",
  "source-cut": "从 Slack 下载时中断，请重新发到消息列。",
  "source-unreachable": "Slack 暂时不提供这个文件，请几分钟后再试。",
  "packed-recording": "无法从压缩包里取出录音：压缩包已损坏，或 Slack 没有给出其中的部分内容。",
  "cos-refused": "腾讯云存储拒绝了文件。",
  "cos-unreachable": "腾讯云存储没有响应，请几分钟后再试。",
  "cos-mismatch": "腾讯云存储收到的内容与发送的不一致，请重新发到消息列。",
  "credentials-ended": "上传耗时超过了临时密钥的有效期，请重新发到消息列。",
  "transfer-aborted": "上传已停止。",
  "store-busy": "数据正被另一个机器人进程占用，需要管理员停掉其中一个。",
  "store-newer": "这项申请由更新版本的机器人保存，需要管理员启动该版本。",
  "store-unreadable": "无法读取这项申请的数据，需要管理员检查。",
  "store-unwritten": "机器人暂时无法保存数据，需要管理员检查；再次操作前请先看卡片。",
  "name-taken": "另一项进行中的申请已使用这个名称。名称不能重复，请换一个。",
  "slack-unreachable": LATER,
  "slack-refused": LATER,
  "channel-closed": "本应用无法在该频道发消息。",
  undeliverable: LATER,
};

/** What the operating system says, deep in the causes, in words. */
const SYSTEM: ReadonlyMap<string, string> = new Map([
  ["EMFILE", "打开的文件和连接过多。"],
  ["ENFILE", "服务器打开的文件和连接过多。"],
  ["ENOSPC", "磁盘已满。"],
  ["EDQUOT", "磁盘配额已满。"],
  ["EROFS", "磁盘为只读。"],
]);

function systemTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return SYSTEM.get(systemCodeOf(error)) ?? systemTrouble(error.cause);
}

export function fault(error: unknown, id: string): Mrkdwn {
  const quote = md`如果一直如此，请把编号 ${code(id)} 告诉管理员。`;
  const because = systemTrouble(error) ?? "";
  if (!isFault(error)) return md`机器人内部出错。${because}再次操作前请先看卡片。${quote}`;
  const result = error.resultCode === undefined ? undefined : md`错误码 ${code(String(error.resultCode))} `;
  const answered = error.said ? md`${quoted(error.said)}${result ? md`（${result}）` : md``}` : result;
  const said = answered ? md`答复：${answered}。` : md``;
  const requestId = error.requestId ? md`联系腾讯云客服时请提供 RequestID ${code(error.requestId)} 。` : md``;
  const what = error.closed ? fieldError({ type: error.closed }) : TROUBLE[error.code];
  return md`${what}${because}${said}${requestId}${quote}`;
}
