import { decidersOf, launchersOf } from "../../../core/approval.ts";
import type { Asset, Customization, Material, Round } from "../../../core/customization.ts";
import type { Kind, MaterialRole } from "../../../core/kinds.ts";
import { kindRow } from "../../../core/kinds.ts";
import { roleRow } from "../../../core/material.ts";
import { collects } from "../../../core/state.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, joined, lines, md, quoted, user, when } from "../mrkdwn.ts";
import type { CardWords, LookFacts, StageMark } from "../words.ts";
import { names } from "./names.ts";
import { standing } from "./standing.ts";

const { people, list } = names;

export const card: CardWords = {
  title: (c, environment) => `${tag(environment)}${c.id} · ${c.name}`,
  tag,
  subtitle: (c) =>
    md`${names.kind[c.kind]} · ${names.sex[c.sex]} · asked for by ${user(c.requester)} · ${when(c.createdAt)}`,
  standing,
  materialsHeading: (state) => (collects(state) ? md`*Needed before Launch*` : md`*Material*`),
  missing: (need, kind) =>
    md`:white_medium_square: *${capital(names.need[need.id])}* is missing: ${list(
      need.roles.map((role) => accepts(role, kind)),
      "or",
    )}.`,
  accepted: (material, replaced) =>
    md`:white_check_mark: *${capital(roleName(material))}* is there: ${fileFacts(material)}${tookPlace(replaced)}`,
  onItsWay,
  asked: (material) =>
    md`:grey_question: *${material.file.name}* from ${user(material.file.by)}: authorization video or footage? Answer in the thread.`,
  more: (count) => md`… and ${count} more.`,
  refused,
  slackLimit: md`Drop the files into this thread, together or one by one. Slack takes files up to 1 GB: shorten or compress a larger one first (H.264 mp4, lower bit rate).`,
  wishes,
  stages: (marks) => joined(marks.map(stage), "  →  "),
  look: (look) =>
    md`In this stage for ${names.duration(look.tookMs)}, since ${when(look.since)}. ${usual(look)}${lastLook(look)}`,
  stuck: (look) =>
    look.usualMs === undefined
      ? md`:warning: *Stuck?* Two days in one stage is long. Ask Tencent Cloud's support about TaskId ${code(look.taskId)}.`
      : md`:warning: *Stuck?* It takes more than three times as long as usual. Ask Tencent Cloud's support about TaskId ${code(look.taskId)}.`,
  failing: (failing, now) =>
    md`:warning: Tencent Cloud could not be asked for ${names.duration(now - failing.since)}: ${quoted(failing.because, 200)}. What stands here is the last thing known; looking goes on by itself.`,
  round,
  assets,
  rules,
  task: (taskId) => md`TaskId ${code(taskId)}`,
};

function tag(environment: string | undefined): string {
  return environment ? `${environment.toUpperCase().slice(0, 30)} · ` : "";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function roleName(material: Material): string {
  return material.role ? names.role[material.role] : "file";
}

function accepts(role: MaterialRole, kind: Kind): string {
  const { formats, maxBytes } = roleRow(role);
  const size = `up to ${fileSize(maxBytes(kind))}`;
  switch (role) {
    case "identity-video":
      return `a video (${list(formats, "or")}, ${size}) in which the person gives permission`;
    case "identity-letter":
      return `a signed letter (${list(formats, "or")}, ${size})`;
    case "footage":
      return `${list(formats, "or")}, ${size}; ${kind === "IMAGE_GENERAL" ? "1" : "2"} to 10 minutes, ${kind === "IMAGE_4K" ? "4K (3840×2160)" : "1080p or 4K"}, 16:9 or 9:16, 25 to 60 fps`;
    case "photo":
      return `${list(formats, "or")}, ${size}; one clear face from the front`;
  }
}

function fileFacts(material: Material): Mrkdwn {
  const size = material.size === undefined ? md`` : md` · ${fileSize(material.size)}`;
  const crc = material.crc64 === undefined ? md`` : md` · CRC-64 ${code(material.crc64)}`;
  return md`${material.file.name.slice(0, 120)}${size}${crc} · from ${user(material.file.by)}`;
}

function tookPlace(replaced: readonly Material[]): Mrkdwn {
  const last = replaced.at(-1);
  return last ? md` · took the place of ${last.file.name.slice(0, 120)}` : md``;
}

function onItsWay(material: Material): Mrkdwn {
  const what = md`:arrow_up: *${capital(roleName(material))}*: ${material.file.name.slice(0, 120)} from ${user(material.file.by)}`;
  if (material.state !== "receiving") return md`${what} is there and is being verified.`;
  const { size, upload } = material;
  if (upload?.queued) return md`${what} waits for a free slot.`;
  if (!upload || !size) return md`${what} is on its way.`;
  const percent = Math.min(100, Math.floor((100 * upload.sent) / size));
  return md`${what}: uploading, ${percent} % of ${fileSize(size)}.`;
}

function refused(materials: readonly Material[]): Mrkdwn {
  const who = [...new Set(materials.map((m) => m.file.by))];
  const count = materials.length === 1 ? "1 file" : `${materials.length} files`;
  return md`${count} refused, ${people(who, "and")} ${who.length === 1 ? "was" : "were"} told why.`;
}

function wishes(c: Customization): Mrkdwn | undefined {
  const said = [
    c.notes ? md`*Notes* ${quoted(c.notes, 200)}` : undefined,
    c.demoText ? md`*Demo text* ${quoted(c.demoText, 200)}` : undefined,
    c.background ? md`*Background* ${names.background[c.background]}` : undefined,
    c.photoVersion === undefined
      ? undefined
      : md`*Photo version* ${names.photoVersion[c.photoVersion === 0 ? "0" : "1"]}`,
  ];
  return said.some((line) => line !== undefined) ? lines(...said) : undefined;
}

function stage(mark: StageMark): Mrkdwn {
  const name = names.stage[mark.stage];
  switch (mark.mark) {
    case "done":
      return md`${name} done`;
    case "now":
      return mark.status ? md`*${name} ${names.status[mark.status]}*` : md`*${name}*`;
    case "later":
      return md`${name}`;
  }
}

function usual(look: LookFacts): Mrkdwn {
  return look.usualMs === undefined ? md`` : md`Usually it takes about ${names.duration(look.usualMs)}. `;
}

function lastLook(look: LookFacts): Mrkdwn {
  return look.lookedAt === undefined ? md`Not checked yet.` : md`Last checked ${when(look.lookedAt)}.`;
}

function round(r: Round, elsewhere: boolean): Mrkdwn {
  const refusedRetrain = r.rejectReason
    ? md` Tencent Cloud refused to train again: ${quoted(r.rejectReason, 200)}.`
    : md``;
  return md`*Round ${r.n}*, ${when(r.offeredAt)}:${refusedRetrain} ${outcome(r, elsewhere)}`;
}

function outcome(r: Round, elsewhere: boolean): Mrkdwn {
  const { decision } = r;
  if (elsewhere) return md`decided elsewhere, not here.`;
  if (!decision?.accepted) return md`open.`;
  const did = decision.operate === "AGREE" ? "confirmed" : "rejected";
  const reason = decision.reason ? md`: ${quoted(decision.reason)}` : md``;
  return md`${did} by ${user(decision.by)}, ${when(decision.at)}${reason}`;
}

function assets(c: Customization): Mrkdwn[] {
  const found = c.assets ?? [];
  if (found.length === 0) {
    return [
      md`Tencent Cloud sent no asset keys with it: for this kind its international gateway sends none. They are in its AI Digital Human console, under the name ${code(c.name)}.`,
    ];
  }
  return found.map((asset) => lines(...Object.entries(asset).map(assetLine)));
}

function assetLine([key, value]: [string, Asset[string]]): Mrkdwn {
  return md`${key.slice(0, 100)} ${code(String(value).slice(0, 500))}`;
}

function rules(c: Customization, policy: Parameters<CardWords["rules"]>[1]): Mrkdwn {
  const launch = md`*Launch*: ${people(launchersOf(c, policy), "or")}`;
  const cancel = md`*${collects(c.state) ? "Cancel" : "Stop following"}*: the requester, an approver or an operator`;
  if (!kindRow(c.kind).hasDecision) return joined([launch, cancel, md`a photo avatar needs no decision`], " · ");
  return joined([launch, md`*Confirm, Reject*: ${people(decidersOf(c, policy), "or")}`, cancel], " · ");
}
