import type { Finding } from "./judge.ts";
import type { FileFormat } from "./material.ts";

interface Names {
  readonly extensions: readonly string[];
  readonly types: readonly string[];
}

/** Extensions and media types of each format. The first extension is the usual one. */
const NAMES: Readonly<Record<Exclude<FileFormat, "other">, Names>> = {
  mp4: {
    extensions: ["mp4", "m4v", "3gp", "3g2", "f4v"],
    types: ["video/mp4", "video/x-m4v", "application/mp4", "video/3gpp", "video/3gpp2", "video/x-f4v"],
  },
  mov: { extensions: ["mov", "qt"], types: ["video/quicktime"] },
  pdf: { extensions: ["pdf"], types: ["application/pdf", "application/x-pdf"] },
  png: { extensions: ["png"], types: ["image/png"] },
  jpg: { extensions: ["jpg", "jpeg", "jpe", "jfif"], types: ["image/jpeg", "image/jpg", "image/pjpeg"] },
  webp: { extensions: ["webp"], types: ["image/webp"] },
  zip: { extensions: ["zip"], types: ["application/zip", "application/x-zip-compressed", "multipart/x-zip"] },
  wav: { extensions: ["wav", "wave", "bwf"], types: ["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"] },
  mp3: { extensions: ["mp3", "mpga"], types: ["audio/mpeg", "audio/mp3", "audio/x-mp3"] },
  aac: { extensions: ["aac", "adts"], types: ["audio/aac", "audio/x-aac", "audio/aacp", "audio/vnd.dlna.adts"] },
  m4a: {
    extensions: ["m4a", "m4b", "mp4", "3gp"],
    types: ["audio/mp4", "audio/x-m4a", "audio/m4a", "audio/aac", "audio/3gpp", "video/mp4", "video/3gpp"],
  },
  asf: {
    extensions: ["wma", "asf", "wmv"],
    types: ["audio/x-ms-wma", "video/x-ms-asf", "audio/x-ms-asf", "video/x-ms-wmv", "application/vnd.ms-asf"],
  },
};

const OTHER_EXTENSIONS =
  "avi bmp doc docx exe flac gif heic heif htm html json mkv ogg opus ppt pptx rar rtf svg tif tiff txt webm xls xlsx 7z";
const KNOWN_EXTENSIONS = new Set([
  ...Object.values(NAMES).flatMap((names) => names.extensions),
  ...OTHER_EXTENSIONS.split(" "),
]);

/**
 * Compares a file's name and declared type with its content. A mismatch only warns: content that does not fit the role
 * is refused elsewhere, and uploads get their extension from the content. It may still be the wrong file.
 * An unknown extension ("take 1.final") and a generic type claim nothing.
 */
export function checkDeclaredType(name: string, mimetype: string | undefined, format: FileFormat): Finding[] {
  if (format === "other") return [];
  const { extensions, types } = NAMES[format];
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (KNOWN_EXTENSIONS.has(extension) && !extensions.includes(extension)) {
    return [{ rule: "name-extension", severity: "warn", measured: extension, takes: [...extensions] }];
  }
  const type = mimetype?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (isClaim(type) && !types.includes(type)) {
    return [{ rule: "declared-type", severity: "warn", measured: type, takes: [...types] }];
  }
  return [];
}

function isClaim(type: string): boolean {
  return /^(?:video|audio|image|text)\//.test(type) || Object.values(NAMES).some(({ types }) => types.includes(type));
}
