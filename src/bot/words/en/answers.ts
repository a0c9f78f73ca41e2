import type { Customization } from "../../../core/customization.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, lines, link, md, user, when } from "../mrkdwn.ts";
import type { AnswerWords } from "../words.ts";
import { names } from "./names.ts";
import { fileRefusal } from "./refusals.ts";

export const answers: AnswerWords = {
  listTitle: {
    mine: "Your open requests",
    channel: "Requests of this channel",
    open: "All open requests you can see",
  },
  listEmpty: {
    mine: md`You have no open request. ${code("/avatar new")} begins one.`,
    channel: md`This channel has no request. ${code("/avatar new")} begins one.`,
    open: md`There is no open request that you can see. ${code("/avatar new")} begins one.`,
  },
  listRow,
  page: (first, last, of) => md`${first} to ${last} of ${of}, newest first.`,
  thread: (url) => md`${link(url, "Open its thread")}`,
  missing: (needs) =>
    md`Still missing: ${names.list(
      needs.map((need) => names.need[need.id]),
      "and",
    )}.`,
  historyTitle: (c) => md`*History of ${c.id} · ${c.name}*`,
  historyLine: (line, event) => md`${when(line.at)} · ${event}${line.by ? md` · ${user(line.by)}` : md``}`,
  whyTitle: (c, count) => md`*${count === 1 ? "1 file" : `${count} files`} refused in ${c.id} · ${c.name}*`,
  whyNothing: (c) => md`No file was refused in ${c.id}.`,
  whyLine: (material) =>
    md`*${material.file.name.slice(0, 120)}* from ${user(material.file.by)}: ${material.refusal ? fileRefusal(material.refusal) : md`the reason was not kept.`}`,
  demoTitle: (c, round) => md`*Demo ${round} of ${c.id} · ${c.name}*, with links fetched just now:`,
  demoNoLinks: md`Tencent Cloud gave no link with it.`,
  hint: (c) =>
    md`Is this for *${c.id} · ${c.name}*? Files count only in the thread of its card; press the button, or drop them there.`,
  help,
  unknownCommand: (typed, nearest) =>
    nearest
      ? md`There is no ${code(typed.slice(0, 60))}. Did you mean ${code(`/avatar ${nearest}`)}?`
      : md`There is no ${code(typed.slice(0, 60))}.`,
  formExpired: md`Slack took too long to open the form. Press the button and it opens.`,
};

function listRow(c: Customization, url: string | undefined, now: number): Mrkdwn {
  const title = `${c.id} · ${c.name}`;
  const age = names.duration(now - c.createdAt);
  return lines(
    md`*${url ? link(url, title) : title}* · ${names.kind[c.kind]}`,
    md`${names.state[c.state]}${c.state === "running" && c.task?.stage ? `, ${names.stage[c.task.stage]}` : ""} · asked for by ${user(c.requester)} ${age} ago`,
  );
}

function help(isOperator: boolean): ReturnType<AnswerWords["help"]> {
  const commands = lines(
    md`${code("/avatar new")} asks for an avatar`,
    md`${code("/avatar list")} shows open requests`,
    md`${code("/avatar status AV-12")} tells where one stands; ${code("/avatar AV-12")} does the same, ${code("/avatar status")} tells about yours`,
    md`${code("/avatar history AV-12")} tells what happened, and who did it`,
    md`${code("/avatar cancel AV-12")} ends it before Launch, or stops following it after`,
    isOperator ? md`${code("/avatar replace AV-12 @gone @now")} puts another approver in (operators)` : undefined,
  );
  return {
    title: "Avatars from this channel",
    sections: [
      md`*1.* ${code("/avatar new")} posts a card. *2.* Drop the files into its thread. *3.* Press _Launch_. *4.* An approver watches the demo and confirms it. Hours or days lie between; the card tells how far it is.`,
      commands,
      md`Slash commands do not work in threads: there, use the buttons of the card.`,
    ],
  };
}
