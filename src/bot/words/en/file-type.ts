import type { FileFormat } from "../../../core/material.ts";
import { brief } from "../mrkdwn.ts";
import type { RefusalOf } from "../refusal-words.ts";
import { names } from "./names.ts";

/** Types that people drop although no role accepts them, by usual extension. */
const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    gif: "a GIF",
    bmp: "a BMP picture",
    heic: "a HEIC picture",
    tif: "a TIFF picture",
    avif: "an AVIF picture",
    avi: "an AVI video",
    webm: "a WebM video",
    mkv: "an MKV video",
    cfb: "an old Office document",
    docx: "a Word document",
    pptx: "a PowerPoint presentation",
    xlsx: "an Excel sheet",
  }),
);

/** A file's type by its content. @param file  `contentType`: the usual extension, for a format that we do not know */
export function typeName(file: { readonly format: FileFormat; readonly contentType?: string }): string | undefined {
  if (file.format !== "other") return names.format[file.format];
  const { contentType } = file;
  return contentType && (TYPES.get(contentType) ?? `a file of type ${brief(contentType.toUpperCase(), 20)}`);
}

const THINGS = {
  canvas: "a canvas",
  list: "a list",
  email: "an email",
  post: "a post",
} as const;

/** What Slack lists among files although it is none. */
export function thing({ is, mode }: RefusalOf<"not-a-file">): string {
  if (is !== "unknown") return THINGS[is];
  return mode ? `what Slack calls "${brief(mode, 40)}"` : "something of Slack's own";
}
