import type { MaterialRole } from "../../../core/kinds.ts";
import { roleRow } from "../../../core/material.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, md, quoted, user } from "../mrkdwn.ts";
import type { RefusalOf, RefusalWords } from "../refusal-words.ts";
import { detected } from "./checks.ts";
import { faultsOf } from "./faults-of-a-file.ts";
import { thing, typeName } from "./file-type.ts";
import { ADD_SHORTCUT, capital, formatList, invite, labels, names } from "./names.ts";
import { plainly } from "./vendor.ts";

export const fileRefusals = {
  "wrong-format": wrongFormat,
  "empty-file": () => md`It is empty: 0 bytes. Export it again and drop the new file here.`,
  "too-large": (r) =>
    md`It is ${exactSize(r.size, r.limit)}; the ${names.role[r.role]} may be ${fileSize(r.limit)} at most. Shorten or compress it and drop it here again.`,
  "external-file": () =>
    md`It is only a link to another service (Google Drive, Dropbox, …): its content is not in Slack. Download it and drop the file itself here.`,
  "not-a-file": (r) =>
    md`It is ${thing(r)}, not a file: it has no content that Tencent Cloud could get. Drop the material itself here as a file.`,
  "file-gone": () => md`It was deleted in Slack before it could be taken. Drop it here again.`,
  "file-hidden": () =>
    md`Slack hides it, because the workspace is over the limit of its free plan. Upload it again, or free some space first.`,
  "file-not-shared": () =>
    md`It comes from another organisation in a shared channel, and Slack does not let this app read it. Ask somebody of this workspace to download it and drop it here.`,
  "login-page": () =>
    md`Slack sent its login page instead of the file: this app lacks the right to read files. Nothing is wrong with the file. Ask the operator to add the scope ${code("files:read")} and to install the app again; then drop the file here again.`,
  "link-failed": (r) =>
    md`The link ${LINK_TROUBLE[r.because]}. Post a link that downloads the file itself, without signing in, or drop the file here.`,
  "upload-stopped": () =>
    md`Its upload stood still for a day, so it was given up. Press _${labels.tooLarge}_ on the card for a new link, and begin again.`,
  "transfer-failed": (r) =>
    md`It could not be brought to Tencent Cloud. Nothing is wrong with the file as far as is known: drop it here again. If that fails too, show this to the operator: ${code(r.code)}, ${brief(plainly(r.detail), 400)}.`,
  "material-rule": (r) =>
    md`${faultsOf([r.finding, ...(r.others ?? [])])} Then drop it here; nothing was sent to Tencent Cloud.`,
  "check-failed": (r) =>
    r.of === "detection"
      ? md`Tencent Cloud inspected it: ${detected(r)}`
      : md`It did not pass Tencent Cloud's inspection; the table in the thread says what is off. Record it again and drop the new recording here.`,
  "check-broken": (r) =>
    md`Tencent Cloud could not inspect it${r.said ? md`: ${quoted(r.said)}` : md``}. Nothing is wrong with the file as far as is known: drop it here again; if that fails too, show this to the operator.`,
  "too-many-files": (r) =>
    md`This request has ${r.limit} files in use or waiting for a yes, and takes no more. Its requester can say no to those that wait; for other material, begin a new request with ${code("/avatar new")}.`,
  "not-wanted": (r) =>
    md`${user(r.by)} says that it is not used for this request. ${r.uploaded ? "What has come of it stays unused." : "Nothing was sent to Tencent Cloud."}`,
  "not-collecting": (r) =>
    r.state === "cancelled"
      ? md`${r.id ?? "This request"} was cancelled and takes no more files. For other material, begin a new request with ${code("/avatar new")}.`
      : md`${r.id ?? "This request"} stands at ${quoted(names.state[r.state])} and takes no more files: they can be replaced only before Launch. For other material, begin a new request with ${code("/avatar new")}.`,
  "no-files": (r) =>
    r.byApp
      ? md`An app posted these files, not a person, so they are not taken. Download them and drop them into the thread of the request's card.`
      : md`There is no file in this message. Use ${ADD_SHORTCUT} at a message that has the material, or drop the files into the thread of the request's card.`,
  "message-unknown": (r) =>
    md`Slack sent your message in a form that I do not know (${code(brief(r.subtype, 60))}), so nothing in it was taken. Send it again as a normal message.`,
  "no-open-request": (r) =>
    r.mayMiss
      ? md`Slack does not tell me at the moment which requests you may see, so nothing was done. Try again in a minute.`
      : md`No request that you can see takes files now: they are taken until Launch. ${code("/avatar new")} begins one; then use ${ADD_SHORTCUT} here again.`,
  "conversation-hidden": (_, bot) =>
    md`This app is not in this conversation, so it does not get these files. Drop them into the thread of the request's card; in a channel you can also type ${code(invite(bot))} and use ${ADD_SHORTCUT} again.`,
  "not-in-its-channel": (r) =>
    md`Files are added to a request by people who are in its channel, and you are not in that of ${code(r.id)}. Ask somebody there to invite you, or to add them.`,
} satisfies Partial<RefusalWords>;

const LINK_TROUBLE = {
  page: "leads to a web page, not to a file",
  gone: "leads to nothing: the file was deleted or moved",
  elsewhere: "leads on to an address from which this bot may not fetch files",
  "no-size": "leads to something whose size its server does not tell",
} as const;

function wrongFormat(r: RefusalOf<"wrong-format">): Mrkdwn {
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
