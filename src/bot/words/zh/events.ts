import type { HistoryEvent } from "../../../core/history.ts";
import type { FileRefusal } from "../../../core/refusal.ts";
import { NOT_SENT } from "../../../core/vendor-answer.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, joined, md, quoted, user } from "../mrkdwn.ts";
import { thing, typeName } from "./file-type.ts";
import { shortFinding } from "./findings.ts";
import { names } from "./names.ts";
import { vendorNo } from "./vendor.ts";

const SAID = { sound: "让它说", film: "让它在视频里说" } as const;

/** One line of the history. */
export function event(e: HistoryEvent): Mrkdwn {
  switch (e.type) {
    case "opened":
      return opened(e.again);
    case "files-taken-again":
      return md`从 ${code(e.from)} 重新获取：${names.list(e.names.map(short), "and")}`;
    case "said":
      return md`${SAID[e.what]}：${quoted(e.text)}`;
    case "tried-again":
      return md`已重试，新申请为 ${code(e.as)}`;
    case "file-accepted":
      return md`已接收${names.role[e.role]}：${short(e.name)}，${fileSize(e.size)}，CRC-64 ${code(e.crc64)}`;
    case "file-added":
      return md`${short(e.name)} 添加自 ${user(e.author)} 的消息`;
    case "file-offered":
      return md`提供了 ${short(e.name)}，等待申请人同意`;
    case "dropper-trusted":
      return md`同意 ${user(e.dropper)} 的文件作为${names.role[e.role]}使用，自 ${short(e.name)} 起至启动为止`;
    case "file-refused":
      return md`未接收文件：${short(e.name)}，${refusedBecause(e.refusal)}`;
    case "file-replaced":
      return md`${names.role[e.role]} ${short(e.name)} 已被更新的文件替换`;
    case "file-warned":
      return md`${names.role[e.role]}存在疑问：${short(e.name)}`;
    case "warning-overridden":
      return md`${names.role[e.role]}存在疑问，仍然使用：${short(e.name)}`;
    case "check-started":
      return md`开始检测 ${short(e.name)}：TaskId ${code(e.task)}`;
    case "check-ended":
      return md`${short(e.name)} 的检测：${VERDICTS[e.verdict]}`;
    case "text-chosen":
      return md`选定朗读文本： ${code(brief(e.text, 60))}`;
    case "role-chosen":
      return md`${short(e.name)} 是${names.role[e.role]}`;
    case "launch-agreed":
      return agreed(e);
    case "launched":
      return md`腾讯云已受理：TaskId ${code(e.task)} ${requestId(e)}`;
    case "launch-refused":
      return md`启动未被受理。${vendorNo(e)}${notSent(e)}`;
    case "launch-unknown":
      return md`启动请求已发出，响应丢失：${quoted(e.because, 200)}${requestId(e)}`;
    case "launch-found":
      return md`已查到丢失响应的启动：TaskId ${code(e.task)}`;
    case "upload-link-made":
      return md`生成了${names.role[e.role]}的上传链接：通过它上传的一个文件会直接使用`;
    case "upload-link-revoked":
      return md`撤销了${names.role[e.role]}的上传链接`;
    case "upload-begun":
      return md`${short(e.name)}（${fileSize(e.size)}）通过${names.role[e.role]}的上传链接送达`;
    case "reminded":
      return md`提醒了 ${names.people(e.people, "and")}`;
    case "stage":
      return md`${names.stage[e.stage]} ${names.status[e.status]}`;
    case "demo":
      return md`小样待确认`;
    case "decided":
      return decided(e);
    case "decision-accepted":
      return md`腾讯云已受理决定${requestId(e)}`;
    case "decision-refused":
      return md`决定未被受理。${vendorNo(e)}${notSent(e)}`;
    case "decision-unknown":
      return md`决定已发出，响应丢失：${quoted(e.because, 200)}${requestId(e)}`;
    case "decided-elsewhere":
      return md`小样已在别处处理`;
    case "approver-replaced":
      return md`审批人 ${user(e.gone)} 换为 ${user(e.now)}`;
    case "approvers-changed":
      return approversChanged(e);
    case "edited":
      return md`修改了${names.list(
        e.fields.map((field) => EDITED[field]),
        "and",
      )}`;
    case "owner-changed":
      return md`移交给 ${user(e.to)}，此前为 ${user(e.from)}`;
    case "done":
      return md`已完成，共 ${e.assets} 个资产`;
    case "failed":
      return md`失败：${quoted(e.said)}${requestId(e)}`;
    case "erased":
      return md`已清除个人数据`;
    case "cancelled":
      return e.spent ? md`停止跟进` : md`已取消`;
  }
}

type EventOf<Type extends HistoryEvent["type"]> = Extract<HistoryEvent, { readonly type: Type }>;

function opened(again: string | undefined): Mrkdwn {
  return again ? md`重新提出申请，此前为 ${code(again)}` : md`提出申请`;
}

/** What whoever launched agreed to, and for which files. */
function agreed({ claim, again, files = [] }: EventOf<"launch-agreed">): Mrkdwn {
  const named = files.map((file) => md`${names.role[file.role]} ${short(file.name)}（${user(file.by)} 提供）`);
  const launched = named.length > 0 ? md`，使用${joined(named, "、")}` : md``;
  return again
    ? md`再次启动：同意可能消耗第二个额度（调用 ${code(claim)} ）${launched}`
    : md`启动制作：同意消耗 1 个额度，并确认本人已授权（调用 ${code(claim)} ）${launched}`;
}

function decided({ operate, reason, demo }: EventOf<"decided">): Mrkdwn {
  const because = reason ? md`：${quoted(reason)}` : md``;
  const print = demo ? md`（小样指纹 ${code(demo)} ）` : md``;
  return md`${operate === "AGREE" ? "确认了小样" : "驳回了小样"}${because}${print}`;
}

function approversChanged(e: EventOf<"approvers-changed">): Mrkdwn {
  const added = e.added.length > 0 ? md`，新增 ${names.people(e.added, "and")}` : md``;
  const gone = e.gone.length > 0 ? md`，移除 ${names.people(e.gone, "and")}` : md``;
  return md`审批人有变动${added}${gone}`;
}

const EDITED = {
  name: "名称",
  notes: "备注",
  demoText: "口播文本",
  language: "语言",
  referenceText: "参考文本",
} as const;

const VERDICTS = {
  passed: "通过",
  failed: "未通过",
  absent: "账号没有这项检测",
  broken: "中断",
} as const;

/** The technical reason, which only the history shows. */
function notSent(e: { readonly code: string; readonly said: string }): Mrkdwn {
  return e.code === NOT_SENT ? md`（${quoted(e.said, 200)}）` : md``;
}

/** In a few words; *Why?* shows the whole sentence. */
function refusedBecause(r: FileRefusal): string {
  switch (r.type) {
    case "wrong-format":
      return typeName(r) ?? "类型无法识别";
    case "empty-file":
      return "文件为空";
    case "too-large":
      return `大小 ${fileSize(r.size)}，上限 ${fileSize(r.limit)}`;
    case "external-file":
      return "只是其他服务的链接";
    case "not-a-file":
      return `${thing(r)}，不是文件`;
    case "file-gone":
      return "已从 Slack 删除";
    case "file-hidden":
      return "被 Slack 隐藏";
    case "file-not-shared":
      return "属于其他组织";
    case "login-page":
      return "Slack 返回了登录页";
    case "link-failed":
      return "链接不指向文件";
    case "transfer-failed":
      return `传输失败（${r.code}）`;
    case "material-rule":
      return names.list([r.finding, ...(r.others ?? [])].map(shortFinding), "and");
    case "check-failed":
      return "未通过检测";
    case "check-broken":
      return "无法检测";
    case "too-many-files":
      return "超出文件数量上限";
    case "upload-stopped":
      return "上传中断后没有继续";
    case "not-wanted":
      return "决定不使用";
    case "not-collecting":
      return "发得太晚";
    case "other-workspace":
      return "来自其他工作区的成员";
    case "person-unknown":
      return "Slack 没有告知发送人的身份";
    case "not-a-person":
      return r.because === "app" ? "由其他应用发送" : "发送人的账号已停用";
    case "guest-outside":
      return "来自频道外的访客";
  }
}

function short(name: string): string {
  return brief(name, 80);
}

function requestId(e: { readonly requestId?: string }): Mrkdwn {
  return e.requestId ? md`（RequestID ${code(e.requestId)} ）` : md``;
}
