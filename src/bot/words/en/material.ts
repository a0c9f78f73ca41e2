import type { Customization } from "../../../core/customization.ts";
import type { MaterialRole, Need } from "../../../core/kinds.ts";
import { formatsOf, roleRow } from "../../../core/material.ts";
import type { Check, Material } from "../../../core/material-record.ts";
import { currentMaterial, takenOutOf } from "../../../core/record.ts";
import { SLACK_FILE_BYTES } from "../../../core/upload-link.ts";
import type { CardWords } from "../card-words.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, md, user, when } from "../mrkdwn.ts";
import { checks } from "./checks.ts";
import { finding } from "./findings.ts";
import { capital, fileName, formatList, names, origin } from "./names.ts";

const { list } = names;

type MaterialWords = Pick<
  CardWords,
  "missing" | "accepted" | "onItsWay" | "asked" | "offered" | "warned" | "more" | "refused" | "doubts" | "madeFrom"
>;

export const material: MaterialWords = {
  missing,
  accepted,
  onItsWay,
  asked: (m) =>
    md`:grey_question: *${fileName(m)}*${from(m)}: ${m.format === "mov" ? "is it the footage?" : "authorization video or footage?"}`,
  offered: (c, o) =>
    o.look
      ? md`:mag: *${fileName(o)}* from ${user(o.file.by)} is being looked at`
      : md`:raised_hand: *${fileName(o)}* from ${user(o.file.by)} waits for ${user(c.requester)}'s yes, in the thread`,
  warned: (m) => md`:warning: *${roleName(m)}* ${fileName(m)} is questionable`,
  more: (count) => md`… and ${count} more`,
  refused: (materials, more) => {
    const [first] = materials.map((m) => fileName(m));
    const rest = materials.length - 1 + more;
    if (first === undefined)
      return md`:no_entry_sign: ${more === 1 ? "1 file wasn't" : `${more} files weren't`} accepted`;
    return md`:no_entry_sign: ${first} ${rest > 0 ? `and ${rest} more weren't` : "wasn't"} accepted`;
  },
  doubts,
  madeFrom: (materials) =>
    md`Made from ${list(
      materials.map((m) => fileName(m)),
      "and",
    )}`,
};

function missing(need: Need, c: Customization): Mrkdwn {
  const takes = list(
    need.roles.map((role) => accepts(role, c)),
    "or",
  );
  const name = capital(names.need[need.id]);
  const from = need.roles.includes("recording") && currentMaterial(c, "voice-package");
  if (!from) return md`:white_medium_square: *${name}*: ${takes}`;
  const failed = takenOutOf(c, from.id).length > 0;
  const why = failed ? "passed the check" : "could be checked";
  return md`:white_medium_square: *${name}*: none in ${fileName(from)} ${why}. Drop a better package, or one ${takes}`;
}

/** We check formats and sizes; Tencent checks lengths and resolutions. @see docs/tencent-api.md §3 */
function accepts(role: MaterialRole, { kind, gateway, voiceCheck }: Customization): string {
  const { maxBytes } = roleRow(role);
  const file = `${formatList(formatsOf(role, gateway))}, up to ${fileSize(Math.min(maxBytes(kind), SLACK_FILE_BYTES))}`;
  switch (role) {
    case "identity-video":
      return `a video giving permission (${file})`;
    case "identity-letter":
      return `a signed letter (${file})`;
    case "footage": {
      const minutes = kind === "IMAGE_GENERAL" ? "1–10 min" : "2–10 min";
      const pixels = kind === "IMAGE_4K" ? "4K" : "1080p or 4K";
      return `${file}, ${minutes}, ${pixels}, 16:9 or 9:16, 25–60 fps`;
    }
    case "photo":
      return `${file}, one clear face from the front`;
    case "voice-package":
      return `${file}, with the recordings, best as wav${voiceCheck === "off" ? "" : "; up to three are checked"}`;
    case "recording":
      return `recording (${file}, 16 kHz or more)`;
    case "reading":
      return `the text in the thread read aloud, 10–30 s (${file})`;
  }
}

function roleName(m: Material): string {
  return capital(m.role ? names.role[m.role] : "file");
}

/** Named where it is not the requester: everybody else's files are theirs to explain. */
function from(m: Material): Mrkdwn {
  return md` ${origin(m)}`;
}

function accepted(c: Customization, m: Material): Mrkdwn {
  const size = m.size === undefined ? md`` : md`, ${fileSize(m.size)}`;
  const out = m.packed ? md` out of ${brief(m.packed.name, 60)}` : md``;
  const whose = m.file.by === c.requester && m.file.uploadLink === undefined ? md`` : from(m);
  return md`${isDoubtful(m) ? ":warning:" : ":white_check_mark:"} *${roleName(m)}* ${fileName(m)}${out}${size}${whose}${checked(m)}`;
}

/** Launch asks once more. */
function isDoubtful({ check, overriddenBy }: Material): boolean {
  const isBad = check?.verdict === "failed" || (check?.verdict === "broken" && check.of === "evaluation");
  return isBad && overriddenBy === undefined;
}

function checked(m: Material): Mrkdwn {
  if (m.overriddenBy !== undefined) return md`, used in spite of a warning, says ${user(m.overriddenBy)}`;
  const what = m.check?.of === "face" ? md`face ` : md``;
  switch (m.check?.verdict) {
    case undefined:
      return md``;
    case "passed":
      return md`, ${what}check passed`;
    case "failed":
      return md`, ${what}check not passed${m.check.of === "face" ? "" : ": Launch asks once more"}`;
    case "absent":
      return md`, not checked: the account has no ${m.check.of === "face" ? "face detection" : "check"}`;
    case "broken":
      return md`, could not be checked${m.check.of === "face" ? "" : ": Launch asks once more"}`;
  }
}

function doubts(c: Customization, m: Material): Mrkdwn[] {
  if (m.overriddenBy !== undefined) return [];
  const warned = (m.findings ?? []).filter(({ severity }) => severity === "warn");
  const same = checks.sameAs(c, m);
  return [...warned.map(finding), ...(same ? [same] : [])].map((doubt) => md`:warning: ${fileName(m)}: ${doubt}`);
}

function onItsWay(m: Material): Mrkdwn {
  const file = md`*${roleName(m)}* ${fileName(m)}${m.packed ? md` out of ${brief(m.packed.name, 60)}` : md``}`;
  if (m.role === undefined) return md`:mag: ${file} is being looked at`;
  if (m.state !== "receiving") return m.check ? checking(file, m.check) : md`:mag: ${file} has arrived, being verified`;
  if (m.upload?.failing) {
    return md`:warning: ${file} waits: no answer from Tencent Cloud since ${when(m.upload.failing.since)}. Asking goes on.`;
  }
  if (m.upload?.queued) return md`:hourglass: ${file} waits for a free slot`;
  if (!m.upload || !m.size) return md`:arrow_up: ${file} is on its way`;
  const percent = Math.min(100, Math.floor((100 * m.upload.sent) / m.size));
  return md`:arrow_up: ${file} uploading, ${percent} % of ${fileSize(m.size)}`;
}

function checking(file: Mrkdwn, check: Check): Mrkdwn {
  if (check.failing) {
    return md`:warning: ${file} waits: no answer from Tencent Cloud since ${when(check.failing.since)}. Asking goes on.`;
  }
  const lookedAt = check.everyMs > 0 ? md`, last looked ${when(check.nextLookAt - check.everyMs)}` : md``;
  return check.task === undefined
    ? md`:mag: ${file} has arrived; its check begins`
    : md`:mag: ${file} being checked since ${when(check.startedAt)}${lookedAt}`;
}
