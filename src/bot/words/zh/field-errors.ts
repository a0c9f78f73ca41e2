import { TEXT_LIMITS } from "../../../core/form-rules.ts";
import type { FieldRefusal } from "../../../core/refusal.ts";
import type { FieldErrorWords } from "../refusal-words.ts";
import { fieldErrorText } from "../refusal-words.ts";
import { invite, names } from "./names.ts";

const fieldErrors: FieldErrorWords = {
  "name-rule": () =>
    `名称为 ${TEXT_LIMITS.name.low} 至 ${TEXT_LIMITS.name.high} 个汉字、字母、数字、下划线或连字符，不含空格。`,
  "name-in-use": (r) =>
    `${r.id ? `进行中的申请 ${r.id}` : "另一项进行中的申请"}已使用这个名称。名称不能重复，请换一个。`,
  "notes-too-long": (r) => `当前 ${r.length} 个字符，最多 ${r.limit} 个。`,
  "demo-text-length": (r) => `当前 ${r.length} 个字符，需为 ${r.low} 至 ${r.high} 个。`,
  "approver-missing": () => "请至少选择一位确认或驳回小样的审批人。只有照片数智人不需要。",
  "nobody-can-decide": () => "请再选一位审批人：申请人不能审批自己的申请。",
  "approver-not-allowed": () => "只能选择本表单列出的审批人。",
  "approver-cannot-act": (r) =>
    `${names.list(r.names, "and")}不能在这里审批：可能是机器人、已离开的成员、其他工作区的成员，或不在本频道的访客。请改选他人。`,
  "approver-not-checked": (r) => `Slack 暂时没有告知 ${names.list(r.names, "and")} 能否在这里审批，请一分钟后再试。`,
  "too-many-open": (r) =>
    `你有 ${r.open} 项进行中的申请，最多 ${r.limit} 项。请先完成或取消其中一项，可用 /avatar list mine 查看。`,
  "not-for-kind": (r) => `“${names.kind[r.kind]}”不需要此项，请留空。`,
  "channel-missing": () => "请选择发布申请卡片的频道。",
  "not-in-channel": (_, bot) => `本应用不在该频道。请在频道里输入 ${invite(bot)} ，然后再试。`,
  "channel-unknown": (_, bot) =>
    `本应用看不到该会话。如果是私有频道，请在其中输入 ${invite(bot)} 后再试；本应用无法加入成员之间的私信。`,
  "channel-archived": () => "该频道已归档，无法发消息，请换一个频道。",
  "posting-restricted": () => "本应用不能在该频道发消息：频道设置只允许部分人发言。请换一个频道，或请管理员放开权限。",
  "direct-messages-off": () => "本应用无法发私信：应用的“消息”标签页已关闭。请选择频道，或联系管理员。",
  "group-conversation": () => "Slack 不会把群聊里的文件告知应用。请选择频道，或直接私信本应用。",
  "reason-missing": () => "请说明需要改进的地方，驳回理由会发给腾讯云。",
  "reason-too-long": (r) => `当前 ${r.length} 个字符，最多 ${r.limit} 个。`,
  "line-missing": () => "请填写要说的内容。",
  "line-too-long": (r) => `当前 ${r.length} 个字符，最多 ${r.limit} 个。`,
  "task-id-missing": () => "请填写腾讯云控制台或客服给出的 TaskId。",
  "task-in-use": (r) => `${r.id ? `申请 ${r.id}` : "另一项申请"}已使用这个 TaskId，请核对数字。`,
  "task-unknown": (r) =>
    `腾讯云查不到这个 TaskId：${r.said ? `“${r.said}”` : "没有说明原因"}${r.requestId ? `（RequestID ${r.requestId}）` : ""}。请核对数字。`,
  "task-not-checked": () => "暂时无法向腾讯云核实这个 TaskId，请一分钟后再试。",
};

/** Plain text beside a field. @param bot  the bot's user name, for `/invite @…` */
export function fieldError(r: FieldRefusal, bot?: string): string {
  return fieldErrorText(fieldErrors, r, bot);
}
