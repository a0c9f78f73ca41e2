import { code, md, user, when } from "../mrkdwn.ts";
import type { RefusalWords } from "../refusal-words.ts";
import { labels, names } from "./names.ts";

/** Why a request, its approvers or its requester stay as they are. */
export const changeRefusals = {
  "may-not-change": (r) => md`你不能修改这项申请，可以找 ${names.people(r.may, "or")}。`,
  "may-not-remind": (r) => md`你不能就这项申请提醒别人，可以找 ${names.people(r.may, "or")}。`,
  "nobody-to-remind": () => md`目前没有在等其他人，因此没有提醒任何人。接下来的安排请看卡片。`,
  "reminded-already": (r) => md`${user(r.by)} 已于 ${when(r.at)} 提醒过。两次提醒至少间隔四小时。`,
  busy: (r) =>
    r.doing === "launching"
      ? md`${user(r.by)} 正在启动制作，此时不能修改。请等卡片显示结果。`
      : md`${user(r.by)} 正在提交对小样的决定，此时不能修改。请等卡片显示结果。`,
  "not-editable": () => md`制作已经启动，名称和文本已提交给腾讯云，不能再改。“${labels.approvers}”仍然可用。`,
  "owner-already": (r) => md`${user(r.user)} 已经是这项申请的申请人。`,
  "owner-only-approver": (r) =>
    md`这样就没有人能审批了： ${user(r.user)} 是唯一的审批人，而申请人不能审批自己的申请。请先用卡片上的“${labels.approvers}”添加其他审批人。`,
  "launcher-only-approver": (r) =>
    md`这样就没有人能审批小样了： ${user(r.user)} 是唯一的审批人，而启动制作的人不能审批。请用卡片上的“${labels.approvers}”添加其他审批人，或让别人来启动。`,
  "owner-cannot-act": (r) => {
    if (r.because === "not-member") return md`${user(r.user)} 不在申请所在的频道，请先邀请对方加入。`;
    if (r.because === "not-said") return md`Slack 暂时没有告知 ${user(r.user)} 是否在申请所在的频道，请一分钟后再试。`;
    return md`${user(r.user)} 不能在这里提出申请：可能是机器人、已离开的成员，或属于其他工作区。`;
  },
  "too-many-owners": (r) => md`这项申请已经换过 ${r.limit} 位申请人，不能再换。用 ${code("/avatar new")} 新建一项。`,
} satisfies Partial<RefusalWords>;
