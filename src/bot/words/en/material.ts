import type { Customization } from "../../../core/customization.ts";
import type { MaterialRole, Need } from "../../../core/kinds.ts";
import { formatsOf, GB, roleRow } from "../../../core/material.ts";
import type { Check, Material } from "../../../core/material-record.ts";
import { currentMaterial, takenOutOf } from "../../../core/record.ts";
import type { CardWords } from "../card-words.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, joined, lines, md, quoted, user, when } from "../mrkdwn.ts";
import { checks } from "./checks.ts";
import { finding } from "./findings.ts";
import { capital, fileName, formatList, names } from "./names.ts";

const { people, list } = names;

type MaterialWords = Pick<
  CardWords,
  | "materialsHeading"
  | "missing"
  | "accepted"
  | "onItsWay"
  | "asked"
  | "offered"
  | "warned"
  | "more"
  | "refused"
  | "drop"
  | "checksums"
>;

/** Slack's limit for a file; the vendor's may be higher. */
const SLACK_TAKES = GB;

export const material: MaterialWords = {
  materialsHeading: md`*Needed before Launch*`,
  missing,
  accepted,
  onItsWay,
  asked: (m) =>
    md`:grey_question: *${fileName(m)}* from ${user(m.file.by)}: ${m.format === "mov" ? "is it the footage?" : "authorization video or footage?"} The thread asks.`,
  offered: (c, o) =>
    o.look
      ? md`:mag: *${fileName(o)}* from ${user(o.file.by)} is being looked at`
      : md`:raised_hand: *${fileName(o)}*${o.role ? `, ${names.role[o.role]},` : ""} from ${user(o.file.by)} waits for ${user(c.requester)}'s yes. The thread asks.`,
  warned: (m) =>
    md`:warning: *${roleName(m)}*: ${fileName(m)} from ${user(m.file.by)} is questionable. The thread asks the requester whether it is used anyway.`,
  more: (count) => md`… and ${count} more`,
  refused: (materials, more) => {
    const who = [...new Set(materials.map((m) => m.file.by))];
    const count = materials.length === 1 ? "1 file" : `${materials.length} files`;
    const listed = md`${count} refused, ${people(who, "and")} ${who.length === 1 ? "was" : "were"} told why.`;
    const rest = md`${more}${materials.length > 0 ? " more" : ""} ${more === 1 ? "was" : "were"} refused.`;
    return joined([...(materials.length > 0 ? [listed] : []), ...(more > 0 ? [rest] : [])], " ");
  },
  drop: (big, isReady) =>
    big && !isReady
      ? md`A newer file takes the place of an older one until Launch. Slack takes files up to ${fileSize(SLACK_TAKES)}: ${SMALLER[big]}.`
      : md`A newer file takes the place of an older one until Launch.`,
  checksums: (materials) => {
    const sums = materials.flatMap((m) => (m.crc64 === undefined ? [] : [md`${roleName(m)} ${m.crc64}`]));
    return sums.length > 0 ? md`CRC-64 · ${joined(sums, " · ")}` : undefined;
  },
};

const SMALLER = {
  video: "shorten or compress a larger one first (H.264 mp4 at a lower bit rate)",
  sound: "leave takes out of a larger package",
} as const;

function missing(need: Need, c: Customization): Mrkdwn {
  const takes = list(
    need.roles.map((role) => accepts(role, c)),
    "or",
  );
  const name = capital(names.need[need.id]);
  const from = need.roles.includes("recording") && currentMaterial(c, "voice-package");
  if (!from) return md`:white_medium_square: *${name}* is missing: ${takes}`;
  const failed = takenOutOf(c, from.id).length > 0;
  const why = failed ? "passed its inspection" : "could be taken out for the inspection";
  return md`:white_medium_square: *${name}* is missing: none in ${fileName(from)} ${why}. Drop a better package, or one recording beside it: ${takes}`;
}

/** We check formats and sizes; Tencent checks lengths and resolutions. @see docs/tencent-api.md §3 */
function accepts(role: MaterialRole, { kind, gateway, voiceCheck }: Customization): string {
  const { maxBytes } = roleRow(role);
  const file = `${formatList(formatsOf(role, gateway))}, up to ${fileSize(Math.min(maxBytes(kind), SLACK_TAKES))}`;
  switch (role) {
    case "identity-video":
      return `a video in which the person gives permission (${file})`;
    case "identity-letter":
      return `a signed letter (${file})`;
    case "footage": {
      const minutes = kind === "IMAGE_GENERAL" ? "1 to 10 minutes" : "2 to 10 minutes";
      const pixels = kind === "IMAGE_4K" ? "4K (3840×2160)" : "1080p or 4K";
      return `${file}; ${minutes}, ${pixels}, 16:9 or 9:16, 25 to 60 fps`;
    }
    case "photo":
      return `${file}; one clear face, from the front`;
    case "voice-package":
      return voiceCheck === "off"
        ? `${file}, with the recordings that the voice is made of, best as wav`
        : `${file}, with the recordings that the voice is made of, best as wav; its longest is inspected, and up to two more until one passes`;
    case "recording":
      return `${file}, at least 16 kHz`;
    case "reading":
      return `the text in the thread read aloud, 10 to 30 seconds (${file})`;
  }
}

function roleName(m: Material): string {
  return capital(m.role ? names.role[m.role] : "file");
}

function accepted(c: Customization, m: Material, replaced: readonly Material[]): Mrkdwn {
  const size = m.size === undefined ? md`` : md`, ${fileSize(m.size)}`;
  const out = m.packed ? md` out of ${brief(m.packed.name, 80)}` : md``;
  const older = replaced.at(-1);
  const place = older ? md` · took the place of ${fileName(older)}` : md``;
  const { of, verdict } = m.check ?? {};
  const isDoubtful = verdict === "failed" || (verdict === "broken" && of === "evaluation");
  const sign = isDoubtful && m.overriddenBy === undefined ? ":warning:" : ":white_check_mark:";
  const unknown = (m.findings ?? []).filter(({ severity }) => severity === "unknown");
  const advice = (m.findings ?? [])
    .filter(({ severity }) => severity === "warn")
    .map((found) => md`:warning: ${finding(found)}`);
  return lines(
    md`${sign} *${roleName(m)}* is there: ${fileName(m)}${out}${size}, from ${user(m.file.by)}${passed(m)}${place}`,
    m.overriddenBy === undefined
      ? inspected(m)
      : md`:warning: Used in spite of a warning, says ${user(m.overriddenBy)}.`,
    unknown.length > 0 ? checks.unknown(unknown) : undefined,
    ...(m.overriddenBy === undefined ? advice : []),
    checks.sameAs(c, m),
  );
}

function passed(m: Material): Mrkdwn {
  if (m.check?.verdict !== "passed" || m.overriddenBy !== undefined) return md``;
  return m.check.of === "face" ? md` · its face passed the detection` : md` · it passed the inspection`;
}

/** The result of its inspection, unless it passed. */
function inspected(m: Material): Mrkdwn | undefined {
  const { of, verdict } = m.check ?? {};
  if (!verdict) return undefined;
  const isFace = of === "face";
  switch (verdict) {
    case "passed":
      return undefined;
    case "failed":
      return isFace
        ? md`Its face did not pass the detection.`
        : md`It did not pass the inspection: the thread tells what is off, and Launch asks once more.`;
    case "absent":
      return isFace
        ? md`This account has no face detection, so its face was not checked.`
        : md`This account has no such inspection, so it was not checked.`;
    case "broken":
      return isFace ? md`Its face could not be checked.` : md`It could not be inspected: Launch asks once more.`;
  }
}

function onItsWay(m: Material): Mrkdwn {
  const from = m.packed ? md`out of ${brief(m.packed.name, 80)}` : md`from ${user(m.file.by)}`;
  const file = md`*${roleName(m)}*: ${fileName(m)} ${from}`;
  if (m.role === undefined) return md`:mag: ${file} is being looked at`;
  if (m.state !== "receiving") {
    return m.check ? checking(file, m.check) : md`:mag: ${file} has arrived and is being verified`;
  }
  if (m.upload?.failing) {
    const { since, because } = m.upload.failing;
    return md`:warning: ${file} waits: Tencent Cloud has not answered since ${when(since)} (${quoted(because, 200)}). Asking goes on by itself.`;
  }
  if (m.upload?.queued) return md`:hourglass: ${file} waits for a free slot`;
  if (!m.upload || !m.size) return md`:arrow_up: ${file} is on its way`;
  const percent = Math.min(100, Math.floor((100 * m.upload.sent) / m.size));
  return md`:arrow_up: ${file}: uploading, ${percent} % of ${fileSize(m.size)}`;
}

function checking(file: Mrkdwn, check: Check): Mrkdwn {
  const does = check.of === "face" ? "looks for its face" : "inspects it";
  const lookedAt = check.everyMs > 0 ? md`, last looked ${when(check.nextLookAt - check.everyMs)}` : md``;
  return lines(
    check.task === undefined
      ? md`:mag: ${file} has arrived; its inspection begins`
      : md`:mag: ${file}: Tencent Cloud ${does} since ${when(check.startedAt)}${lookedAt}`,
    check.failing
      ? md`:warning: *Not answered* since ${when(check.failing.since)}: ${quoted(check.failing.because, 200)}. Asking goes on by itself.`
      : undefined,
  );
}
