import { setFlagsFromString } from "node:v8";
import { mediaInfoFactory } from "mediainfo.js";
import { z } from "zod";
import type { MediaInfo } from "../../core/check-ports.ts";
import type { FileFormat } from "../../core/material.ts";
import type { FrugalAccess } from "./frugal-access.ts";

const CHUNK_BYTES = 64 * 1024;

/** What MediaInfo calls the containers that a format may be. */
const CALLED: Readonly<Partial<Record<FileFormat, readonly string[]>>> = {
  mp4: ["MPEG-4"],
  mov: ["MPEG-4", "QuickTime"],
  m4a: ["MPEG-4"],
  mp3: ["MPEG Audio"],
  aac: ["ADTS", "LATM", "AAC"],
  asf: ["Windows Media"],
  png: ["PNG"],
  jpg: ["JPEG"],
  webp: ["WebP"],
};

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
  SamplingRate: measure,
  BitRate: measure,
  Channels: measure,
});
const resultSchema = z.object({ media: z.object({ track: z.array(trackSchema) }) });
type Track = z.infer<typeof trackSchema>;

/**
 * For the instances to come: the memory of one, and with it the time that a file made of lies can take, is bounded (without, 100 KB
 * that promise 200 million samples take 2 GB); and the code is not compiled twice, which would take 30 MB for good.
 */
export function boundInstances(): void {
  setFlagsFromString("--wasm-max-mem-pages=1024");
  setFlagsFromString("--liftoff-only");
}

/** Films, sounds and pictures, as MediaInfo tells them. @throws when it gives up on a file */
export async function readTracks(file: FrugalAccess, format: FileFormat): Promise<MediaInfo> {
  const isIndexed = format === "mp4" || format === "mov" || format === "m4a";
  const seen = { fragments: false, end: false };
  const readChunk = async (length: number, offset: number): Promise<Uint8Array> => {
    // Everything that is asked here stands in the beginning of a png; and once the index at the end has been read, in it.
    if (offset > 0 && (format === "png" || (isIndexed && seen.end))) return new Uint8Array();
    const bytes = (await file.read(offset, length)) ?? new Uint8Array();
    seen.end ||= offset + bytes.length === file.size;
    seen.fragments ||= FRAGMENT_BOXES.some((box) =>
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(box),
    );
    return bytes;
  };
  const mediaInfo = await mediaInfoFactory({ format: "object", chunkSize: CHUNK_BYTES });
  try {
    const { media } = resultSchema.parse(await mediaInfo.analyzeData(file.size, readChunk));
    return insideOf(media.track, format, { isCutShort: file.isCutShort, isFragmented: seen.fragments });
  } finally {
    mediaInfo.close();
  }
}

function insideOf(
  tracks: readonly Track[],
  format: FileFormat,
  how: { readonly isCutShort: boolean; readonly isFragmented: boolean },
): MediaInfo {
  const [general, video, audio, image] = ["General", "Video", "Audio", "Image"].map((type) =>
    tracks.find((track) => track["@type"] === type),
  );
  const called = general?.Format;
  const container = called !== undefined && CALLED[format]?.includes(called) ? format : called;
  const seconds = video?.Duration ?? audio?.Duration ?? general?.Duration;
  // Of a film that was not read to its end, a track may be missing, or fragments that each add to its length.
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
