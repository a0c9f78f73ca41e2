import { fileTypeFromBuffer } from "file-type";
import type { RandomAccess } from "../../core/check-ports.ts";
import type { FileFormat } from "../../core/material.ts";

/** Bytes that are enough to detect a format. */
export const HEAD_BYTES = 4100;

const SAME: Readonly<Record<string, FileFormat>> = {
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
  asf: "asf",
};

/** The usual extension for a file's content, judged by its first bytes, e.g. `gif`. */
export async function typeOf(head: Uint8Array): Promise<string | undefined> {
  return (await fileTypeFromBuffer(head))?.ext;
}

/** Viewers find the header of a pdf within so many bytes. */
const PDF_WITHIN = 1024;

/** The mp4 family, apart from brands for sound alone and QuickTime's. A brand tells what wrote a file, not what is in it. */
const FILMS: readonly string[] = ["mp4", "m4v", "m4p", "f4v", "f4p", "3gp", "3g2"];
const SOUNDS: readonly string[] = ["m4a", "m4b", "f4a", "f4b"];

export interface FilmHints {
  /** What Slack says that a file of the mp4 family is. */
  readonly declared?: "sound" | "film" | undefined;
  /** Whether it shows moving pictures; undefined when that is unknown. */
  readonly pictures?: () => Promise<boolean | undefined>;
}

/** A file's format, judged by its first bytes; the name is ignored. */
export async function formatOf(first: Uint8Array, hints: FilmHints = {}): Promise<FileFormat> {
  const head = withoutJunk(first);
  const text = Buffer.from(head).toString("latin1");
  // Wavs with 64-bit sizes, which file-type does not know.
  if (/^(?:RF64|BW64)[\s\S]{4}WAVE/.test(text)) return "wav";
  const found = (await fileTypeFromBuffer(head)) ?? (await fileTypeFromBuffer(withoutPadding(head)));
  const ext = found?.ext ?? "";
  if (FILMS.includes(ext) || SOUNDS.includes(ext)) return await filmOrSound(SOUNDS.includes(ext), hints);
  // A video in the container that wma uses.
  if (found?.mime === "video/x-ms-asf") return "other";
  return SAME[ext] ?? unusual(text, found === undefined);
}

async function filmOrSound(isSoundBrand: boolean, { declared, pictures }: FilmHints): Promise<FileFormat> {
  if (declared) return declared === "sound" ? "m4a" : "mp4";
  const shows = (await pictures?.()) ?? !isSoundBrand;
  return shows ? "mp4" : "m4a";
}

/** What file-type does not know, and our readers do. */
function unusual(text: string, isUnknown: boolean): FileFormat {
  if (text.slice(0, PDF_WITHIN).includes("%PDF-")) return "pdf";
  // An mp3 whose cover picture fills the first bytes.
  if (isUnknown && text.startsWith("ID3")) return "mp3";
  // AAC in LATM: a sync word of eleven bits.
  return isUnknown && /^V[\xe0-\xff]/.test(text) ? "aac" : "other";
}

/** Without what tools leave before the content: a byte order mark, empty lines. */
function withoutJunk(head: Uint8Array): Uint8Array {
  const junk = /^(?:\xef\xbb\xbf|[\t\n\r ])+/.exec(Buffer.from(head).toString("latin1"))?.[0].length ?? 0;
  return head.subarray(junk);
}

/** Encoders fill the front of an mp3 up; other formats may begin with zeros of their own. */
function withoutPadding(head: Uint8Array): Uint8Array {
  const first = head.findIndex((byte) => byte !== 0);
  return head.subarray(Math.max(0, first));
}

const TAG_BYTES = 10;

/** The first bytes behind an ID3 tag that is longer than what was read: any sound may carry one. */
export async function headBehindTag(file: Pick<RandomAccess, "read">, head: Uint8Array): Promise<Uint8Array> {
  const bytes = Buffer.from(head.subarray(0, TAG_BYTES));
  if (bytes.length < TAG_BYTES || bytes.toString("latin1", 0, 3) !== "ID3") return head;
  const length = TAG_BYTES + [...bytes.subarray(6)].reduce((sum, byte) => sum * 128 + (byte & 127), 0);
  if (length + TAG_BYTES <= head.length) return head;
  const behind = await file.read(length, HEAD_BYTES);
  return behind && behind.length > 0 && (await fileTypeFromBuffer(behind)) ? behind : head;
}
