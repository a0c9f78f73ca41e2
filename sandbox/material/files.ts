import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** One file of this folder: its absolute path, and the name under which a person drops it. */
type MaterialFile = { readonly path: string; readonly name: string };

/** Files within the vendor's published limits; README.md describes each. */
export const material = {
  footage1080p: file("footage-1080p.mp4"),
  footage4k: file("footage-4k.mp4"),
  footageMov: file("footage-1080p.mov"),
  consentVideo: file("consent.mp4"),
  consentLetter: file("consent-letter.pdf"),
  photoPng: file("photo.png"),
  photoJpg: file("photo.jpg"),
  photoWebp: file("photo.webp"),
  voicePackage: file("voice-package.zip"),
  recordingWav: file("recording.wav"),
  recordingMp3: file("recording.mp3"),
  recordingM4a: file("recording.m4a"),
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
  packageNested: file("broken/package-nested.zip"),
  packageEncrypted: file("broken/package-encrypted.zip"),
  packageBomb: file("broken/package-bomb.zip"),
  packageWithText: file("broken/package-with-text.zip"),
  recording8khz: file("broken/recording-8khz.wav"),
  recording64kbps: file("broken/recording-64kbps.mp3"),
} as const;

/** Recordings within the limits that fail the vendor's inspection. */
export const faulty = {
  clipped: file("broken/recording-clipped.wav"),
  noisy: file("broken/recording-noisy.wav"),
  misread: file("broken/recording-misread.wav"),
  tooShort: file("broken/recording-3s.wav"),
} as const;

/** What the gateway shows for decision: the first, second and third demo, and every one after them. */
export const demos = {
  films: [file("demo-1.mp4"), file("demo-2.mp4"), file("demo-3.mp4"), file("demo-more.mp4")],
  sounds: [file("demo-1.mp3"), file("demo-2.mp3"), file("demo-3.mp3"), file("demo-more.mp3")],
} as const;

function file(relative: string): MaterialFile {
  return { path: fileURLToPath(new URL(relative, import.meta.url)), name: basename(relative) };
}
