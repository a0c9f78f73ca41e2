import { kindRow } from "../../../core/kinds.ts";
import type { ChangeWords } from "../change-words.ts";
import { brief, md, user } from "../mrkdwn.ts";
import { labels, names } from "./names.ts";

export const change: ChangeWords = {
  edit: {
    title: "编辑申请",
    submit: "保存",
    intro: (c) =>
      kindRow(c.kind).speech
        ? md`启动制作前都可以修改，保存后立即生效。更换语言或参考文本后，录音会重新检测。`
        : md`启动制作前都可以修改，保存后立即生效。`,
  },
  approvers: {
    title: "审批人",
    submit: "保存",
    intro: (c) => md`由谁确认或驳回 *${c.id} · ${brief(c.name, 60)}* 的小样。新加入的审批人会收到通知。`,
  },
  passTo: {
    title: "转交审批",
    submit: "转交",
    intro: (c) => md`由其他人代替你审批 *${c.id} · ${brief(c.name, 60)}* ，对方会收到通知。`,
    field: { label: "审批人", placeholder: "选择一位同事" },
  },
  approverGroups: { label: "审批组", hint: "审批时属于其中任一用户组的成员都可以审批。" },
  approversLeft: (left) => md`:warning: ${brief(names.list(left, "and"), 200)}已离开 Slack，无法再审批，请改选他人。`,
  approverAdded: (c, by) => ({
    headline: `你是 ${c.id} · ${brief(c.name, 60)} 的审批人。`,
    details: md`由 ${user(by)} 添加。现在无需操作，小样出来后会通知你。`,
  }),
  ownerChanged: (c, { from, to, by }) => ({
    headline: `${c.id} 换了申请人。`,
    details: md`${user(to)}，这项申请${by === from ? md`由 ${names.people([by], "and")} 移交给你，` : md``}现在归你负责：由你启动制作，并对其中的文件负责。此前的申请人都不能审批。`,
  }),
  transferred: (c) =>
    md`${c.id} 现在归 ${user(c.requester)} 负责，消息列里已说明。“${labels.cancel}”等操作由新申请人进行。`,
};
