import type { Customization } from "../../../core/customization.ts";
import { TEXT_LIMITS } from "../../../core/form-rules.ts";
import type { Material } from "../../../core/material-record.ts";
import { demoNumber } from "../../../core/production.ts";
import type { AnswerWords } from "../answer-words.ts";
import type { StatusFacts } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { blockQuoted, brief, code, joined, lines, link, md, quoted, user, when } from "../mrkdwn.ts";
import { ADD_SHORTCUT, fileName, labels, names } from "./names.ts";
import { nextIn } from "./next-in.ts";
import { quotas } from "./quotas.ts";
import { refusal } from "./refusals.ts";
import { status } from "./status.ts";

const BEGIN = md`用 ${code("/avatar new")} 新建申请。`;

export const answers: AnswerWords = {
  restInHistory: md`Slack 不接受更长的消息，内容已截断。用 ${code("/avatar history")} 加申请编号查看其余部分。`,
  listTitle: {
    mine: "你的进行中申请",
    channel: "本频道的进行中申请",
    open: "你能看到的全部进行中申请",
    waiting: "等你处理的申请",
    done: "你能看到的已完成形象和音色",
    all: "你能看到的全部申请",
  },
  listEmpty: {
    mine: md`你没有进行中的申请。${BEGIN}`,
    waiting: md`没有等你处理的申请。`,
    channel: md`本频道没有进行中的申请。${BEGIN}`,
    open: md`没有你能看到的进行中申请。${BEGIN}`,
    done: md`没有你能看到的已完成申请。`,
    all: md`没有你能看到的申请。${BEGIN}`,
  },
  listNoMatch: md`没有同时符合这些条件的申请，减少条件可以看到更多。`,
  mayMiss: md`:warning: Slack 暂时没有告知谁能看到某些申请，因此列表可能不全，请一分钟后再试。`,
  waitsForYou: "等你处理",
  listRow,
  page: (first, last, of) => md`第 ${first} 至 ${last} 项，共 ${of} 项，最新的在前。`,
  thread: (url) => md`${link(url, "打开消息列")}`,
  whyTitle: (c, count) => md`*${c.id} · ${c.name} 有 ${count} 个文件没有采用*`,
  whyNothing: (c) => md`${c.id} 没有被拒绝的文件。`,
  whyLine: (material) =>
    md`*${fileName(material)}* （${user(material.file.by)} 提供）：${material.refusal ? refusal(material.refusal) : md`原因没有保留。`}`,
  demoTitle: (c, round) => md`*${c.id} · ${c.name} 的小样 ${demoNumber(c, round)}* ，链接刚刚获取：`,
  oldDemoTitle: (c, round, at) =>
    md`*${c.id} · ${c.name} 的小样 ${demoNumber(c, round)}* 。暂时无法向腾讯云获取新链接，以下链接获取于 ${when(at)} ，可能已过期。请一分钟后再点击“${labels.openDemo}”。`,
  demoNoLinks: md`腾讯云没有给出链接。`,
  hint: (c) => md`这是给 *${c.id} · ${c.name}* 的吗？文件只有发在卡片的消息列里才有效：请点击按钮，或重新发到那里。`,
  help,
  photo: md`要用这张照片制作照片数智人吗？表单会自动带上它。`,
  newRequest: md`定制形象或复刻音色，从一张简短的表单开始。`,
  theButton: (button, c) =>
    button === "launch"
      ? md`*${c.id} · ${brief(c.name, 60)}* 可以启动了，启动会消耗 1 个额度。`
      : md`*${c.id} · ${brief(c.name, 60)}* 有小样等你审批。`,
  unknownCommand: (typed, nearest) =>
    nearest
      ? md`无法识别 ${code(`/avatar ${brief(typed, 60)}`)} ，你是不是想输入 ${code(`/avatar ${brief(nearest, 60)}`)} ？`
      : md`无法识别 ${code(`/avatar ${brief(typed, 60)}`)} 。`,
  whichRequest: (command, id) => {
    const rest = command === "approver" ? " @原审批人 @新审批人" : command === "owner" ? " @新申请人" : "";
    return id
      ? md`是哪项申请？例如 ${code(`/avatar ${command} ${id}${rest}`)} 。`
      : md`是哪项申请？目前没有你能看到的进行中申请， ${code("/avatar help")} 有更多说明。`;
  },
  whichApprover: (c, gone, now) => md`找不到名为 ${brief(gone, 80)} 的成员。要让 ${user(now)} 代替谁审批 ${c.id}？`,
  onlyButton: (button, c, url) => {
    const label = labels[button];
    const where = button === "launch" || button === "remind" ? "卡片上" : "消息列的小样处";
    if (!c) return md`“${label}”是申请${where}的按钮， ${code("/avatar list")} 里有每项申请的链接。`;
    const place = url ? md`（${link(url, "打开")} ）` : md``;
    return md`“${label}”是 ${c.id} ${where}的按钮${place}。${c.id} 当前状态为${quoted(names.state[c.state])}。`;
  },
  quotas,
  formExpired: md`Slack 打开表单超时。点击按钮即可重新打开。`,
  addFormExpired: md`Slack 打开表单超时。请在该消息上再次使用${ADD_SHORTCUT}。`,
  added: (c, what, url) => {
    const title = `${c.id} · ${brief(c.name, 60)}`;
    const where = url ? link(url, title) : md`${title}`;
    switch (what) {
      case "new":
        return md`*已添加到 ${where}*`;
      case "known":
        return md`*${where} 里已有这些文件* ，没有重复添加`;
      case "refused":
        return md`*没有向 ${where} 添加任何文件*`;
    }
  },
  addedFile: (m) => md`• ${fileName(m)}：${addedState(m)}`,
  addedOffer: (c, o) => md`• ${fileName(o)}：等待 ${user(c.requester)} 同意，已在消息列里询问。`,
  texts: (c) =>
    md`*${c.id} · ${brief(c.name, 60)}* （${names.language[c.language ?? "chi"]}）：请逐字朗读，时长至少 10 秒，并把录音发到消息列。申请人可以在那里改选另一段。`,
  noTexts: md`你没有进行中的极速版音色复刻，本频道也没有你能看到的。${BEGIN}`,
  otherTexts: (others) =>
    md`其他申请也有朗读文本： ${joined(
      others.map((id) => code(`/avatar text ${id}`)),
      "、",
    )}`,
  referenceText: (c) =>
    c.referenceText
      ? lines(md`*${c.id} · ${brief(c.name, 60)}* 的录音会与以下文本比对`, blockQuoted(c.referenceText, 2400))
      : md`*${c.id} · ${brief(c.name, 60)}* 没有参考文本，因此不检测录音的文本准确率。申请人可在消息列回复 ${code("文本：录音里说的内容")} 来设置。`,
  referenceTextSet: (c, isCut) =>
    lines(
      md`:white_check_mark: 已设为 ${c.id} 的参考文本${isCut ? `，只取前 ${TEXT_LIMITS.referenceText.high.toLocaleString("zh-CN")} 个字符` : ""}。下一段录音会与它比对；已有或正在检测的录音需要重新发送才会比对。`,
      blockQuoted(c.referenceText ?? "", 2400),
    ),
};

function addedState(m: Material): string {
  const role = m.role ? names.role[m.role] : "文件";
  switch (m.state) {
    case "refused":
      return "没有采用，原因已私下告知。";
    case "asked":
      return `是${m.format === "mov" ? "" : "授权视频还是"}素材视频？请在消息列里答复。`;
    case "warned":
      return `${role}，存在疑问，已在消息列里询问申请人是否仍然使用。`;
    case "accepted":
      return m.replacedBy === undefined ? `${role}，已接收。` : `${role}，已被更新的文件替换。`;
    case "receiving":
    case "stored":
    case "checking":
      return m.role ? `${role}，正在上传。` : "正在检查。";
  }
}

function listRow(c: Customization, url: string | undefined, facts: StatusFacts, todo: readonly Mrkdwn[] = []): Mrkdwn {
  const title = `${c.id} · ${brief(c.name, 60)}`;
  const next = nextIn(c, facts);
  const about = [
    md`${names.kind[c.kind]}`,
    ...(next ? [next] : []),
    md`${user(c.requester)} 于${names.duration(facts.now - c.createdAt)}前提出`,
  ];
  return lines(md`*${url ? link(url, title) : title}* · ${status(c, facts).headline}`, ...todo, joined(about, " · "));
}

function help(isOperator: boolean): ReturnType<AnswerWords["help"]> {
  const commands = lines(
    md`*命令* （以申请 AV-12 为例，也可以用中文，如 ${code("/avatar 新建")} ）`,
    md`${code("/avatar new")}  新建形象或音色申请`,
    md`${code("/avatar status")}  等你处理的事项和你的申请`,
    md`${code("/avatar AV-12")}  查看进展`,
    md`${code("/avatar list")}  你能看到的全部进行中申请； ${code("/avatar list mine")} 只看自己的， ${code("/avatar list channel")} 只看本频道的；还有 waiting、done、all，并可按类型、状态和人筛选，例如 ${code("/avatar list photo ready @bob")} `,
    md`${code("/avatar details AV-12")}  何时、由谁、做了什么`,
    md`${code("/avatar text AV-12")}  极速版音色复刻的朗读文本`,
    md`${code("/avatar quota")}  各类型的剩余额度`,
    md`${code("/avatar cancel AV-12")}  启动前取消，启动后停止跟进`,
    md`${code("/avatar remind AV-12")}  提醒下一位处理人； ${code("/avatar owner AV-12 @新申请人")} 移交给他人`,
    md`${code("/avatar language zh")}  本频道使用中文， ${code("/avatar language en")} 换成英文`,
    isOperator ? md`${code("/avatar approver AV-12 @原审批人 @新审批人")}  更换审批人（管理员）` : undefined,
  );
  return {
    title: "腾讯云数智人定制",
    sections: [
      lines(
        md`*1.*  ${code("/avatar new")} 打开表单，并在频道里发布一张卡片。`,
        md`*2.*  把材料发到卡片的消息列。`,
        md`*3.*  在卡片上点击“${labels.launch}”，消耗 1 个已购额度。`,
        md`*4.*  数小时或数天后，审批人查看小样并点击“${labels.confirm}”。`,
      ),
      commands,
    ],
    footnote: md`消息列里不能使用斜杠命令：请在那里 @ 本应用，例如加上“状态”或“详情”。本应用的主页显示等你处理的事项。消息菜单里的${ADD_SHORTCUT}可以添加发在别处的文件。`,
  };
}
