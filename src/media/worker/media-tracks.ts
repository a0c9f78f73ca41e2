import { setFlagsFromString } from "node:v8";
import { mediaInfoFactory } from "mediainfo.js";
import { z } from "zod";
import type { MediaInfo } from "../../core/check-ports.ts";
import type { FileFormat } from "../../core/material.ts";
import type { FrugalAccess } from "./frugal-access.ts";
import { countAdts, countMp3, hasFrameIndex } from "./sound-frames.ts";

const CHUNK_BYTES = 64 * 1024;

/** What MediaInfo calls the containers that a format may be. */
const CALLED: Readonly<Partial<Record<FileFormat, readonly string[]>>> = {
  mp4: ["MPEG-4"],
  mov: ["MPEG-4", "QuickTime"],
  m4a: ["MPEG-4"],
  mp3: ["MPEG Audio"],
  aac: ["ADTS", "LATM", "AAC"],
  asf: ["Windows Media"],
  png: ["PNG", "APNG"],
  jpg: ["JPEG"],
  webp: ["WebP"],
};

/** Formats of sound alone: a picture track in one is its cover or its chapters, and tells nothing about its length. */
const SOUNDS: readonly FileFormat[] = ["mp3", "aac", "m4a", "asf"];
const STILLS = ["JPEG", "PNG", "GIF", "BMP"];

const FRAGMENT_BOXES = ["moof", "mvex"];

const measure = z.number().positive().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const trackSchema = z.object({
  "@type": z.string(),
  Format: text,
  Duration: measure,
  Width: measure,
  Height: measure,
  DisplayAspectRatio: measure,
  FrameRate: measure,
  FrameCount: measure,
  SamplingRate: measure,
  BitRate: measure,
  Channels: measure,
});
const resultSchema = z.object({ media: z.object({ track: z.array(trackSchema) }) });
type Track = z.infer<typeof trackSchema>;

/**
 * Bounds the memory of every instance: without it, 100 KB that promise 200 million samples take 2 GB. One compiler instead of
 * two saves 30 MB for good.
 */
export function boundInstances(): void {
  setFlagsFromString("--wasm-max-mem-pages=1024");
  setFlagsFromString("--liftoff-only");
}

/** Films, sounds and pictures, by MediaInfo. @throws when it cannot parse a file */
export async function readTracks(file: FrugalAccess, format: FileFormat): Promise<MediaInfo> {
  const isIndexed = format === "mp4" || format === "mov" || format === "m4a";
  const seen = { fragments: false, end: false };
  const readChunk = async (length: number, offset: number): Promise<Uint8Array> => {
    // A png has everything that we ask in its first bytes, an mp4 in its index.
    if (offset > 0 && (format === "png" || (isIndexed && seen.end))) return new Uint8Array();
    const bytes = (await file.read(offset, length)) ?? new Uint8Array();
    seen.end ||= offset + bytes.length === file.size;
    seen.fragments ||= FRAGMENT_BOXES.some((box) =>
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(box),
    );
    return bytes;
  };
  const isEstimated = (format === "mp3" && !(await hasFrameIndex(file))) || format === "aac";
  const mediaInfo = await mediaInfoFactory({ format: "object", chunkSize: CHUNK_BYTES });
  try {
    const { media } = resultSchema.parse(await mediaInfo.analyzeData(file.size, readChunk));
    const info = infoOf(media.track, format, { isCutShort: file.isCutShort, isFragmented: seen.fragments });
    if (isEstimated && info.container === format) return await withCounted(file, info);
    return format === "webp" ? await withAnimation(file, info) : info;
  } finally {
    mediaInfo.close();
  }
}

/** MediaInfo guesses by the first frames, at a variable rate wrongly: frames are counted, or length and rate stay unknown. */
async function withCounted(file: FrugalAccess, { seconds: _guess, ...info }: MediaInfo): Promise<MediaInfo> {
  const counted = info.container === "mp3" ? await countMp3(file) : await countAdts(file);
  const { bitRate: _rate, ...audio } = info.audio ?? {};
  return {
    ...info,
    ...(counted && { seconds: counted.seconds }),
    ...(info.audio && { audio: { ...audio, ...(counted?.bitRate && { bitRate: counted.bitRate }) } }),
  };
}

/** An extended webp says at its head how large it is and whether it moves. */
async function withAnimation(file: FrugalAccess, info: MediaInfo): Promise<MediaInfo> {
  const bytes = await file.read(0, 30);
  const head = Buffer.from(bytes ?? []);
  if (head.length < 30 || head.toString("latin1", 12, 16) !== "VP8X" || (head.readUInt8(20) & 2) === 0) return info;
  const size = { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
  return { container: "webp", picture: { ...size, isAnimated: true } };
}

function infoOf(
  tracks: readonly Track[],
  format: FileFormat,
  how: { readonly isCutShort: boolean; readonly isFragmented: boolean },
): MediaInfo {
  const [general, video, audio, image] = ["General", "Video", "Audio", "Image"].map((type) =>
    tracks.find((track) => track["@type"] === type && !isCover(track)),
  );
  const called = general?.Format;
  const container = called !== undefined && CALLED[format]?.includes(called) ? format : called;
  const first = SOUNDS.includes(format) ? audio : video;
  const seconds = first?.Duration ?? audio?.Duration ?? general?.Duration;
  if (video?.Format === "APNG") return animatedPng(video);
  // A film that was read in part may lack a track, or fragments that each add to its length.
  const isFilm = format === "mp4" || format === "mov";
  const isWhole = !how.isCutShort || (!how.isFragmented && (video !== undefined || !isFilm));
  return {
    ...(container !== undefined && { container }),
    ...(seconds !== undefined && isWhole && { seconds }),
    ...(video && { video: videoOf(video) }),
    ...(audio && { audio: audioOf(audio) }),
    ...(image?.Width && image.Height && { picture: { width: image.Width, height: image.Height } }),
  };
}

function isCover(track: Track): boolean {
  return track["@type"] === "Video" && STILLS.includes(track.Format ?? "") && (track.FrameCount ?? 1) <= 1;
}

function animatedPng({ Width: width, Height: height }: Track): MediaInfo {
  return { container: "png", ...(width && height && { picture: { width, height, isAnimated: true } }) };
}

function videoOf(track: Track): NonNullable<MediaInfo["video"]> {
  return {
    ...(track.Format !== undefined && { codec: track.Format }),
    ...(track.Width !== undefined && { width: track.Width }),
    ...(track.Height !== undefined && { height: track.Height }),
    ...(track.DisplayAspectRatio !== undefined && { aspect: track.DisplayAspectRatio }),
    ...(track.FrameRate !== undefined && { fps: track.FrameRate }),
  };
}

function audioOf(track: Track): NonNullable<MediaInfo["audio"]> {
  return {
    ...(track.Format !== undefined && { codec: track.Format }),
    ...(track.SamplingRate !== undefined && { sampleRate: track.SamplingRate }),
    ...(track.BitRate !== undefined && { bitRate: track.BitRate }),
    ...(track.Channels !== undefined && { channels: track.Channels }),
  };
}
