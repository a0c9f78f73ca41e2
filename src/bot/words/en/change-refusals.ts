import { code, md, user, when } from "../mrkdwn.ts";
import type { RefusalWords } from "../refusal-words.ts";
import { labels, names } from "./names.ts";

/** Why a request, its approvers or its requester stay as they are. */
export const changeRefusals = {
  "may-not-change": (r) => md`You cannot change this request. ${names.people(r.may, "or")} can.`,
  busy: (r) =>
    r.doing === "launching"
      ? md`${user(r.by)} is launching it right now, so nothing about it can be changed. Wait until the card tells how that ended.`
      : md`${user(r.by)} is deciding about the demo right now, so nothing about it can be changed. Wait until the card tells how that ended.`,
  "not-editable": () =>
    md`It was launched, so its name and texts are with Tencent Cloud and cannot be changed. _${labels.approvers}_ still can.`,
  "owner-already": (r) => md`${user(r.user)} is its requester already.`,
  "owner-only-approver": (r) =>
    md`Nobody could decide about it then: ${user(r.user)} is its only approver, and requesters cannot approve their own. Put another approver in first, with _${labels.approvers}_ on the card.`,
  "launcher-only-approver": (r) =>
    md`Nobody could decide about the demo then: ${user(r.user)} is its only approver, and whoever launches cannot approve. Add another approver with _${labels.approvers}_ on the card, or let somebody else launch.`,
  "owner-cannot-act": (r) => {
    if (r.because === "not-member") return md`${user(r.user)} is not in its channel. Invite them there first.`;
    if (r.because === "not-said")
      return md`Slack does not tell me at the moment whether ${user(r.user)} is in its channel. Try again in a minute.`;
    return md`${user(r.user)} cannot have requests here: a bot, somebody who has left, or of another workspace.`;
  },
  "too-many-owners": (r) =>
    md`It has had ${r.limit} requesters already, and takes no more. ${code("/avatar new")} begins another.`,
  "may-not-remind": (r) => md`You cannot remind anybody of this request. ${names.people(r.may, "or")} can.`,
  "nobody-to-remind": () =>
    md`It waits for nobody else at the moment, so nobody was reminded. The card says what happens next.`,
  "reminded-already": (r) =>
    md`${user(r.by)} reminded them already, ${when(r.at)}. Four hours lie between two reminders at least.`,
} satisfies Partial<RefusalWords>;
