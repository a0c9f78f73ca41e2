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
import { fileName, formatList, names, origin } from "./names.ts";

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
    md`:grey_question: *${fileName(m)}* ${origin(m)}：${m.format === "mov" ? "是素材视频吗？" : "授权视频还是素材视频？"}`,
  offered: (c, o) =>
    o.look
      ? md`:mag: *${fileName(o)}* （${user(o.file.by)} 提供）正在检查`
      : md`:raised_hand: *${fileName(o)}* （${user(o.file.by)} 提供）等待 ${user(c.requester)} 在消息列里同意`,
  warned: (m) => md`:warning: *${roleName(m)}* ${fileName(m)} 存在疑问`,
  more: (count) => md`……还有 ${count} 项`,
  refused: (materials, more) => {
    const [first] = materials.map((m) => fileName(m));
    const rest = materials.length - 1 + more;
    if (first === undefined) return md`:no_entry_sign: ${more} 个文件没有采用`;
    return rest > 0
      ? md`:no_entry_sign: ${first} 等 ${rest + 1} 个文件没有采用`
      : md`:no_entry_sign: ${first} 没有采用`;
  },
  doubts,
  madeFrom: (materials) =>
    md`使用 ${list(
      materials.map((m) => fileName(m)),
      "and",
    )} 制作`,
};

function missing(need: Need, c: Customization): Mrkdwn {
  const takes = list(
    need.roles.map((role) => accepts(role, c)),
    "or",
  );
  const name = names.need[need.id];
  const pack = need.roles.includes("recording") && currentMaterial(c, "voice-package");
  if (!pack) return md`:white_medium_square: *${name}* ${takes}`;
  const why = takenOutOf(c, pack.id).length > 0 ? "没有录音通过检测" : "没有可检测的录音";
  return md`:white_medium_square: *${name}* ${fileName(pack)} 里${why}。请换一个更好的音频包，或发送${takes}`;
}

/** We check formats and sizes; Tencent checks lengths and resolutions. @see docs/tencent-api.md §3 */
function accepts(role: MaterialRole, { kind, gateway, voiceCheck }: Customization): string {
  const { maxBytes } = roleRow(role);
  const file = `${formatList(formatsOf(role, gateway))}，不超过 ${fileSize(Math.min(maxBytes(kind), SLACK_FILE_BYTES))}`;
  switch (role) {
    case "identity-video":
      return `授权视频（${file}）`;
    case "identity-letter":
      return `签字的授权书（${file}）`;
    case "footage": {
      const minutes = kind === "IMAGE_GENERAL" ? "1–10 分钟" : "2–10 分钟";
      const pixels = kind === "IMAGE_4K" ? "4K" : "1080p 或 4K";
      return `${file}，${minutes}，${pixels}，16:9 或 9:16，25–60 fps`;
    }
    case "photo":
      return `${file}，一张清晰的正面人脸`;
    case "voice-package":
      return `${file}，包含录音，最好是 wav${voiceCheck === "off" ? "" : "，最多检测其中三段"}`;
    case "recording":
      return `录音（${file}，16 kHz 以上）`;
    case "reading":
      return `朗读消息列里的文本，10–30 秒（${file}）`;
  }
}

function roleName(m: Material): string {
  return m.role ? names.role[m.role] : "文件";
}

function accepted(c: Customization, m: Material): Mrkdwn {
  const size = m.size === undefined ? md`` : md`，${fileSize(m.size)}`;
  const out = m.packed ? md`（取自 ${brief(m.packed.name, 60)}）` : md``;
  const whose = m.file.by === c.requester && m.file.uploadLink === undefined ? md`` : origin(m);
  return md`${isDoubtful(m) ? ":warning:" : ":white_check_mark:"} *${roleName(m)}* ${fileName(m)}${out}${size}${whose}${checked(m)}`;
}

/** Launch asks once more. */
function isDoubtful({ check, overriddenBy }: Material): boolean {
  const isBad = check?.verdict === "failed" || (check?.verdict === "broken" && check.of === "evaluation");
  return isBad && overriddenBy === undefined;
}

function checked(m: Material): Mrkdwn {
  if (m.overriddenBy !== undefined) return md`，存在疑问， ${user(m.overriddenBy)} 决定仍然使用`;
  const what = m.check?.of === "face" ? "人脸检测" : "检测";
  const asks = m.check?.of === "face" ? "" : "，启动时会再次确认";
  switch (m.check?.verdict) {
    case undefined:
      return md``;
    case "passed":
      return md`，${what}通过`;
    case "failed":
      return md`，${what}未通过${asks}`;
    case "absent":
      return md`，未检测：账号没有${what}`;
    case "broken":
      return md`，无法完成${what}${asks}`;
  }
}

function doubts(c: Customization, m: Material): Mrkdwn[] {
  if (m.overriddenBy !== undefined) return [];
  const warned = (m.findings ?? []).filter(({ severity }) => severity === "warn");
  const same = checks.sameAs(c, m);
  return [...warned.map(finding), ...(same ? [same] : [])].map((doubt) => md`:warning: ${fileName(m)}：${doubt}`);
}

function onItsWay(m: Material): Mrkdwn {
  const file = md`*${roleName(m)}* ${fileName(m)}${m.packed ? md`（取自 ${brief(m.packed.name, 60)}）` : md``}`;
  if (m.role === undefined) return md`:mag: ${file} 正在检查`;
  if (m.state !== "receiving") return m.check ? checking(file, m.check) : md`:mag: ${file} 已送达，正在校验`;
  if (m.upload?.failing) return waits(file, m.upload.failing.since);
  if (m.upload?.queued) return md`:hourglass: ${file} 正在排队上传`;
  if (!m.upload || !m.size) return md`:arrow_up: ${file} 即将上传`;
  const percent = Math.min(100, Math.floor((100 * m.upload.sent) / m.size));
  return md`:arrow_up: ${file} 正在上传，${percent}%（共 ${fileSize(m.size)}）`;
}

function waits(file: Mrkdwn, since: number): Mrkdwn {
  return md`:warning: ${file} 等待中：腾讯云自 ${when(since)} 起没有响应，会继续尝试。`;
}

function checking(file: Mrkdwn, check: Check): Mrkdwn {
  if (check.failing) return waits(file, check.failing.since);
  const lookedAt = check.everyMs > 0 ? md`，最近查询 ${when(check.nextLookAt - check.everyMs)}` : md``;
  return check.task === undefined
    ? md`:mag: ${file} 已送达，即将检测`
    : md`:mag: ${file} 自 ${when(check.startedAt)} 起检测中${lookedAt}`;
}
