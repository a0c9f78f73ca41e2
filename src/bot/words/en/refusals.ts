import type { MaterialRole } from "../../../core/kinds.ts";
import { roleRow } from "../../../core/material.ts";
import type { FieldRefusal, FileRefusal, PersonRefusal, Refusal, StateRefusal } from "../../../core/refusal.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, md, quoted, user, when } from "../mrkdwn.ts";
import { addRefusal } from "./add-refusals.ts";
import { detected } from "./checks.ts";
import { fieldError } from "./field-errors.ts";
import { typeName } from "./file-type.ts";
import { finding } from "./findings.ts";
import { capital, formatList, names, wanted } from "./names.ts";
import { plainly } from "./trouble.ts";
import { vendorAdvice, vendorNo } from "./vendor.ts";

/** What happened, why, what to do, and who can. */
export function refusal(r: Refusal, bot?: string): Mrkdwn {
  switch (r.type) {
    case "wrong-format":
    case "empty-file":
    case "too-large":
    case "external-file":
    case "file-gone":
    case "file-hidden":
    case "file-not-shared":
    case "login-page":
    case "transfer-failed":
    case "material-rule":
    case "check-failed":
    case "check-broken":
    case "not-collecting":
      return fileRefusal(r);
    case "not-found":
    case "other-workspace":
    case "may-not-launch":
    case "may-not-decide":
    case "may-not-cancel":
    case "may-not-settle":
    case "may-not-answer":
    case "may-not-replace-approver":
    case "may-not-override":
      return personRefusal(r);
    case "not-ready":
    case "materials-changed":
    case "already-launched":
    case "already-decided":
    case "old-round":
    case "nothing-to-decide":
    case "already-over":
    case "being-launched":
    case "cancel-while-launching":
    case "being-decided":
    case "launched-meanwhile":
    case "nothing-to-settle":
    case "already-answered":
    case "no-demo":
    case "not-an-approver":
    case "nothing-to-override":
    case "no-texts":
    case "no-approvers":
    case "nobody-called":
      return stateRefusal(r);
    case "no-files":
    case "no-open-request":
    case "conversation-hidden":
      return addRefusal(r, bot);
    case "vendor":
      return vendorNo({ ...r, code: String(r.code) }, vendorAdvice(String(r.code), "launch"));
    case "name-rule":
    case "name-in-use":
    case "notes-too-long":
    case "demo-text-length":
    case "approver-missing":
    case "approver-cannot-act":
    case "nobody-can-decide":
    case "approver-not-allowed":
    case "not-for-kind":
    case "channel-missing":
    case "not-in-channel":
    case "reason-missing":
    case "reason-too-long":
    case "task-id-missing":
    case "task-in-use":
    case "task-unknown":
    case "task-not-checked":
      return fieldRefusal(r, bot);
  }
}

export function fileRefusal(r: FileRefusal): Mrkdwn {
  switch (r.type) {
    case "wrong-format":
      return wrongFormat(r);
    case "empty-file":
      return md`It is empty: 0 bytes. Export it again and drop the new file here.`;
    case "too-large":
      return md`It is ${exactSize(r.size, r.limit)}; the ${names.role[r.role]} may be ${fileSize(r.limit)} at most. Shorten or compress it and drop it here again.`;
    case "external-file":
      return md`It is only a link to another service (Google Drive, Dropbox, …): its content is not in Slack. Download it and drop the file itself here.`;
    case "file-gone":
      return md`It was deleted in Slack before it could be taken. Drop it here again.`;
    case "file-hidden":
      return md`Slack hides it, because the workspace is over the limit of its free plan. Upload it again, or free some space first.`;
    case "file-not-shared":
      return md`It comes from another organisation in a shared channel, and Slack does not let this app read it. Ask somebody of this workspace to download it and drop it here.`;
    case "login-page":
      return md`Slack sent its login page instead of the file: this app lacks the right to read files. Nothing is wrong with the file. Ask the operator to add the scope ${code("files:read")} and to install the app again; then drop the file here again.`;
    case "transfer-failed":
      return md`It could not be brought to Tencent Cloud. Nothing is wrong with the file as far as is known: drop it here again. If that fails too, show this to the operator: ${code(r.code)}, ${brief(plainly(r.detail), 400)}.`;
    case "material-rule":
      return md`${finding(r.finding)} Then drop it here; nothing was sent to Tencent Cloud.`;
    case "check-failed":
      return r.of === "detection"
        ? md`Tencent Cloud inspected it: ${detected(r)}`
        : md`It did not pass Tencent Cloud's inspection; the table in the thread says what is off. Record it again and drop the new wav here.`;
    case "check-broken":
      return md`Tencent Cloud could not inspect it${r.said ? md`: ${quoted(r.said)}` : md``}. Nothing is wrong with the file as far as is known: drop it here again; if that fails too, show this to the operator.`;
    case "not-collecting":
      if (r.state === "cancelled") {
        return md`${r.id ?? "This request"} was cancelled and takes no more files. For other material, begin a new request with ${code("/avatar new")}.`;
      }
      return md`${r.id ?? "This request"} stands at ${quoted(names.state[r.state])} and takes no more files: they can be replaced only before Launch. For other material, begin a new request with ${code("/avatar new")}.`;
    case "other-workspace":
      return personRefusal({ type: "other-workspace" });
  }
}

function wrongFormat(r: Extract<FileRefusal, { type: "wrong-format" }>): Mrkdwn {
  const found = typeName(r) ?? "a file of no type that this bot knows";
  const wants = r.role
    ? `the ${names.role[r.role]} must be ${formatList(r.takes)}`
    : `this request ${r.needs ? `needs ${names.list(r.needs.map(neededFile), "or")}` : `takes ${formatList(r.takes)}`}`;
  const what = r.named
    ? md`By its content it is ${found}; the name, which ends in .${brief(r.named, 20)}, does not count. ${capital(wants)}.`
    : md`It is ${found}; ${wants}.`;
  return md`${what} Convert it, or drop another file here.`;
}

/** `a photo (png, jpg or webp)` */
function neededFile(role: MaterialRole): string {
  const name = names.role[role];
  const article = role === "footage" ? "" : /^[aeiou]/.test(name) ? "an " : "a ";
  return `${article}${name} (${formatList(roleRow(role).formats)})`;
}

/** In bytes where rounding would hide the difference. */
function exactSize(size: number, limit: number): string {
  const text = fileSize(size);
  return text === fileSize(limit) ? `${size.toLocaleString("en")} bytes` : text;
}

function personRefusal(r: PersonRefusal): Mrkdwn {
  switch (r.type) {
    case "not-found":
      return md`There is no request ${code(r.id)} that you can see. ${code("/avatar list")} shows those that you can.`;
    case "other-workspace":
      return md`Only people of the workspace that this bot belongs to can do this: ask one of them.`;
    case "may-not-launch":
      return md`You cannot launch this request, because a launch spends a purchased quota. ${names.people(r.may, "or")} can.`;
    case "may-not-decide": {
      const why = r.isRequester
        ? md`You asked for this request, so somebody else decides about its demo.`
        : md`You are not an approver of this request.`;
      return r.may.length > 0
        ? md`${why} ${names.people(r.may, "or")} can.`
        : md`${why} Nobody can at the moment: ask the operator to put another approver in.`;
    }
    case "may-not-cancel":
      return md`You cannot end this request. ${names.people(r.may, "or")} can.`;
    case "may-not-settle":
      return md`You cannot say how this launch ended. ${names.people(r.may, "or")} can.`;
    case "may-not-answer":
      return md`Only whoever dropped the video or asked for the avatar can say which one it is: ${names.people(r.may, "or")}.`;
    case "may-not-replace-approver":
      return r.may.length > 0
        ? md`Only an operator can put another approver in: ${names.people(r.may, "or")}.`
        : md`Only an operator can put another approver in, and none is configured (${code("OPERATORS")}).`;
    case "may-not-override":
      return md`Only whoever asked for this answers for its material: ${names.people(r.may, "or")}.`;
  }
}

function stateRefusal(r: StateRefusal): Mrkdwn {
  switch (r.type) {
    case "not-ready":
      if (r.missing.length === 0) {
        return md`It cannot be launched yet: a file is still on its way. Wait until the card has its Launch button again.`;
      }
      return md`It cannot be launched yet. Drop ${names.list(
        r.missing.map((need) => wanted[need]),
        "and",
      )} into its thread first.`;
    case "materials-changed":
      return md`The material has changed since this button was shown, so it does nothing. Look at the card and press its new Launch button.`;
    case "already-launched":
      return md`${user(r.by)} launched it already, ${when(r.at)}. Nothing was done twice.`;
    case "already-decided":
      return md`${user(r.by)} ${r.operate === "AGREE" ? "confirmed" : "rejected"} it already, ${when(r.at)}. The first decision counts.`;
    case "old-round":
      return md`This button belongs to an older demo. Demo ${r.round} is the newest: see its message in the thread.`;
    case "nothing-to-decide":
      return md`There is no demo to decide about now: this request stands at ${quoted(names.state[r.state])}.`;
    case "already-over":
      return md`This request is over: it stands at ${quoted(names.state[r.state])}. ${code("/avatar new")} begins another.`;
    case "being-launched":
      return md`${user(r.by)} is launching it right now; pressing again does nothing. The card tells how it ends.`;
    case "cancel-while-launching":
      return md`${user(r.by)} is launching it right now, so it cannot be cancelled. Wait until the card tells how that ended.`;
    case "being-decided":
      return md`${user(r.by)} is deciding about the demo right now, so it cannot be stopped. Wait until the card tells how that ended.`;
    case "launched-meanwhile":
      return md`${r.id} has been launched since that button was shown, so nothing was cancelled. Its card has _Stop following_ now, which says what that means.`;
    case "nothing-to-settle":
      return md`It is known by now how the launch ended: see the card. Nothing was done.`;
    case "already-answered":
      return md`That was answered already: it is the ${names.role[r.role]}.`;
    case "not-an-approver":
      return md`${user(r.user)} is not an approver of this request. Its approvers: ${names.people(r.approvers, "and")}.`;
    case "no-approvers":
      return md`A photo avatar has no approvers: nobody decides about it.`;
    case "nobody-called":
      return md`I know nobody called ${brief(names.list(r.names, "or"), 200)}: choose the names from Slack's list.`;
    case "no-demo":
      return md`Tencent Cloud offers no demo at the moment. When there is one, a message in the thread says so.`;
    case "nothing-to-override":
      return md`That was answered already: the file is used, or was refused. The card shows what counts.`;
    case "no-texts":
      return md`This request has no such text to read aloud: only an ultra-fast voice has. ${code("/avatar text")} shows the texts of yours.`;
  }
}

function fieldRefusal(r: FieldRefusal, bot: string | undefined): Mrkdwn {
  return r.type === "approver-not-allowed"
    ? md`Only these people may approve: ${names.people(r.may, "or")}.`
    : md`${fieldError(r, bot)}`;
}
