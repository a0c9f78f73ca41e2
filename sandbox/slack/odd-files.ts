import type { Upload } from "./files.ts";

export type Oddity = Partial<Pick<Upload, "mode" | "clip" | "mimetype" | "fileAccess" | "scanAfterLooks" | "name">> & {
  readonly viaApp?: string;
};

/** How the next message's files arrive, instead of as plain uploads. */
export const ODD_FILES = {
  "audio-clip": { clip: "audio", mimetype: "video/mp4", name: "audio_message.m4a" },
  "video-clip": { clip: "video", mimetype: "video/mp4", name: "video_message.mp4" },
  canvas: { mode: "quip" },
  list: { mode: "list" },
  email: { mode: "email" },
  withheld: { fileAccess: "check_file_info" },
  denied: { fileAccess: "access_denied" },
  external: { mode: "external" },
  "scanned-late": { scanAfterLooks: 3 },
  "via-app": { viaApp: "B0OTHERAPP" },
} as const satisfies Record<string, Oddity>;

export type OddFile = keyof typeof ODD_FILES;
export const ODD_FILE_NAMES = Object.keys(ODD_FILES) as OddFile[];
