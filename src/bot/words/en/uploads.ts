import { formatsOf, roleRow } from "../../../core/material.ts";
import { isOnItsWay } from "../../../core/record.ts";
import { fileSize } from "../measure.ts";
import { brief, lines, link, md, plainText, user, when } from "../mrkdwn.ts";
import type { UploadWords } from "../upload-words.ts";
import { capital, fileName, formatList, labels, names } from "./names.ts";
import { refusal } from "./refusals.ts";

export const uploads: UploadWords = {
  whichRole: (c) =>
    lines(
      md`*An upload link for ${c.id} · ${brief(c.name, 60)}*: for which file?`,
      md`One file comes through it, straight from a browser, as large as Tencent Cloud takes it. Making the link is your yes to that file.`,
    ),
  roleButton: (role) => capital(names.role[role]),
  made: (c, made, url) =>
    lines(
      md`*${link(url, `Upload the ${names.role[made.role]} of ${c.id}`)}*`,
      md`Use the link yourself, or send it to the person who is filmed: whoever has it can upload one file. Begin by ${when(made.startBy)}; later links and _${labels.revokeLink}_ end it.`,
    ),
  revoked: (c) => md`The upload link of ${c.id} is revoked. Nothing can come through it any more.`,
  open: (made) =>
    md`:link: Upload link for the *${names.role[made.role]}* by ${user(made.by)}, open until ${when(made.startBy)}`,
  takes: ({ kind, gateway }, role) =>
    `${formatList(formatsOf(role, gateway))}, up to ${fileSize(roleRow(role).maxBytes(kind))}`,
  refusedOnPage: (r) => plainText(refusal(r)),
  uploaded: (c, m) => ({
    headline: `${fileName(m)}${m.size === undefined ? "" : ` (${fileSize(m.size)})`} comes through an upload link.`,
    details: md`For ${c.id}, as the *${m.role ? names.role[m.role] : "file"}*: through the upload link ${user(m.file.by)} made.`,
  }),
  outcome: (c, m) => {
    if (m.refusal?.type === "not-wanted") return md`:no_entry_sign: Not used, says ${user(m.refusal.by)}.`;
    if (m.state === "refused") return md`:no_entry_sign: It was refused. _${labels.why}_ on the card tells the reason.`;
    if (m.replacedBy !== undefined) return md`A newer file has taken its place.`;
    if (isOnItsWay(m)) return md`:arrow_up: On its way; the card shows how far. Not expected? Then say so.`;
    if (m.state === "warned") return md`:warning: It is there, and questionable: see below.`;
    return md`:white_check_mark: It is there, and counts for ${c.id} until somebody says no.`;
  },
};
