import { fileTypeFromBuffer } from "file-type";
import type { FileFormat } from "../../core/material.ts";

/** Bytes that are enough to detect a format. */
export const HEAD_BYTES = 4100;

const SAME: Readonly<Record<string, FileFormat>> = {
  mp4: "mp4",
  m4v: "mp4",
  mov: "mov",
  pdf: "pdf",
  png: "png",
  apng: "png",
  jpg: "jpg",
  webp: "webp",
  zip: "zip",
  wav: "wav",
  mp3: "mp3",
  aac: "aac",
  m4a: "m4a",
  m4b: "m4a",
  asf: "asf",
};

/** The usual extension for a file's content, judged by its first bytes, e.g. `gif`. */
export async function typeOf(head: Uint8Array): Promise<string | undefined> {
  return (await fileTypeFromBuffer(head))?.ext;
}

/** Viewers find the header of a pdf within so many bytes. */
const PDF_WITHIN = 1024;

/** A file's format, judged by its first bytes; the name is ignored. */
export async function formatOf(head: Uint8Array): Promise<FileFormat> {
  const text = Buffer.from(head).toString("latin1");
  // Wavs with 64-bit sizes, which file-type does not know.
  if (/^(?:RF64|BW64)[\s\S]{4}WAVE/.test(text)) return "wav";
  const found = await fileTypeFromBuffer(head);
  if (!found && text.slice(0, PDF_WITHIN).includes("%PDF-")) return "pdf";
  // An mp3 whose cover picture fills the first bytes.
  if (!found && text.startsWith("ID3")) return "mp3";
  // A video in the container that wma uses.
  if (found?.mime === "video/x-ms-asf") return "other";
  return SAME[found?.ext ?? ""] ?? "other";
}
