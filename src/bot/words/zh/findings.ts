import type { Finding } from "../../../core/judge.ts";
import type { Rule } from "../../../core/rule-row.ts";
import { decimal, fileSize, splitSeconds } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, md } from "../mrkdwn.ts";
import { names } from "./names.ts";

/** What a rule is about. */
const ABOUT: Readonly<Record<Rule, string>> = {
  "name-extension": "文件后缀",
  "declared-type": "声明的类型",
  contents: "内容",
  container: "封装格式",
  "picture-track": "画面",
  duration: "时长",
  resolution: "分辨率",
  aspect: "画面比例",
  "frame-rate": "帧率",
  pixels: "像素",
  animation: "动画",
  "sample-rate": "采样率",
  "bit-rate": "码率",
  "suggested-size": "大小",
  pages: "页数",
  "pdf-end": "文件结尾",
  "pdf-password": "密码",
  "zip-directory": "文件清单",
  "zip-count": "文件数量",
  "zip-recordings": "包内录音",
  "zip-ratio": "解压后大小",
  "zip-names": "包内文件名",
  "zip-encrypted": "加密",
  "zip-nested": "包内压缩包",
  "zip-formats": "包内文件类型",
};

/** Measured value, limit, what to do. */
export function finding(f: Finding): Mrkdwn {
  if (f.measured === undefined) return md`无法检查${ABOUT[f.rule]}。`;
  return md`${measured(f.rule, f.measured, f)}${ADVICE[f.rule]}`;
}

/** In a few words, for a line of the history. */
export function shortFinding(f: Finding): string {
  const value = f.measured === undefined ? "" : `（${brief(valueText(f.rule, f.measured), 60)}）`;
  return `${ABOUT[f.rule]}${value}`;
}

export function unknown(findings: readonly Finding[]): Mrkdwn {
  if (findings.some((f) => f.rule === "contents"))
    return md`:grey_question: 读取耗时过长，未能检查内容，由腾讯云判断。`;
  const what = [...new Set(findings.map((f) => ABOUT[f.rule]))];
  return md`:grey_question: 未能检查${names.list(what, "and")}，由腾讯云判断。`;
}

function measured(rule: Rule, value: number | string, f: Finding): Mrkdwn {
  const shown = code(brief(measuredValue(f, value), 120));
  const wanted = limits(f);
  const takes = names.list((f.takes ?? []).map((t) => brief(valueText(rule, t), 40)).slice(0, 8), "or");
  switch (rule) {
    case "name-extension":
      return md`文件名后缀是 ${shown} ，但从内容看应为 ${takes}。`;
    case "declared-type":
      return md`声明的类型是 ${shown} ，但从内容看是 ${takes}。`;
    case "contents":
      return md`未能检查内容。`;
    case "container":
      return md`检查全部内容后，封装格式为 ${shown} ，可用的是 ${takes}。`;
    case "picture-track":
      return md`只有声音，没有画面。`;
    case "duration":
      return md`时长 ${shown} ，${mode(f)} ${wanted}。`;
    case "resolution":
      return md`分辨率为 ${shown} 像素，可用的是 ${takes}。`;
    case "aspect":
      return md`画面比例为 ${shown} ，可用的是 ${takes}。`;
    case "frame-rate":
      return md`帧率为每秒 ${shown} 帧，要求 ${wanted}。`;
    case "pixels":
      return md`短边为 ${shown} 像素，建议 ${wanted}。`;
    case "sample-rate":
    case "bit-rate":
      return md`${ABOUT[rule]}为 ${shown} ，${mode(f)} ${wanted}。`;
    case "suggested-size":
      return md`大小为 ${shown} ，${mode(f)} ${wanted}。`;
    case "pages":
      return md`共 ${shown} 页，授权书通常为 ${wanted}。`;
    case "animation":
      return md`这是动图。`;
    case "pdf-end":
      return md`文件结尾缺失。`;
    case "pdf-password":
      return md`需要密码才能打开。`;
    case "zip-directory":
      return md`压缩包的文件清单没有读全。`;
    case "zip-count":
      return md`压缩包内有 ${shown} 个文件，${mode(f)} ${wanted}。`;
    case "zip-recordings":
      return md`压缩包内有 ${shown} 个音频文件，需要 ${wanted}。`;
    case "zip-ratio":
      return md`解压后是原大小的 ${shown} 倍，要求 ${wanted}。`;
    case "zip-names":
      return md`包内有文件名指向文件夹之外： ${shown} 。`;
    case "zip-encrypted":
      return md`包内有加密文件： ${shown} 。`;
    case "zip-nested":
      return md`包内还有压缩包： ${shown} 。`;
    case "zip-formats":
      return md`包内有 wav 录音以外的文件： ${shown} 。`;
  }
}

/** Only a violation that refuses is of a hard limit. */
function mode({ severity }: Finding): string {
  return severity === "refuse" ? "要求" : "建议";
}

const ADVICE: Readonly<Record<Rule, string>> = {
  "name-extension": "请确认是否发错文件；文件名本身不影响使用。",
  "declared-type": "请确认是否发错文件；声明的类型本身不影响使用。",
  contents: "由腾讯云判断。",
  container: "请重新导出为其中一种格式。",
  "picture-track": "请导出带画面的视频。",
  duration: "请重新录制，或剪到合适的时长。",
  resolution: "请按其中一种分辨率拍摄或导出；把小画面放大没有用。",
  aspect: "请按其中一种比例拍摄或裁剪。",
  "frame-rate": "请按符合要求的帧率拍摄或导出。",
  pixels: "如果有更大的图片，请换用。",
  "sample-rate": "请以 16 kHz 以上（例如 48 kHz）重新录制；转换采样率没有用。",
  "bit-rate": "请从原始录音以 128 kbit/s 以上导出，或导出为 wav。",
  "suggested-size": "由腾讯云判断。",
  animation: "请导出其中一帧：无法得知腾讯云会采用哪一帧。",
  pages: "请确认这是授权书。",
  "pdf-end": "请重新导出或下载。",
  "pdf-password": "请去掉密码后重新保存。",
  "zip-directory": "由腾讯云判断。",
  "zip-count": "请只打包录音，重新压缩。",
  "zip-recordings": "请把录音打包进去，最好是 wav。",
  "zip-ratio": "请只打包录音，重新压缩。",
  "zip-names": "请重新压缩文件夹。",
  "zip-encrypted": "请去掉密码后重新压缩。",
  "zip-nested": "无法得知腾讯云是否会解压，请直接打包录音。",
  "zip-formats": "腾讯云没有公布可包含的类型，wav 可以确定没问题。",
};

function limits({ rule, low, high }: Finding): string {
  const [from, to] = [low, high].map((limit) => (limit === undefined ? undefined : valueText(rule, limit)));
  if (from !== undefined && to !== undefined) return from === to ? from : `${from} 至 ${to}`;
  if (from !== undefined) return `不少于 ${from}`;
  return to === undefined ? "–" : `不超过 ${to}`;
}

/** Unrounded when rounding would make it equal the limit that it misses. */
function measuredValue({ rule, low, high }: Finding, value: number | string): string {
  const shown = valueText(rule, value);
  const isHidden = [low, high].some(
    (limit) => limit !== undefined && limit !== value && valueText(rule, limit) === shown,
  );
  return isHidden ? `${value}${EXACT_UNIT[rule] ?? ""}` : shown;
}

const EXACT_UNIT: Partial<Record<Rule, string>> = { duration: " 秒", "sample-rate": " Hz", "bit-rate": " bit/s" };

/** In the unit that people use. */
function valueText(rule: Rule, value: number | string): string {
  if (typeof value === "string") {
    if (rule === "name-extension") return `.${value}`;
    return rule === "resolution" ? value.replace("x", "×") : value;
  }
  switch (rule) {
    case "duration":
      return seconds(value);
    case "sample-rate":
      return `${decimal(value / 1000)} kHz`;
    case "bit-rate":
      return `${decimal(value / 1000)} kbit/s`;
    case "suggested-size":
      return fileSize(value);
    default:
      return decimal(value);
  }
}

/** A duration: `12.5 秒`, `2 分钟`, `1 分 12.4 秒`. */
function seconds(value: number): string {
  const { minutes, rest } = splitSeconds(value);
  if (minutes === 0) return `${decimal(rest)} 秒`;
  return rest > 0 ? `${minutes} 分 ${decimal(rest)} 秒` : `${minutes} 分钟`;
}
