import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** One file of this folder: its absolute path, and the name under which a person drops it. */
type MaterialFile = { readonly path: string; readonly name: string };

/** Files that keep the vendor's published limits. README.md says what each one is. */
export const material = {
  footage1080p: file("footage-1080p.mp4"),
  footage4k: file("footage-4k.mp4"),
  footageMov: file("footage-1080p.mov"),
  consentVideo: file("consent.mp4"),
  consentLetter: file("consent-letter.pdf"),
  photoPng: file("photo.png"),
  photoJpg: file("photo.jpg"),
  photoWebp: file("photo.webp"),
} as const;

/** Files that break a limit, each in one way. */
export const broken = {
  footage20s: file("broken/footage-20s.mp4"),
  footage720p: file("broken/footage-720p.mp4"),
  footage15fps: file("broken/footage-15fps.mp4"),
  photoGif: file("broken/photo.gif"),
  pngRenamedPdf: file("broken/png-renamed.pdf"),
  textRenamedMp4: file("broken/text-renamed.mp4"),
  empty: file("broken/empty.mp4"),
} as const;

function file(relative: string): MaterialFile {
  return { path: fileURLToPath(new URL(relative, import.meta.url)), name: basename(relative) };
}
