import type { Need } from "../../../core/kinds.ts";
import type { FileFormat } from "../../../core/material.ts";
import type { Material } from "../../../core/material-record.ts";
import type { Stage } from "../../../core/state.ts";
import { splitDuration } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, md, quoted, user } from "../mrkdwn.ts";
import type { Labels, Names } from "../words.ts";

export const labels: Labels = {
  newRequest: "新建申请",
  launch: "启动制作",
  confirm: "确认效果",
  reject: "驳回…",
  openDemo: "查看小样",
  authorizationVideo: "授权视频",
  footage: "素材视频",
  cancel: "取消申请",
  stopFollowing: "停止跟进",
  why: "为什么？",
  details: "详情",
  itWasCreated: "已经创建…",
  launchAgain: "没有创建，重新启动",
  useAnyway: "仍然使用",
  useFile: "使用此文件",
  declineFile: "不用此文件",
  readThis: "朗读这一段",
  useFor: (id) => `用于 ${id}`,
  replaceApprover: (name) => `替换 ${name}`,
  makePhoto: "制作照片数智人",
  run: (line) => `运行 /avatar ${line}`,
  tryAgain: "重试",
  erase: "清除",
  newLikeThis: "照此新建",
  newer: "较新",
  older: "较早",
  edit: "编辑…",
  approvers: "审批人…",
  passTo: "转交…",
  remind: "提醒",
  say: "说一段话…",
  tooLarge: "文件超出 Slack 上限？",
  revokeLink: "撤销此链接",
};

export const names: Names = {
  kind: {
    IMAGE: "形象定制 · 标准版（专属口型）",
    IMAGE_GENERAL: "形象定制 · 标准版（通用口型）",
    IMAGE_4K: "形象定制 · 高精版 4K",
    IMAGE_PHOTO: "照片数智人",
    VOICE: "音色复刻 · 基础版",
    ZERO_SHOT_VOICE: "音色复刻 · 极速版",
  },
  sex: { FEMALE: "女", MALE: "男" },
  role: {
    "identity-video": "授权视频",
    "identity-letter": "授权书",
    footage: "素材视频",
    photo: "照片",
    "voice-package": "音频包",
    recording: "录音",
    reading: "朗读录音",
  },
  need: {
    authorization: "授权材料",
    footage: "素材视频",
    photo: "照片",
    "voice-package": "音频包",
    recording: "录音",
  },
  format: {
    mp4: "mp4 视频",
    mov: "mov 视频",
    pdf: "pdf 文件",
    png: "png 图片",
    jpg: "jpg 图片",
    webp: "webp 图片",
    zip: "zip 压缩包",
    wav: "wav 录音",
    mp3: "mp3 录音",
    aac: "aac 录音",
    m4a: "m4a 录音",
    asf: "wma 录音",
    other: "其他类型的文件",
  },
  state: {
    collecting: "等待材料",
    ready: "可以启动",
    launching: "正在启动",
    "launch-unknown": "启动结果未知",
    running: "制作中",
    "awaiting-decision": "小样待确认",
    deciding: "正在提交决定",
    "decision-unknown": "决定结果未知",
    done: "已完成",
    failed: "失败",
    cancelled: "已取消",
  },
  outOfQuota: "额度已用完",
  stage: {
    SUBMIT: "SUBMIT",
    AUDIT: "AUDIT",
    PROCESS: "PROCESS",
    TRAIN: "TRAIN",
    CONFIRM: "CONFIRM",
    END: "END",
  },
  status: { WAIT_PROCESS: "等待中", PROCESSING: "进行中", SUCCESS: "完成", FAIL: "失败" },
  background: { none: "不处理", green: "绿幕", white: "白幕" },
  photoVersion: { "0": "快速版，约 10 分钟", "1": "精修版，约 1 小时" },
  language: { chi: "中文", eng: "英语", can: "粤语" },
  duration,
  passing: /\d+分钟|不到1分钟|(?<=天)\d+小时/g,
  list,
  people,
};

function inUnit(value: number, unit: "day" | "hour" | "minute"): string {
  return new Intl.NumberFormat("zh-CN", { style: "unit", unit, unitDisplay: "long" }).format(value);
}

function duration(ms: number): string {
  const { days, hours, minutes } = splitDuration(ms);
  if (days > 0) return `${inUnit(days, "day")}${hours > 0 ? inUnit(hours, "hour") : ""}`;
  if (hours > 0) return `${inUnit(hours, "hour")}${minutes > 0 ? inUnit(minutes, "minute") : ""}`;
  return minutes > 0 ? inUnit(minutes, "minute") : "不到1分钟";
}

const LISTS = {
  and: new Intl.ListFormat("zh-CN", { type: "conjunction" }),
  or: new Intl.ListFormat("zh-CN", { type: "disjunction" }),
} as const;

function list(items: readonly string[], join: "and" | "or"): string {
  return LISTS[join].format(items);
}

/** The most names written out; the rest are counted. */
const MOST_NAMES = 12;

function people(ids: readonly string[], join: "and" | "or"): Mrkdwn {
  if (ids.length === 0) return md`暂无人选`;
  const shown = ids.slice(0, MOST_NAMES).map((id) => user(id).mrkdwn);
  const rest = ids.length - shown.length;
  return rest > 0 ? { mrkdwn: `${shown.join("、")}等 ${ids.length} 人` } : { mrkdwn: list(shown, join) };
}

/** Somebody's words at the end of a sentence: with a full stop, unless they have one. */
export function said(text: string, max = 300): Mrkdwn {
  const end = /[.!?…。！？]$/.test(brief(text, max)) ? "" : "。";
  return md`${quoted(text, max)}${end}`;
}

/** Formats by their file extensions: an asf holds a wma. */
export function formatList(formats: readonly FileFormat[]): string {
  return list(
    formats.map((format) => (format === "asf" ? "wma" : format)),
    "or",
  );
}

/** What happens in the vendor's stages. */
export const doing: Readonly<Record<Stage, string>> = {
  SUBMIT: "提交材料",
  AUDIT: "审核材料",
  PROCESS: "处理素材",
  TRAIN: "训练模型",
  CONFIRM: "效果确认",
  END: "收尾",
};

/** Needs, as the object of a verb. */
export const wanted: Readonly<Record<Need["id"], string>> = {
  authorization: "授权材料（授权视频或授权书）",
  footage: "素材视频",
  photo: "照片",
  "voice-package": "音频包（zip）",
  recording: "录音",
};

/** The longest file name shown whole. */
const FILE_NAME = 80;

export function fileName(material: Pick<Material, "file">): string {
  return brief(material.file.name, FILE_NAME) || "未命名文件";
}

/** Where a file is from, in brackets behind its name. */
export function origin({ file }: Pick<Material, "file">): Mrkdwn {
  return file.uploadLink === undefined ? md`（${user(file.by)} 提供）` : md`（通过 ${user(file.by)} 的上传链接）`;
}

/** Who dropped a file, in words that mention nobody: their user name, or their id where no name is known. */
export function dropperName({ file }: Pick<Material, "file">): string {
  return brief(file.byName ?? file.by, 40);
}

/** The message shortcut, as manifest.yml names it. */
export const ADD_SHORTCUT = md`“Add to a request”快捷方式`;

/** @param bot  the bot's user name */
export function invite(bot: string | undefined): string {
  return bot ? `/invite @${bot}` : "/invite 加本应用的名称";
}
