import type { MediaInfo } from "./check-ports.ts";
import { isRecording } from "./voice-package.ts";

/** Durations and frame rates are rounded to tenths: containers round, and phones vary around the nominal frame rate. */
export function seconds(inside: MediaInfo): number | undefined {
  return tenths(inside.seconds);
}

export function frameRate(inside: MediaInfo): number | undefined {
  return tenths(inside.video?.fps);
}

function tenths(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value * 10) / 10;
}

export function sampleRate(inside: MediaInfo): number | undefined {
  return inside.audio?.sampleRate;
}

export function resolution({ video }: MediaInfo): string | undefined {
  return video?.width && video.height ? `${video.width}x${video.height}` : undefined;
}

/** The displayed aspect, which differs from the pixel ratio if pixels are not square. */
export function aspect({ video }: MediaInfo): string | undefined {
  const shown = video?.aspect ?? (video?.width && video.height ? video.width / video.height : undefined);
  if (shown === undefined) return undefined;
  const near = ([w, h]: readonly [number, number]) => Math.abs(shown / (w / h) - 1) < 0.01;
  const named = (
    [
      [16, 9],
      [9, 16],
      [4, 3],
      [3, 4],
      [1, 1],
      [21, 9],
    ] as const
  ).find(near);
  return named ? named.join(":") : `${shown.toFixed(2)}:1`;
}

export function recordings({ zip }: MediaInfo): number | undefined {
  if (!zip) return undefined;
  const count = zip.entries.filter(isRecording).length;
  return count > 0 || zip.entries.length >= zip.count ? count : undefined;
}

/** A lower bound if not all entries could be read. */
export function unpackedRatio({ zip }: MediaInfo): number | undefined {
  return zip && Math.round(zip.entries.reduce((sum, entry) => sum + entry.size, 0) / zip.bytes);
}
