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

/** A file's format, judged by its first bytes; the name is ignored. */
export async function formatOf(head: Uint8Array): Promise<FileFormat> {
  const found = await fileTypeFromBuffer(head);
  // An mp3 whose cover picture fills the first bytes.
  if (!found && Buffer.from(head.subarray(0, 3)).toString("latin1") === "ID3") return "mp3";
  // A video in the container that wma uses.
  if (found?.mime === "video/x-ms-asf") return "other";
  return SAME[found?.ext ?? ""] ?? "other";
}
