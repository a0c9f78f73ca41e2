import type { MaterialRole } from "../../../core/kinds.ts";
import { roleRow } from "../../../core/material.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, joined, md, quoted, user } from "../mrkdwn.ts";
import type { RefusalOf, RefusalWords } from "../refusal-words.ts";
import { detected } from "./checks.ts";
import { thing, typeName } from "./file-type.ts";
import { finding } from "./findings.ts";
import { ADD_SHORTCUT, formatList, invite, labels, names } from "./names.ts";
import { plainly } from "./vendor.ts";

const ANOTHER = md`如需使用其他材料，请用 ${code("/avatar new")} 新建申请。`;

export const fileRefusals = {
  "wrong-format": wrongFormat,
  "empty-file": () => md`文件是空的（0 字节）。请重新导出后再发到这里。`,
  "too-large": (r) =>
    md`文件大小为 ${exactSize(r.size, r.limit)} ，${names.role[r.role]}最大 ${fileSize(r.limit)} 。请截短或压缩后重新发到这里。`,
  "external-file": () =>
    md`这只是其他服务（Google Drive、Dropbox 等）的链接，文件内容不在 Slack 里。请下载后把文件本身发到这里。`,
  "not-a-file": (r) => md`这是${thing(r)}，不是文件，腾讯云无法获取其内容。请把材料以文件形式发到这里。`,
  "file-gone": () => md`文件在获取之前已从 Slack 删除，请重新发到这里。`,
  "file-hidden": () => md`工作区超出了免费版的存储上限，Slack 隐藏了这个文件。请重新上传，或先清理空间。`,
  "file-not-shared": () =>
    md`文件来自共享频道里的其他组织，Slack 不允许本应用读取。请本工作区的同事下载后重新发到这里。`,
  "login-page": () =>
    md`Slack 返回的是登录页而不是文件：本应用没有读取文件的权限，文件本身没有问题。请管理员添加权限 ${code("files:read")} 并重新安装应用，然后再发一次。`,
  "link-failed": (r) =>
    md`这个链接${LINK_TROUBLE[r.because]}。请发送无需登录即可直接下载的链接，或直接把文件发到这里。`,
  "transfer-failed": (r) =>
    md`文件未能传到腾讯云，文件本身目前看没有问题，请重新发到这里。如果仍然失败，请把以下信息转给管理员： ${code(r.code)} ，${brief(plainly(r.detail), 400)}。`,
  "material-rule": (r) =>
    md`${joined([r.finding, ...(r.others ?? [])].map(finding), "")}处理后请重新发到这里；目前没有向腾讯云发送任何内容。`,
  "check-failed": (r) =>
    r.of === "detection"
      ? md`腾讯云的检测结果：${detected(r)}`
      : md`没有通过腾讯云的音频检测，消息列里的表格列出了不达标的项目。请重新录制并发到这里。`,
  "check-broken": (r) =>
    md`腾讯云无法检测这个文件${r.said ? md`：${quoted(r.said)}` : md``}。文件本身目前看没有问题，请重新发到这里；如果仍然失败，请转给管理员。`,
  "too-many-files": (r) =>
    md`这项申请已有 ${r.limit} 个文件在使用或等待确认，不能再添加。申请人可以否决等待确认的文件。${ANOTHER}`,
  "upload-stopped": () => md`上传停滞了一天，已放弃。请点击卡片上的“${labels.tooLarge}”获取新链接，重新上传。`,
  "not-wanted": (r) =>
    md`${user(r.by)} 决定不使用这个文件，${r.uploaded ? "已上传的部分不会使用" : "没有向腾讯云发送任何内容"}。`,
  "not-collecting": (r) =>
    r.state === "cancelled"
      ? md`${r.id ?? "这项申请"} 已取消，不再接收文件。${ANOTHER}`
      : md`${r.id ?? "这项申请"} 当前状态为${quoted(names.state[r.state])}，不再接收文件：只有启动前可以更换。${ANOTHER}`,
  "no-files": (r) =>
    r.byApp
      ? md`这些文件由应用发布，而不是由人发布，因此不会使用。请下载后发到申请卡片的消息列。`
      : md`这条消息里没有文件。请在带有材料的消息上使用${ADD_SHORTCUT}，或把文件发到申请卡片的消息列。`,
  "message-unknown": (r) =>
    md`Slack 以未知的形式（ ${code(brief(r.subtype, 60))} ）转来了你的消息，因此没有采用其中的内容。请作为普通消息重新发送。`,
  "no-open-request": (r) =>
    r.mayMiss
      ? md`Slack 暂时没有告知你能看到哪些申请，因此没有执行任何操作，请一分钟后再试。`
      : md`你能看到的申请都不再接收文件：只有启动前接收。请用 ${code("/avatar new")} 新建申请，再在这里使用${ADD_SHORTCUT}。`,
  "conversation-hidden": (_, bot) =>
    md`本应用不在这个会话里，收不到这些文件。请把文件发到申请卡片的消息列；如果是频道，也可以先输入 ${code(invite(bot))} ，再使用${ADD_SHORTCUT}。`,
  "not-in-its-channel": (r) =>
    md`只有申请所在频道的成员可以添加文件，而你不在 ${code(r.id)} 的频道里。请频道成员邀请你，或由对方添加。`,
} satisfies Partial<RefusalWords>;

const LINK_TROUBLE = {
  page: "打开的是网页，不是文件",
  gone: "已失效：文件被删除或移动",
  elsewhere: "会跳转到本机器人不允许下载的地址",
  "no-size": "的服务器没有告知文件大小",
} as const;

function wrongFormat(r: RefusalOf<"wrong-format">): Mrkdwn {
  const found = typeName(r) ?? "无法识别的文件类型";
  const wants = r.role
    ? `${names.role[r.role]}必须是 ${formatList(r.takes)}`
    : `这项申请${r.needs ? `需要${names.list(r.needs.map(neededFile), "or")}` : `接收 ${formatList(r.takes)}`}`;
  const what = r.named
    ? md`从内容看这是${found}，文件名的后缀“.${brief(r.named, 20)}”不作数。${wants}。`
    : md`这是${found}，而${wants}。`;
  return md`${what}请转换格式，或换一个文件发到这里。`;
}

function neededFile(role: MaterialRole): string {
  return `${names.role[role]}（${formatList(roleRow(role).formats)}）`;
}

/** In bytes where rounding would hide the difference. */
function exactSize(size: number, limit: number): string {
  const text = fileSize(size);
  return text === fileSize(limit) ? `${size.toLocaleString("zh-CN")} 字节` : text;
}
