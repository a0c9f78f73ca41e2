import mediaInfoFactory, { type AudioTrack, type ImageTrack, isTrackType } from "mediainfo.js";
import type { ObjectBytes } from "./object-bytes.ts";
import { readWav } from "./wav.ts";

/** Properties of a recording; absent means unknown. */
export interface Sound {
  readonly seconds?: number;
  readonly sampleRate?: number;
  readonly clippedPercent?: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
}

/** @returns undefined when the kept bytes are not audio */
export async function readSound(bytes: ObjectBytes, extension: string): Promise<Sound | undefined> {
  if (extension === "wav") return readWav(bytes);
  const tracks = await tracksOf(bytes);
  const audio = tracks.find((track): track is AudioTrack => isTrackType(track, "Audio"));
  const isWhole = bytes.kept === bytes.size;
  if (!audio) return isWhole ? undefined : {};
  const seconds = isWhole ? audio.Duration : undefined;
  return {
    ...(seconds !== undefined && { seconds }),
    ...(audio.SamplingRate !== undefined && { sampleRate: audio.SamplingRate }),
  };
}

/** @returns undefined when it is not an image */
export async function readPicture(bytes: ObjectBytes): Promise<Picture | undefined> {
  const tracks = await tracksOf(bytes);
  const image = tracks.find((track): track is ImageTrack => isTrackType(track, "Image"));
  return image?.Width && image.Height ? { width: image.Width, height: image.Height } : undefined;
}

async function tracksOf(bytes: ObjectBytes) {
  const mediaInfo = await mediaInfoFactory({ format: "object" });
  try {
    const found = await mediaInfo.analyzeData(bytes.kept, (length, offset) => bytes.read(offset, length));
    return found.media?.track ?? [];
  } finally {
    mediaInfo.close();
  }
}
