import type { FileFormat } from "../../../core/material.ts";
import { brief } from "../mrkdwn.ts";
import { names } from "./names.ts";

/** What people drop although nothing takes it, by its usual extension. */
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

/** What a file is by its content. @param file  `contentType`: its usual extension, where it is of no format of ours */
export function typeName(file: { readonly format: FileFormat; readonly contentType?: string }): string | undefined {
  if (file.format !== "other") return names.format[file.format];
  const { contentType } = file;
  return contentType && (TYPES.get(contentType) ?? `a file of type ${brief(contentType.toUpperCase(), 20)}`);
}
