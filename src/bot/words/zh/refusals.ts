import type { FieldRefusal, Refusal } from "../../../core/refusal.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, md, quoted, user, when } from "../mrkdwn.ts";
import type { RefusalWords } from "../refusal-words.ts";
import { refusalText } from "../refusal-words.ts";
import { changeRefusals } from "./change-refusals.ts";
import { fieldError } from "./field-errors.ts";
import { fileRefusals } from "./file-refusals.ts";
import { labels, names, wanted } from "./names.ts";

/** Who may not, and who may. */
const personRefusals = {
  "not-found": (r) => md`没有你能看到的申请 ${code(r.id)} 。 ${code("/avatar list")} 列出你能看到的申请。`,
  "sight-unknown": (r) =>
    md`Slack 暂时没有告知谁能看到 ${code(r.id)} ，因此不显示，也没有执行任何操作，请一分钟后再试。`,
  "other-workspace": () => md`只有本机器人所属工作区的成员可以操作，请找其中一位同事。`,
  "person-unknown": () => md`Slack 暂时没有告知你的身份，因此没有执行任何操作，请一分钟后再试。`,
  "not-a-person": (r) =>
    r.because === "app"
      ? md`应用不能在这里操作，只有本工作区的成员可以。`
      : md`你在这里的账号已停用，因此没有执行任何操作。`,
  "guest-outside": () => md`访客只能操作所在频道的申请。请这项申请所在频道的成员邀请你加入。`,
  "may-not-launch": (r) => md`你不能启动这项申请，因为启动会消耗已购额度。可以找 ${names.people(r.may, "or")}。`,
  "may-not-decide": (r) => {
    const why = r.isRequester ? md`你是这项申请的申请人或启动人，小样须由他人审批。` : md`你不是这项申请的审批人。`;
    return r.may.length > 0
      ? md`${why}可以找 ${names.people(r.may, "or")}。`
      : md`${why}目前没有人能审批，请管理员更换审批人。`;
  },
  "may-not-cancel": (r) => md`你不能结束这项申请，可以找 ${names.people(r.may, "or")}。`,
  "may-not-resolve-launch": (r) => md`你不能确认这次启动的结果，可以找 ${names.people(r.may, "or")}。`,
  "may-not-answer": (r) => md`只有申请人可以决定使用哪些文件：${names.people(r.may, "or")}。没有任何更改。`,
  "may-not-replace-approver": (r) =>
    r.may.length > 0
      ? md`你不能更改审批人，可以找 ${names.people(r.may, "or")}。`
      : md`启动之后只有管理员可以更改审批人，而目前没有设置管理员（ ${code("OPERATORS")} ）。审批人可以把自己的审批转交他人。`,
  "may-not-erase": (r) =>
    r.may.length > 0
      ? md`只有管理员可以清除申请：${names.people(r.may, "or")}。`
      : md`只有管理员可以清除申请，而目前没有设置管理员（ ${code("OPERATORS")} ）。`,
  "may-not-override": (r) => md`材料由申请人负责，只有申请人可以决定：${names.people(r.may, "or")}。`,
} satisfies Partial<RefusalWords>;

/** The click came too late, or for something that has changed since. */
const stateRefusals = {
  "not-ready": (r) =>
    r.missing.length === 0
      ? md`还不能启动：有文件正在上传。请等卡片重新出现“${labels.launch}”按钮。`
      : md`还不能启动。请先把${names.list(
          r.missing.map((need) => wanted[need]),
          "and",
        )}发到消息列。`,
  "materials-changed": () => md`按钮显示之后材料有变动，因此没有执行。请看卡片，点击新的“${labels.launch}”按钮。`,
  "already-launched": (r) => md`${user(r.by)} 已于 ${when(r.at)} 启动，没有重复执行。`,
  "already-decided": (r) =>
    md`${user(r.by)} 已于 ${when(r.at)} ${r.operate === "AGREE" ? "确认" : "驳回"}，以第一个决定为准。`,
  "old-round": (r) => md`这个按钮属于更早的小样。最新的是小样 ${r.round}，请看消息列里的消息。`,
  "nothing-to-decide": (r) => md`现在没有待确认的小样：申请当前状态为${quoted(names.state[r.state])}。`,
  "already-over": (r) =>
    md`这项申请已结束，状态为${quoted(names.state[r.state])}。用 ${code("/avatar new")} 新建一项。`,
  "being-launched": (r) => md`${user(r.by)} 正在启动制作，重复点击不会有作用，结果会显示在卡片上。`,
  "cancel-while-launching": (r) => md`${user(r.by)} 正在启动制作，暂时不能取消。请等卡片显示结果。`,
  "being-decided": (r) => md`${user(r.by)} 正在提交对小样的决定，暂时不能停止。请等卡片显示结果。`,
  "launched-meanwhile": (r) =>
    md`按钮显示之后 ${r.id} 已启动，因此没有取消。卡片上现在是“${labels.stopFollowing}”，那里说明了后果。`,
  "launch-already-known": () => md`启动结果已经确定，请看卡片。没有执行任何操作。`,
  "already-answered": (r) => md`已经答复过了：这是${names.role[r.role]}。`,
  "not-an-approver": (r) => md`${user(r.user)} 不是这项申请的审批人。审批人是 ${names.people(r.approvers, "and")}。`,
  "no-approvers": () => md`照片数智人没有审批人，无需审批。`,
  "too-fast": () => md`操作太频繁了，请几秒后再试。`,
  "nobody-called": (r) => md`找不到名为 ${brief(names.list(r.names, "or"), 200)} 的成员，请从 Slack 的列表里选择。`,
  "no-demo": () => md`腾讯云目前没有给出小样。有小样时消息列里会通知。`,
  "nothing-to-override": () => md`已经答复过了：文件已被使用或拒绝，请看卡片。`,
  "cannot-try-again": (r) =>
    r.state === "launch-unknown"
      ? md`${r.id} 是否已启动还不清楚。请先用消息列里的两个按钮确认结果，否则新申请可能消耗第二个额度。`
      : md`${r.id} 当前状态为${quoted(names.state[r.state])}，无需重试。只有被腾讯云最终拒绝的申请才能重试。`,
  "already-tried-again": (r) => md`${r.id} 已经重试过，用 ${code(`/avatar ${r.as}`)} 查看进展。`,
  "not-over": (r) =>
    md`${r.id} 当前状态为${quoted(names.state[r.state])}，尚未结束，因此没有清除。请先取消或等它结束。`,
  "was-erased": (r) => md`${r.id} 的内容已清除。用 ${code("/avatar new")} 新建申请。`,
  "cannot-speak": () => md`它还不能说话：尚未完成，或腾讯云还没有给出它的 Key。`,
  "too-many-lines": (r) => md`你一天内最多让形象和音色说 ${r.limit} 段话，已达上限，请明天再试。`,
  "no-texts": () => md`这项申请没有需要朗读的文本，只有极速版音色复刻才有。 ${code("/avatar text")} 显示你的朗读文本。`,
} satisfies Partial<RefusalWords>;

/** A field's error, where there is no field to show it beside. */
function withoutField(r: FieldRefusal, bot: string | undefined): Mrkdwn {
  return md`${fieldError(r, bot)}`;
}

const fieldRefusals = {
  "name-rule": withoutField,
  "name-in-use": withoutField,
  "notes-too-long": withoutField,
  "demo-text-length": withoutField,
  "approver-missing": withoutField,
  "nobody-can-decide": withoutField,
  "approver-not-allowed": (r) => md`只有以下成员可以审批：${names.people(r.may, "or")}。`,
  "approver-cannot-act": withoutField,
  "too-many-open": withoutField,
  "approver-not-checked": withoutField,
  "not-for-kind": withoutField,
  "channel-missing": withoutField,
  "not-in-channel": withoutField,
  "channel-unknown": withoutField,
  "channel-archived": withoutField,
  "posting-restricted": withoutField,
  "direct-messages-off": withoutField,
  "group-conversation": withoutField,
  "reason-missing": withoutField,
  "reason-too-long": withoutField,
  "line-missing": withoutField,
  "line-too-long": withoutField,
  "task-id-missing": withoutField,
  "task-in-use": withoutField,
  "task-unknown": withoutField,
  "task-not-checked": withoutField,
} satisfies Partial<RefusalWords>;

const refusals: RefusalWords = {
  ...fileRefusals,
  ...changeRefusals,
  ...personRefusals,
  ...stateRefusals,
  ...fieldRefusals,
};

/** What happened, why, what to do, and who can. @param bot  the bot's user name, for `/invite @…` */
export function refusal(r: Refusal, bot?: string): Mrkdwn {
  return refusalText(refusals, r, bot);
}
