import type { FieldRefusal, Refusal } from "../../../core/refusal.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, md, quoted, user, when } from "../mrkdwn.ts";
import type { RefusalWords } from "../refusal-words.ts";
import { refusalText } from "../refusal-words.ts";
import { changeRefusals } from "./change-refusals.ts";
import { fieldError } from "./field-errors.ts";
import { fileRefusals } from "./file-refusals.ts";
import { names, wanted } from "./names.ts";

/** Who may not, and who may. */
const personRefusals = {
  "not-found": (r) =>
    md`There is no request ${code(r.id)} that you can see. ${code("/avatar list")} shows those that you can.`,
  "sight-unknown": (r) =>
    md`Slack does not tell me at the moment who may see ${code(r.id)}, so nothing is shown and nothing was done. Try again in a minute.`,
  "other-workspace": () => md`Only people of the workspace that this bot belongs to can do this: ask one of them.`,
  "person-unknown": () =>
    md`Slack does not tell me at the moment who you are, so nothing was done. Try again in a minute.`,
  "not-a-person": (r) =>
    r.because === "app"
      ? md`Apps can do nothing here: only people of this workspace can.`
      : md`Your account here is deactivated, so nothing was done.`,
  "guest-outside": () =>
    md`Guests can act only on requests of channels that they are in. Ask somebody of this request's channel to invite you.`,
  "may-not-launch": (r) =>
    md`You cannot launch this request, because a launch spends a purchased quota. ${names.people(r.may, "or")} can.`,
  "may-not-decide": (r) => {
    const why = r.isRequester
      ? md`You asked for this request or launched it, so somebody else decides about its demo.`
      : md`You are not an approver of this request.`;
    return r.may.length > 0
      ? md`${why} ${names.people(r.may, "or")} can.`
      : md`${why} Nobody can at the moment: ask the operator to put another approver in.`;
  },
  "may-not-cancel": (r) => md`You cannot end this request. ${names.people(r.may, "or")} can.`,
  "may-not-resolve-launch": (r) => md`You cannot say how this launch ended. ${names.people(r.may, "or")} can.`,
  "may-not-answer": (r) =>
    md`Only whoever asked for this decides which files count: ${names.people(r.may, "or")}. Nothing was changed.`,
  "may-not-replace-approver": (r) =>
    r.may.length > 0
      ? md`You cannot change its approvers. ${names.people(r.may, "or")} can.`
      : md`After Launch only an operator can change its approvers, and none is configured (${code("OPERATORS")}). An approver can pass the own part on.`,
  "may-not-erase": (r) =>
    r.may.length > 0
      ? md`Only an operator erases a request: ${names.people(r.may, "or")}.`
      : md`Only an operator erases a request, and none is configured (${code("OPERATORS")}).`,
  "may-not-override": (r) => md`Only whoever asked for this answers for its material: ${names.people(r.may, "or")}.`,
} satisfies Partial<RefusalWords>;

/** The click came too late, or for something that has changed since. */
const stateRefusals = {
  "not-ready": (r) => {
    if (r.missing.length === 0) {
      return md`It cannot be launched yet: a file is still on its way. Wait until the card has its Launch button again.`;
    }
    return md`It cannot be launched yet. Drop ${names.list(
      r.missing.map((need) => wanted[need]),
      "and",
    )} into its thread first.`;
  },
  "materials-changed": () =>
    md`The material has changed since this button was shown, so it does nothing. Look at the card and press its new Launch button.`,
  "already-launched": (r) => md`${user(r.by)} launched it already, ${when(r.at)}. Nothing was done twice.`,
  "already-decided": (r) =>
    md`${user(r.by)} ${r.operate === "AGREE" ? "confirmed" : "rejected"} it already, ${when(r.at)}. The first decision counts.`,
  "old-round": (r) =>
    md`This button belongs to an older demo. Demo ${r.round} is the newest: see its message in the thread.`,
  "nothing-to-decide": (r) =>
    md`There is no demo to decide about now: this request stands at ${quoted(names.state[r.state])}.`,
  "already-over": (r) =>
    md`This request is over: it stands at ${quoted(names.state[r.state])}. ${code("/avatar new")} begins another.`,
  "being-launched": (r) =>
    md`${user(r.by)} is launching it right now; pressing again does nothing. The card tells how it ends.`,
  "cancel-while-launching": (r) =>
    md`${user(r.by)} is launching it right now, so it cannot be cancelled. Wait until the card tells how that ended.`,
  "being-decided": (r) =>
    md`${user(r.by)} is deciding about the demo right now, so it cannot be stopped. Wait until the card tells how that ended.`,
  "launched-meanwhile": (r) =>
    md`${r.id} has been launched since that button was shown, so nothing was cancelled. Its card has _Stop following_ now, which says what that means.`,
  "launch-already-known": () => md`It is known by now how the launch ended: see the card. Nothing was done.`,
  "already-answered": (r) => md`That was answered already: it is the ${names.role[r.role]}.`,
  "not-an-approver": (r) =>
    md`${user(r.user)} is not an approver of this request. Its approvers: ${names.people(r.approvers, "and")}.`,
  "no-approvers": () => md`A photo avatar has no approvers: nobody decides about it.`,
  "too-fast": () => md`That was more at once than this bot takes from one person. Wait a few seconds, then try again.`,
  "nobody-called": (r) =>
    md`I know nobody called ${brief(names.list(r.names, "or"), 200)}: choose the names from Slack's list.`,
  "no-demo": () => md`Tencent Cloud offers no demo at the moment. When there is one, a message in the thread says so.`,
  "nothing-to-override": () =>
    md`That was answered already: the file is used, or was refused. The card shows what counts.`,
  "cannot-try-again": (r) =>
    r.state === "launch-unknown"
      ? md`Whether ${r.id} was launched is not known yet. Settle that first, with the two buttons in its thread: another request could spend a second quota.`
      : md`${r.id} stands at ${quoted(names.state[r.state])}, so there is nothing to try again. That is for requests that Tencent Cloud has refused for good.`,
  "already-tried-again": (r) => md`${r.id} was tried again already: ${code(`/avatar ${r.as}`)} shows how that stands.`,
  "not-over": (r) =>
    md`${r.id} stands at ${quoted(names.state[r.state])} and has not ended, so nothing was erased. Cancel it or wait for its end.`,
  "was-erased": (r) => md`What ${r.id} asked for was erased. ${code("/avatar new")} begins another request.`,
  "cannot-speak": () => md`It cannot say anything yet: it is not finished, or Tencent Cloud has not told its key.`,
  "too-many-lines": (r) =>
    md`You have let voices and avatars say ${r.limit} things within a day, which is the most. Try again tomorrow.`,
  "no-texts": () =>
    md`This request has no such text to read aloud: only an ultra-fast voice has. ${code("/avatar text")} shows the texts of yours.`,
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
  "approver-not-allowed": (r) => md`Only these people may approve: ${names.people(r.may, "or")}.`,
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
