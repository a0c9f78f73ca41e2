import { collects } from "../../../core/state.ts";
import { brief, code, fenced, md, user } from "../mrkdwn.ts";
import type { ReminderWords } from "../reminder-words.ts";
import { doing, labels, names } from "./names.ts";

export const reminders: ReminderWords = {
  waiting: (count) => (count === 1 ? "1 request waits for you" : `${count} requests wait for you`),
  whyWritten: md`You get this at most once a working day, while something waits for you.`,
  reminder: (c, { people, by }) => ({
    headline: `${c.id} still waits.`,
    details: md`${names.people(people, "and")}: ${user(by)} asks for a look at it. The card says what is to be done.`,
  }),
  longWait: (c, { people, since }, now) => ({
    headline: `${c.id} · ${brief(c.name, 60)} has waited for ${names.duration(now - since)}.`,
    details: md`${names.people(people, "or")} ${collects(c.state) ? "has to launch it" : "has to decide about its demo"}. ${code(`/avatar remind ${c.id}`)} reminds them in its thread.`,
  }),
  approversLeft: (c, { people }, operators) => ({
    headline: `${c.id} · ${brief(c.name, 60)} needs another approver.`,
    details: collects(c.state)
      ? md`${names.people(people, "and")} left Slack and can no longer decide. Choose somebody else with _${labels.approvers}_ on its card.`
      : md`${names.people(people, "and")} left Slack and can no longer decide. Now that it was launched, an operator chooses somebody else with _${labels.approvers}_ on its card${operators.length > 0 ? md`: ask ${names.people(operators, "or")}` : md``}.`,
  }),
  stageLate: (c, { stage, since, usualMs }, now) => ({
    headline: `${c.id} · ${brief(c.name, 60)} takes unusually long.`,
    details: md`Its stage, ${doing[stage]}, has taken ${names.duration(now - since)}; 95 of 100 requests of its kind took ${names.duration(usualMs)} at most. Nothing is lost, and nothing has to be done here. If it matters, send this to Tencent Cloud's support:`,
  }),
  stageLateSupport: (c, { stage, since }) =>
    fenced([
      `Please look at this customization task: it has been in stage ${stage} since ${new Date(since).toISOString()}.`,
      `TaskId: ${c.task?.id ?? "unknown"}`,
      `AnchorName: ${c.name}`,
      `MakeType: ${c.kind}`,
    ]),
};
