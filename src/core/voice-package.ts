import type { ZipEntry } from "./check-ports.ts";
import type { FileFormat } from "./material.ts";

const WAV = /\.(?:wav|wave|bwf)$/i;
const SOUND = /\.(?:wav|wave|bwf|mp3|mpga|m4a|m4b|aac|adts|flac|ogg|opus|wma|asf|aiff?|amr|pcm)$/i;
const ARCHIVE = /\.(?:zip|rar|7z|tar|t?gz|tbz2?|bz2|xz|zst|jar)$/i;
/** Metadata files of Finder and Explorer. */
const LEFTOVER = /(?:^|\/)(?:__MACOSX\/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** A real file, not a folder or desktop metadata. */
function isOwn(entry: ZipEntry): boolean {
  return !entry.name.endsWith("/") && !LEFTOVER.test(entry.name);
}

export function isRecording(entry: ZipEntry): boolean {
  return isOwn(entry) && SOUND.test(entry.name);
}

/** The formats that an inspection may take, by the names that recorders and editors give them. */
const INSPECTED: Readonly<Record<string, FileFormat>> = {
  wav: "wav",
  wave: "wav",
  bwf: "wav",
  mp3: "mp3",
  mpga: "mp3",
  m4a: "m4a",
  m4b: "m4a",
  aac: "aac",
  adts: "aac",
  wma: "asf",
  asf: "asf",
};

/** Of a file in a package, by its name; undefined for what no inspection takes. */
export function formatOfRecording(name: string): FileFormat | undefined {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return LEFTOVER.test(name) || !Object.hasOwn(INSPECTED, extension) ? undefined : INSPECTED[extension];
}

export function isArchive(entry: ZipEntry): boolean {
  return isOwn(entry) && ARCHIVE.test(entry.name);
}

/** Anything but wav. Archives have their own rule. */
export function isUnexpected(entry: ZipEntry): boolean {
  return isOwn(entry) && !WAV.test(entry.name) && !ARCHIVE.test(entry.name);
}

/** A path that an unpacker would follow out of its folder. The folder itself, `/`, is none, and neither is `a/../1.wav`. */
export function isStray(entry: ZipEntry): boolean {
  const path = entry.name.replaceAll("\\", "/");
  const steps = path.split("/").filter((step) => step !== "" && step !== ".");
  if (steps.length === 0) return false;
  return path.startsWith("/") || /^[a-z]:/i.test(path) || climbs(steps);
}

function climbs(steps: readonly string[]): boolean {
  let depth = 0;
  return steps.some((step) => {
    depth += step === ".." ? -1 : 1;
    return depth < 0;
  });
}
