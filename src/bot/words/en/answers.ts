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

export const answers: AnswerWords = {
  restInHistory: md`Cut, because Slack takes no longer messages. ${code("/avatar history")} with the id of the request shows the rest.`,
  listTitle: {
    mine: "Your open requests",
    channel: "Open requests of this channel",
    open: "All open requests you can see",
    waiting: "Requests that wait for you",
    done: "Finished people and voices you can see",
    all: "All requests you can see",
  },
  listEmpty: {
    mine: md`You have no open request. ${code("/avatar new")} begins one.`,
    waiting: md`Nothing waits for you.`,
    channel: md`No request is open here. ${code("/avatar new")} begins one.`,
    open: md`There is no open request that you can see. ${code("/avatar new")} begins one.`,
    done: md`There is no finished request that you can see.`,
    all: md`There is no request that you can see. ${code("/avatar new")} begins one.`,
  },
  listNoMatch: md`No request matches all of these words. Leave some out to see more.`,
  mayMiss: md`:warning: Slack does not tell me at the moment who may see some requests, so they may be missing here. Try again in a minute.`,
  waitsForYou: "Waiting for you",
  listRow,
  page: (first, last, of) => md`${first} to ${last} of ${of}, newest first.`,
  thread: (url) => md`${link(url, "Open its thread")}`,
  whyTitle: (c, count) => md`*${count === 1 ? "1 file" : `${count} files`} refused in ${c.id} · ${c.name}*`,
  whyNothing: (c) => md`No file was refused in ${c.id}.`,
  whyLine: (material) =>
    md`*${fileName(material)}* from ${user(material.file.by)}: ${material.refusal ? refusal(material.refusal) : md`the reason was not kept.`}`,
  demoTitle: (c, round) => md`*Demo ${demoNumber(c, round)} of ${c.id} · ${c.name}*, with links fetched just now:`,
  oldDemoTitle: (c, round, at) =>
    md`*Demo ${demoNumber(c, round)} of ${c.id} · ${c.name}*. Tencent Cloud could not be asked for fresh links just now; these are of ${when(at)} and may have expired. Press _Open the demo_ again in a minute.`,
  demoNoLinks: md`Tencent Cloud gave no link with it.`,
  hint: (c) =>
    md`Is this for *${c.id} · ${c.name}*? Files count only in the thread of its card; press the button, or drop them there.`,
  help,
  photo: md`Make a photo avatar of this? The form opens with the photo taken in.`,
  newRequest: md`A new avatar or voice starts with a short form.`,
  theButton: (button, c) =>
    button === "launch"
      ? md`*${c.id} · ${brief(c.name, 60)}* is ready. Launching spends one quota.`
      : md`*${c.id} · ${brief(c.name, 60)}* has a demo that waits for your decision.`,
  unknownCommand: (typed, nearest) =>
    nearest
      ? md`${code(`/avatar ${brief(typed, 60)}`)} is not understood. Did you mean ${code(`/avatar ${brief(nearest, 60)}`)}?`
      : md`${code(`/avatar ${brief(typed, 60)}`)} is not understood.`,
  whichRequest: (command, id) => {
    const rest = command === "approver" ? " @gone @now" : command === "owner" ? " @new" : "";
    return id
      ? md`Which request? For example ${code(`/avatar ${command} ${id}${rest}`)}.`
      : md`Which request? You can see none that is open; ${code("/avatar help")} tells more.`;
  },
  whichApprover: (c, gone, now) =>
    md`I know nobody called ${brief(gone, 80)}. In whose place shall ${user(now)} decide about ${c.id}?`,
  onlyButton: (button, c, url) => {
    const label = labels[button];
    const where = button === "launch" || button === "remind" ? "on the card" : "at the demo in the thread";
    if (!c) return md`_${label}_ is a button ${where} of its request; ${code("/avatar list")} links to each.`;
    const place = url ? md`: ${link(url, "open it")}` : md``;
    return md`_${label}_ is a button ${where} of ${c.id}${place}. ${c.id} stands at ${quoted(names.state[c.state])} now.`;
  },
  quotas,
  formExpired: md`Slack took too long to open the form. Press the button and it opens.`,
  addFormExpired: md`Slack took too long to open the form. Use ${ADD_SHORTCUT} at the message again and it opens.`,
  added: (c, what, url) => {
    const title = `${c.id} · ${brief(c.name, 60)}`;
    const where = url ? link(url, title) : md`${title}`;
    switch (what) {
      case "new":
        return md`*Added to ${where}*`;
      case "known":
        return md`*In ${where} already*, so nothing was done twice`;
      case "refused":
        return md`*Nothing was added to ${where}*`;
    }
  },
  addedFile: (m) => md`• ${fileName(m)}: ${addedState(m)}`,
  addedOffer: (c, o) => md`• ${fileName(o)}: waits for a yes from ${user(c.requester)}, who is asked in the thread.`,
  texts: (c) =>
    md`*${c.id} · ${brief(c.name, 60)}*, in ${names.language[c.language ?? "chi"]}: read it word for word, ten seconds at least, and drop the recording into its thread. The requester can mark another text there.`,
  noTexts: md`You have no open ultra-fast voice, and this channel has none that you can see. ${code("/avatar new")} begins one.`,
  otherTexts: (others) =>
    md`Others have texts too: ${joined(
      others.map((id) => code(`/avatar text ${id}`)),
      ", ",
    )}`,
  referenceText: (c) =>
    c.referenceText
      ? lines(md`*${c.id} · ${brief(c.name, 60)}*: the recording is compared with`, blockQuoted(c.referenceText, 2400))
      : md`*${c.id} · ${brief(c.name, 60)}* has no reference text, so the accuracy of its recording's text is not judged. The requester sets one with a reply in its thread: ${code("text: what is said in it")}`,
  referenceTextSet: (c, isCut) =>
    lines(
      md`:white_check_mark: That is the reference text of ${c.id} now${isCut ? `, of which the first ${TEXT_LIMITS.referenceText.high.toLocaleString("en")} characters count` : ""}. The next recording is compared with it; one that is there or under way is not, unless it is dropped again.`,
      blockQuoted(c.referenceText ?? "", 2400),
    ),
};

function addedState(m: Material): string {
  const role = m.role ? names.role[m.role] : "a file";
  switch (m.state) {
    case "refused":
      return "not taken; a private message says why.";
    case "asked":
      return `is it ${m.format === "mov" ? "" : "the authorization video or "}the footage? The thread asks, and you can answer there.`;
    case "warned":
      return `${role}, questionable: the thread asks the requester whether it is used anyway.`;
    case "accepted":
      return m.replacedBy === undefined ? `${role}, taken.` : `${role}, replaced by a newer one.`;
    case "receiving":
    case "stored":
    case "checking":
      return m.role ? `${role}, on its way.` : "being looked at.";
  }
}

function listRow(c: Customization, url: string | undefined, facts: StatusFacts, todo: readonly Mrkdwn[] = []): Mrkdwn {
  const title = `${c.id} · ${brief(c.name, 60)}`;
  const next = nextIn(c, facts);
  const about = [
    md`${names.kind[c.kind]}`,
    ...(next ? [next] : []),
    md`asked for by ${user(c.requester)} ${names.duration(facts.now - c.createdAt)} ago`,
  ];
  return lines(md`*${url ? link(url, title) : title}* · ${status(c, facts).headline}`, ...todo, joined(about, " · "));
}

function help(isOperator: boolean): ReturnType<AnswerWords["help"]> {
  const commands = lines(
    md`*Commands*, here with AV-12 for a request`,
    md`${code("/avatar new")}  asks for an avatar or a voice`,
    md`${code("/avatar status")}  what waits for you, and your requests`,
    md`${code("/avatar AV-12")}  where it stands`,
    md`${code("/avatar list")}  all open requests you can see; ${code("/avatar list mine")} yours, ${code("/avatar list channel")} this channel's; also waiting, done, all, and by kind, state and person: ${code("/avatar list photo ready @bob")}`,
    md`${code("/avatar details AV-12")}  what happened, when, and who did it`,
    md`${code("/avatar text AV-12")}  the text to read aloud for an ultra-fast voice`,
    md`${code("/avatar quota")}  how many launches of each kind are left`,
    md`${code("/avatar cancel AV-12")}  ends it before Launch, stops following it after`,
    md`${code("/avatar remind AV-12")}  reminds whoever is next; ${code("/avatar owner AV-12 @new")} gives it to somebody else`,
    md`${code("/avatar language zh")}  turns this channel's cards and threads to Chinese; ${code("/avatar language en")} back`,
    isOperator ? md`${code("/avatar approver AV-12 @gone @now")}  puts another approver in; for operators` : undefined,
  );
  return {
    title: "Digital people from Tencent Cloud",
    sections: [
      lines(
        md`*1.*  ${code("/avatar new")} opens a form, and posts a card in the channel.`,
        md`*2.*  Drop the material into the card's thread.`,
        md`*3.*  Press _Launch_ on the card. It spends one purchased quota.`,
        md`*4.*  Hours or days later an approver watches or hears the demo and presses _Confirm_.`,
      ),
      commands,
    ],
    footnote: md`Slack runs no slash commands inside threads: mention this app there, for example with _status_ or _details_. This app's Home tab shows what waits for you. ${ADD_SHORTCUT}, in the menu of a message, takes files that were posted elsewhere.`,
  };
}
