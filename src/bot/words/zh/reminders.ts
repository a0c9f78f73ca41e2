import { collects } from "../../../core/state.ts";
import { brief, code, fenced, md, user } from "../mrkdwn.ts";
import type { ReminderWords } from "../reminder-words.ts";
import { doing, labels, names } from "./names.ts";

export const reminders: ReminderWords = {
  waiting: (count) => `有 ${count} 项申请等你处理`,
  whyWritten: md`有事项等你处理时，每个工作日最多提醒一次。`,
  reminder: (c, { people, by }) => ({
    headline: `${c.id} 仍在等待。`,
    details: md`${names.people(people, "and")}， ${user(by)} 请你看一下，卡片上说明了要做什么。`,
  }),
  longWait: (c, { people, since }, now) => ({
    headline: `${c.id} · ${brief(c.name, 60)} 已等待${names.duration(now - since)}。`,
    details: md`等待 ${names.people(people, "or")} ${collects(c.state) ? "启动制作" : "审批小样"}。可用 ${code(`/avatar remind ${c.id}`)} 在消息列里提醒。`,
  }),
  approversLeft: (c, { people }, operators) => ({
    headline: `${c.id} · ${brief(c.name, 60)} 需要更换审批人。`,
    details: collects(c.state)
      ? md`${names.people(people, "and")} 已离开 Slack，无法再审批。请用卡片上的“${labels.approvers}”改选他人。`
      : md`${names.people(people, "and")} 已离开 Slack，无法再审批。制作已启动，须由管理员用卡片上的“${labels.approvers}”改选他人${operators.length > 0 ? md`：请找 ${names.people(operators, "or")}` : md``}。`,
  }),
  stageLate: (c, { stage, since, usualMs }, now) => ({
    headline: `${c.id} · ${brief(c.name, 60)} 用时异常。`,
    details: md`“${doing[stage]}”步骤已用${names.duration(now - since)}，而同类申请有 95% 不超过${names.duration(usualMs)}。内容不会丢失，这里也无需操作。如需催办，可把以下内容发给腾讯云客服：`,
  }),
  stageLateSupport: (c, { stage, since }) =>
    fenced([
      `请帮忙查看以下定制任务：自 ${new Date(since).toISOString()} 起一直停在 ${stage} 阶段。`,
      `TaskId: ${c.task?.id ?? "未知"}`,
      `AnchorName: ${c.name}`,
      `MakeType: ${c.kind}`,
    ]),
};
