/** @typedef {typeof en} Words */

const en = {
  title: (role) => `Upload the ${role}`,
  plainTitle: "Upload",
  request: (id, name, by) => `For ${id} · ${name}. @${by} made this link.`,
  choose: "Drop the file here",
  chooseOnPhone: "Choose the file",
  chooseAgain: (name) => `Choose ${name} again`,
  chosenBefore: (part, size) => `${part} of ${size} are there already. It goes on where it was.`,
  button: "Choose a file",
  until: (time) => `One file comes through this link. Begin by ${time}.`,
  looking: "Looking into the file before anything is sent…",
  sending: "Sending it to Tencent Cloud",
  paused: "Paused",
  lost: "The connection is lost. It goes on by itself when it is back.",
  sent: "Sent",
  rate: "Speed",
  left: "Time left",
  of: (part, size) => `${part} of ${size}`,
  perSecond: (size) => `${size}/s`,
  unknown: "–",
  pause: "Pause",
  resume: "Resume",
  keepOpen: "Keep this page open. If it closes, open the link again and choose the same file: it goes on where it was.",
  late: (left, ends) =>
    `At this speed it takes ${left}, but Tencent Cloud's permission for it ends in ${ends}. Then it begins again from the start, by itself. A faster connection helps.`,
  again: "Tencent Cloud's permission had ended, so the file is being sent again from its start.",
  refused: "This file cannot be used.",
  otherFile: (name, size) =>
    `That is another file. ${name} (${size}) has begun to come through this link: choose that one.`,
  failed: "It did not work.",
  tryAgain: "Choose the file again in a minute. If that does not help, tell whoever sent you the link.",
  privacy:
    "The file goes through this team's own server to Tencent Cloud, which makes a digital person of it. Nothing is kept on the way.",
  percent: (n) => `${n} %`,
  hours: (h, m) => (m > 0 ? `${h} h ${m} min` : `${h} h`),
  minutes: (m) => `${m} min`,
  seconds: (s) => `${s} s`,
  outcome: {
    wrong: [
      "This link leads nowhere",
      "It may have been cut off when it was copied. Open the whole link again, or ask for a new one.",
    ],
    expired: ["This link has expired", "Its upload had to begin within two hours. Ask whoever sent it for a new one."],
    revoked: ["This link was revoked", "Nothing can be uploaded with it any more. Ask whoever sent it for a new one."],
    replaced: ["There is a newer link", "Use the newest one that you were sent, or ask for another."],
    "request-over": ["No file is needed any more", "The request takes no more files. Ask whoever sent you the link."],
    checking: ["All of it has arrived", "It is being checked. You can close this page."],
    arrived: ["Done", "The file has arrived. You can close this page."],
    superseded: ["Another file has taken its place", "Nothing is left to do here."],
    refused: ["The file is not used", "Ask whoever sent you the link."],
  },
};

const zh = {
  title: (role) => `上传${ROLES_ZH[role] ?? role}`,
  plainTitle: "上传",
  request: (id, name, by) => `用于 ${id} · ${name}。此链接由 @${by} 创建。`,
  choose: "将文件拖到这里",
  chooseOnPhone: "选择文件",
  chooseAgain: (name) => `请再次选择 ${name}`,
  chosenBefore: (part, size) => `已上传 ${part}（共 ${size}），将从中断处继续。`,
  button: "选择文件",
  until: (time) => `此链接只能上传一个文件，请在 ${time} 之前开始。`,
  looking: "正在检查文件，尚未上传任何内容…",
  sending: "正在上传到腾讯云",
  paused: "已暂停",
  lost: "连接已断开，恢复后会自动继续。",
  sent: "已上传",
  rate: "速度",
  left: "剩余时间",
  of: (part, size) => `${part} / ${size}`,
  perSecond: (size) => `${size}/秒`,
  unknown: "–",
  pause: "暂停",
  resume: "继续",
  keepOpen: "请保持此页面打开。如果页面被关闭，重新打开链接并选择同一个文件，即可从中断处继续。",
  late: (left, ends) =>
    `按目前的速度还需 ${left}，而腾讯云的上传授权将在 ${ends} 后到期，届时会自动从头重新上传。更快的网络会有帮助。`,
  again: "腾讯云的上传授权已到期，文件正在从头重新上传。",
  refused: "此文件无法使用。",
  otherFile: (name, size) => `这是另一个文件。此链接正在上传 ${name}（${size}），请选择该文件。`,
  failed: "操作未成功。",
  tryAgain: "请一分钟后重新选择文件。如果仍然不行，请告知发送链接的人。",
  privacy: "文件经由该团队自己的服务器传到腾讯云，用于制作数字人，途中不会保存。",
  percent: (n) => `${n}%`,
  hours: (h, m) => (m > 0 ? `${h} 小时 ${m} 分钟` : `${h} 小时`),
  minutes: (m) => `${m} 分钟`,
  seconds: (s) => `${s} 秒`,
  outcome: {
    wrong: ["链接无效", "链接可能没有复制完整。请重新打开完整的链接，或索取新的链接。"],
    expired: ["链接已过期", "上传须在两小时内开始。请向发送者索取新的链接。"],
    revoked: ["链接已被撤销", "无法再通过它上传。请向发送者索取新的链接。"],
    replaced: ["已有更新的链接", "请使用收到的最新链接，或再次索取。"],
    "request-over": ["不再需要文件", "该请求不再接收文件。请咨询发送链接的人。"],
    checking: ["文件已全部收到", "正在核对，您可以关闭此页面。"],
    arrived: ["完成", "文件已送达，您可以关闭此页面。"],
    superseded: ["已被另一个文件取代", "这里没有需要做的事了。"],
    refused: ["文件未被采用", "请咨询发送链接的人。"],
  },
};

const ROLES_ZH = {
  "authorization video": "授权视频",
  footage: "素材视频",
  "voice package": "声音素材包",
  recording: "录音",
};

export const isChinese = navigator.language.toLowerCase().startsWith("zh");

/** @type {Words} */
export const words = isChinese ? zh : en;

/** @param {number} bytes */
export function size(bytes) {
  if (bytes >= 1024 ** 3) return `${(bytes / 1024 ** 3).toFixed(bytes >= 10 * 1024 ** 3 ? 0 : 1)} GB`;
  if (bytes >= 1024 ** 2) return `${(bytes / 1024 ** 2).toFixed(bytes >= 10 * 1024 ** 2 ? 0 : 1)} MB`;
  return `${Math.round(bytes / 1024)} KB`;
}

/** @param {number} ms */
export function duration(ms) {
  const minutes = Math.round(ms / 60_000);
  if (minutes >= 60) return words.hours(Math.floor(minutes / 60), minutes % 60);
  return minutes >= 2 ? words.minutes(minutes) : words.seconds(Math.max(1, Math.round(ms / 1000)));
}

/** @param {number} at  epoch ms */
export function clock(at) {
  return new Intl.DateTimeFormat(isChinese ? "zh-CN" : undefined, { timeStyle: "short" }).format(at);
}
