import type { MediaInfo, RandomAccess } from "../../core/check-ports.ts";

const CODECS: Readonly<Record<number, string>> = {
  1: "PCM",
  2: "ADPCM",
  3: "PCM float",
  6: "A-law",
  7: "µ-law",
  17: "IMA ADPCM",
  80: "MPEG Audio",
  85: "MP3",
};
const EXTENSIBLE = 0xfffe;
/** At most this many chunks are skipped before the sound. */
const MAX_CHUNKS = 16;
const UNKNOWN_SIZE = 0xffffffff;

/** Reads a wav's header: RIFF, or RF64 and BW64 above 4 GB. The duration of a truncated file is that of the bytes present. */
export async function readWav(file: RandomAccess): Promise<MediaInfo> {
  const riff = await headOf(file, 0, 12);
  if (riff?.toString("latin1", 8, 12) !== "WAVE") return {};
  const known: { format?: Format | undefined; longSize?: number | undefined } = {};
  for (let at = 12, chunks = 0; chunks < MAX_CHUNKS; chunks += 1) {
    const chunk = await headOf(file, at, 8);
    if (!chunk) break;
    const [id, size] = [chunk.toString("latin1", 0, 4), chunk.readUInt32LE(4)];
    const body = at + 8;
    if (id === "fmt ") known.format = await formatAt(file, body, size);
    if (id === "ds64") known.longSize = await longSizeAt(file, body);
    if (id === "data") return inside(known.format, soundBytes(size, known.longSize, file.size - body));
    at = body + size + (size % 2);
  }
  return inside(known.format, undefined);
}

/** Streamed files give size 0, large ones give it in `ds64`, and truncated files have fewer bytes than they claim. */
function soundBytes(size: number, longSize: number | undefined, there: number): number {
  const told = size === UNKNOWN_SIZE ? longSize : size;
  return Math.min(told || there, there);
}

interface Format {
  readonly tag: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesASecond: number;
}

async function formatAt(file: RandomAccess, at: number, size: number): Promise<Format | undefined> {
  const head = await headOf(file, at, size >= 40 ? 40 : 16);
  if (!head || size < 16) return undefined;
  const tag = head.readUInt16LE(0);
  const [channels, sampleRate, told, blockAlign] = [
    head.readUInt16LE(2),
    head.readUInt32LE(4),
    head.readUInt32LE(8),
    head.readUInt16LE(12),
  ];
  const actual = tag === EXTENSIBLE && head.length === 40 ? head.readUInt16LE(24) : tag;
  const isPcm = CODECS[actual]?.startsWith("PCM") ?? false;
  return { tag: actual, channels, sampleRate, bytesASecond: isPcm ? sampleRate * blockAlign : told };
}

async function longSizeAt(file: RandomAccess, at: number): Promise<number | undefined> {
  const sizes = await headOf(file, at, 16);
  return sizes && Number(sizes.readBigUInt64LE(8));
}

function inside(format: Format | undefined, soundBytes: number | undefined): MediaInfo {
  if (!format) return { container: "wav" };
  const { tag, channels, sampleRate, bytesASecond } = format;
  return {
    container: "wav",
    ...(soundBytes !== undefined && bytesASecond > 0 && { seconds: soundBytes / bytesASecond }),
    audio: {
      codec: CODECS[tag] ?? `0x${tag.toString(16).padStart(4, "0")}`,
      ...(sampleRate > 0 && { sampleRate }),
      ...(bytesASecond > 0 && { bitRate: bytesASecond * 8 }),
      ...(channels > 0 && { channels }),
    },
  };
}

async function headOf(file: RandomAccess, at: number, length: number): Promise<Buffer | undefined> {
  const bytes = at + length <= file.size ? await file.read(at, length) : undefined;
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
