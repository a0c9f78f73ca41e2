import type { ZipEntry } from "./check-ports.ts";

const SOUND = /\.(?:wav|mp3|m4a|aac|flac|ogg|opus|wma|asf|aiff?|amr|pcm)$/i;
const ARCHIVE = /\.(?:zip|rar|7z|tar|t?gz|tbz2?|bz2|xz|zst|jar)$/i;
/** What Finder and Explorer leave behind. */
const LEFTOVER = /(?:^|\/)(?:__MACOSX\/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** A file that somebody put there, as opposed to a folder or what a desktop adds. */
function isOwn(entry: ZipEntry): boolean {
  return !entry.name.endsWith("/") && !LEFTOVER.test(entry.name);
}

export function isRecording(entry: ZipEntry): boolean {
  return isOwn(entry) && SOUND.test(entry.name);
}

export function isArchive(entry: ZipEntry): boolean {
  return isOwn(entry) && ARCHIVE.test(entry.name);
}

/** Anything but a wav; archives have a rule of their own. */
export function isUnexpected(entry: ZipEntry): boolean {
  return isOwn(entry) && !/\.wav$/i.test(entry.name) && !ARCHIVE.test(entry.name);
}

/** A path that an unpacker would follow out of its folder. */
export function isStray(entry: ZipEntry): boolean {
  const path = entry.name.replaceAll("\\", "/");
  return path.startsWith("/") || /^[a-z]:/i.test(path) || path.split("/").includes("..");
}
