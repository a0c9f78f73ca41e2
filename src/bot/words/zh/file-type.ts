import type { FileFormat } from "../../../core/material.ts";
import { brief } from "../mrkdwn.ts";
import type { RefusalOf } from "../refusal-words.ts";
import { names } from "./names.ts";

/** Types that people drop although no role accepts them, by usual extension. */
const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    gif: "GIF 图片",
    bmp: "BMP 图片",
    heic: "HEIC 图片",
    tif: "TIFF 图片",
    avif: "AVIF 图片",
    avi: "AVI 视频",
    webm: "WebM 视频",
    mkv: "MKV 视频",
    cfb: "旧版 Office 文档",
    docx: "Word 文档",
    pptx: "PowerPoint 演示文稿",
    xlsx: "Excel 表格",
  }),
);

/** A file's type by its content. @param file  `contentType`: the usual extension, for a format that we do not know */
export function typeName(file: { readonly format: FileFormat; readonly contentType?: string }): string | undefined {
  if (file.format !== "other") return names.format[file.format];
  const { contentType } = file;
  return contentType && (TYPES.get(contentType) ?? `${brief(contentType.toUpperCase(), 20)} 类型的文件`);
}

const THINGS = {
  canvas: "Slack 画布",
  list: "Slack 列表",
  email: "电子邮件",
  post: "Slack 帖子",
} as const;

/** What Slack lists among files although it is none. */
export function thing({ is, mode }: RefusalOf<"not-a-file">): string {
  if (is !== "unknown") return THINGS[is];
  return mode ? `Slack 的“${brief(mode, 40)}”内容` : "Slack 自有的内容";
}
