import type { RandomAccess } from "../../core/check-ports.ts";

/** A frame of sound, as its head tells it. */
interface Frame {
  readonly bytes: number;
  /** Bits a second, where the head says so. */
  readonly bitRate?: number;
  readonly samples: number;
  readonly sampleRate: number;
}

/** All frames of a sound, counted one by one. */
export interface CountedSound {
  readonly seconds: number;
  /** Bits a second, where all frames have the same. */
  readonly bitRate?: number;
}

const HEAD_BYTES = 8;
/** What may stand behind the last frame without a name. */
const LOOSE_BYTES = 4096;
const TRAILERS = /^(?:TAG|APETAG|LYRICS|ID3)/;
const INDEXES = ["Xing", "Info", "VBRI"];

/** Whether the first frame of an mp3 says how many there are, so that nothing needs to be counted. */
export async function hasFrameIndex(file: RandomAccess): Promise<boolean> {
  const head = await bytesAt(file, await tagEnd(file), 256);
  return INDEXES.some((name) => head.includes(name));
}

/** @returns undefined unless all of the sound was in reach: from a part of it, only an estimate is possible */
export function countMp3(file: RandomAccess): Promise<CountedSound | undefined> {
  return countFrames(file, mp3Frame);
}

/** As {@link countMp3}, of an aac in ADTS frames. */
export function countAdts(file: RandomAccess): Promise<CountedSound | undefined> {
  return countFrames(file, adtsFrame);
}

async function countFrames(
  file: RandomAccess,
  frameOf: (head: Buffer) => Frame | undefined,
): Promise<CountedSound | undefined> {
  let at = await tagEnd(file);
  let seconds = 0;
  const rates = new Set<number | undefined>();
  while (at < file.size) {
    const head = await bytesAt(file, at, HEAD_BYTES);
    if (head.length === 0) return undefined;
    const frame = frameOf(head);
    if (!frame) break;
    seconds += frame.samples / frame.sampleRate;
    at += frame.bytes;
    rates.add(frame.bitRate);
  }
  if (seconds === 0 || !(await isTrailer(file, at))) return undefined;
  const [bitRate] = rates;
  return { seconds, ...(rates.size === 1 && bitRate !== undefined && { bitRate }) };
}

async function isTrailer(file: RandomAccess, at: number): Promise<boolean> {
  if (file.size - at <= LOOSE_BYTES) return true;
  return TRAILERS.test((await bytesAt(file, at, HEAD_BYTES)).toString("latin1"));
}

/** Behind the ID3v2 tag that a sound may begin with. */
async function tagEnd(file: RandomAccess): Promise<number> {
  const head = await bytesAt(file, 0, 10);
  if (head.toString("latin1", 0, 3) !== "ID3") return 0;
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10);
  const hasFooter = ((head[5] ?? 0) & 0x10) !== 0;
  return 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127) + (hasFooter ? 10 : 0);
}

/** kbit/s by version and layer. */
const MPEG1 = {
  1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
} as const;
const MPEG2 = {
  1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  3: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const MPEG1_RATES = [44_100, 48_000, 32_000];

function mp3Frame(head: Buffer): Frame | undefined {
  if (head.length < 4 || head[0] !== 0xff || ((head[1] ?? 0) & 0xe0) !== 0xe0) return undefined;
  const [, second = 0, third = 0] = head;
  const layer = ([undefined, 3, 2, 1] as const)[(second >> 1) & 3];
  const divisor = ([4, undefined, 2, 1] as const)[(second >> 3) & 3];
  const fullRate = MPEG1_RATES[(third >> 2) & 3];
  if (!layer || !divisor || !fullRate) return undefined;
  const bitRate = ((divisor === 1 ? MPEG1 : MPEG2)[layer][third >> 4] ?? 0) * 1000;
  if (bitRate === 0) return undefined;
  const sampleRate = fullRate / divisor;
  const padding = (third >> 1) & 1;
  if (layer === 1)
    return { bytes: (Math.floor((12 * bitRate) / sampleRate) + padding) * 4, samples: 384, sampleRate, bitRate };
  const samples = layer === 3 && divisor !== 1 ? 576 : 1152;
  return { bytes: Math.floor(((samples / 8) * bitRate) / sampleRate) + padding, samples, sampleRate, bitRate };
}

const ADTS_RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];

function adtsFrame(head: Buffer): Frame | undefined {
  if (head.length < 7 || head.readUInt16BE(0) >> 4 !== 0xfff || (head.readUInt8(1) & 6) !== 0) return undefined;
  const sampleRate = ADTS_RATES[(head.readUInt8(2) >> 2) & 15];
  const bytes = ((head.readUInt8(3) & 3) << 11) | (head.readUInt8(4) << 3) | (head.readUInt8(5) >> 5);
  const blocks = (head.readUInt8(6) & 3) + 1;
  return sampleRate && bytes >= 7 ? { bytes, samples: 1024 * blocks, sampleRate } : undefined;
}

async function bytesAt(file: RandomAccess, at: number, length: number): Promise<Buffer> {
  const bytes = at < file.size ? await file.read(at, Math.min(length, file.size - at)) : undefined;
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) : Buffer.alloc(0);
}
