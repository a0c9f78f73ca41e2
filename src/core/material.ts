import type { Kind, MaterialRole } from "./kinds.ts";
import { needs } from "./kinds.ts";
/** The file formats that we recognise by content. */
export const FILE_FORMATS = [
  "mp4",
  "mov",
  "pdf",
  "png",
  "jpg",
  "webp",
  "zip",
  "wav",
  "mp3",
  "aac",
  "m4a",
  "asf",
  "other",
] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export const MB = 1024 ** 2;
export const GB = 1024 ** 3;

interface RoleRow {
  /** The folder under the credential's key. */
  readonly folder: "idcard" | "video" | "photo" | "audio" | "zeroshot";
  /** Accepted formats; each is also the coskey's extension. */
  readonly formats: readonly FileFormat[];
  /** Where the mainland gateway accepts others. */
  readonly mainlandFormats?: readonly FileFormat[];
  /** Largest size in bytes; a function where it depends on the kind. */
  readonly maxBytes: (kind: Kind) => number;
  /** Only an inspection takes it: it is not part of a launch. */
  readonly onlyInspected?: true;
  /** The inspection between upload and acceptance. */
  readonly check?: "evaluation" | "detection" | "face";
}

/** Formats and limits, one row a role. */
const ROLE_TABLE: Readonly<Record<MaterialRole, RoleRow>> = {
  // Coskey case 1 (74175): idcard/xxxx.mp4. Its size is not published; footage's limit applies.
  "identity-video": { folder: "idcard", formats: ["mp4"], maxBytes: () => 5 * GB },
  // Coskey case 2: idcard/xxxx.pdf. The console refuses letters over 10 MB (65332).
  "identity-letter": { folder: "idcard", formats: ["pdf"], maxBytes: () => 10 * MB },
  // Coskey case 3: video/xxxx.mp4 or .mov; up to 5 GB, 4K up to 10 GB (62060).
  footage: {
    folder: "video",
    formats: ["mp4", "mov"],
    maxBytes: (kind) => (kind === "IMAGE_4K" ? 10 * GB : 5 * GB),
  },
  // Coskey case 4: photo/xxxx.png, jpg, jpeg or webp; reported as up to 16 MB (62060).
  photo: {
    folder: "photo",
    formats: ["png", "jpg", "webp"],
    maxBytes: () => 16 * MB,
    check: "face",
  },
  // Coskey case 5: audio/xxxx.zip. Its size is not published; footage's limit applies.
  "voice-package": { folder: "audio", formats: ["zip"], maxBytes: () => 5 * GB },
  // Only inspected (62065): wav; the mainland's page (102623) has six. Neither folder nor a hard size is published.
  recording: {
    folder: "audio",
    formats: ["wav"],
    mainlandFormats: ["wav", "mp3", "m4a", "aac", "asf"],
    maxBytes: () => 5 * GB,
    check: "evaluation",
    onlyInspected: true,
  },
  // Zero-shot (62074): zeroshot/xxxx.mp3; at most 20 MB, wav mp3 aac m4a wma asf.
  reading: {
    folder: "zeroshot",
    formats: ["mp3", "wav", "aac", "m4a", "asf"],
    maxBytes: () => 20 * MB,
    check: "detection",
    onlyInspected: true,
  },
};

export function roleRow(role: MaterialRole): RoleRow {
  return ROLE_TABLE[role];
}

export const GATEWAYS = ["international", "mainland"] as const;
/** Which of the vendor's gateways; any other address counts as the international one. */
export type GatewayName = (typeof GATEWAYS)[number];

/** The formats that a role can have. @param gateway  `international` where a record does not say */
export function formatsOf(role: MaterialRole, gateway?: GatewayName): readonly FileFormat[] {
  const { formats, mainlandFormats } = ROLE_TABLE[role];
  return gateway === "mainland" ? (mainlandFormats ?? formats) : formats;
}

/** The formats that a kind can use. */
export function formatsTaken(kind: Kind, consentRequired: boolean, gateway?: GatewayName): FileFormat[] {
  const roles = needs(kind, consentRequired).flatMap((need) => need.roles);
  return [...new Set(roles.flatMap((role) => formatsOf(role, gateway)))];
}

const ALIASES: ReadonlyMap<string, FileFormat> = new Map([
  ["m4v", "mp4"],
  ["qt", "mov"],
  ["m4b", "m4a"],
  ["mpga", "mp3"],
  ["adts", "aac"],
  ["wave", "wav"],
  ["bwf", "wav"],
  ["jpeg", "jpg"],
]);

/** A name's extension in lower case, if it is that of a format which the content does not have. */
export function falseExtension(name: string, format: FileFormat): string | undefined {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const claimed = ALIASES.get(extension) ?? FILE_FORMATS.find((known) => known === extension);
  return claimed === undefined || claimed === format ? undefined : extension;
}
