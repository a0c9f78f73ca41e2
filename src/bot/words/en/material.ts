import type { Material } from "../../../core/customization.ts";
import type { Kind, MaterialRole } from "../../../core/kinds.ts";
import { GB, roleRow } from "../../../core/material.ts";
import type { CardWords } from "../card-words.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { joined, md, user } from "../mrkdwn.ts";
import { capital, fileName, names } from "./names.ts";

const { people, list } = names;

type MaterialWords = Pick<
  CardWords,
  "materialsHeading" | "missing" | "accepted" | "onItsWay" | "asked" | "more" | "refused" | "drop" | "checksums"
>;

/** What the vendor takes may be larger; nobody can drop it. */
const SLACK_TAKES = GB;

export const material: MaterialWords = {
  materialsHeading: md`*Needed before Launch*`,
  missing: (need, kind) =>
    md`:white_medium_square: *${capital(names.need[need.id])}* is missing: ${list(
      need.roles.map((role) => accepts(role, kind)),
      "or",
    )}`,
  accepted,
  onItsWay,
  asked: (m) =>
    md`:grey_question: *${fileName(m)}* from ${user(m.file.by)}: ${m.format === "mov" ? "is it the footage?" : "authorization video or footage?"} The thread asks.`,
  more: (count) => md`… and ${count} more`,
  refused: (materials) => {
    const who = [...new Set(materials.map((m) => m.file.by))];
    const count = materials.length === 1 ? "1 file" : `${materials.length} files`;
    return md`${count} refused, ${people(who, "and")} ${who.length === 1 ? "was" : "were"} told why.`;
  },
  drop: (isBig, isReady) =>
    isBig && !isReady
      ? md`A newer file takes the place of an older one until Launch. Slack takes files up to ${fileSize(SLACK_TAKES)}: shorten or compress a larger one first (H.264 mp4 at a lower bit rate).`
      : md`A newer file takes the place of an older one until Launch.`,
  checksums: (materials) => {
    const sums = materials.flatMap((m) => (m.crc64 === undefined ? [] : [md`${roleName(m)} ${m.crc64}`]));
    return sums.length > 0 ? md`CRC-64 · ${joined(sums, " · ")}` : undefined;
  },
};

/** Formats and sizes are ours to check; lengths and resolutions are Tencent's. @see docs/tencent-api.md §3 */
function accepts(role: MaterialRole, kind: Kind): string {
  const { formats, maxBytes } = roleRow(role);
  const file = `${list(formats, "or")}, up to ${fileSize(Math.min(maxBytes(kind), SLACK_TAKES))}`;
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
  }
}

function roleName(m: Material): string {
  return capital(m.role ? names.role[m.role] : "file");
}

function accepted(m: Material, replaced: readonly Material[]): Mrkdwn {
  const size = m.size === undefined ? md`` : md`, ${fileSize(m.size)}`;
  const older = replaced.at(-1);
  const place = older ? md` · took the place of ${fileName(older)}` : md``;
  return md`:white_check_mark: *${roleName(m)}* is there: ${fileName(m)}${size}, from ${user(m.file.by)}${place}`;
}

function onItsWay(m: Material): Mrkdwn {
  const file = md`*${roleName(m)}*: ${fileName(m)} from ${user(m.file.by)}`;
  if (m.role === undefined) return md`:mag: ${file} is being looked at`;
  if (m.state !== "receiving") return md`:mag: ${file} has arrived and is being verified`;
  if (m.upload?.queued) return md`:hourglass: ${file} waits for a free slot`;
  if (!m.upload || !m.size) return md`:arrow_up: ${file} is on its way`;
  const percent = Math.min(100, Math.floor((100 * m.upload.sent) / m.size));
  return md`:arrow_up: ${file}: uploading, ${percent} % of ${fileSize(m.size)}`;
}
