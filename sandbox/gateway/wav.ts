import type { ObjectBytes } from "./object-bytes.ts";

const HEADER_BYTES = 4096;
const PCM = 1;
const EXTENSIBLE = 0xfffe;

export interface WavFacts {
  readonly seconds: number;
  /** Hz */
  readonly sampleRate: number;
  /** samples at full scale, of a hundred; of whole samples only, else 0 */
  readonly clippedPercent: number;
}

/** @returns undefined when it is not a WAV file */
export async function readWav(bytes: ObjectBytes): Promise<WavFacts | undefined> {
  const head = await bytes.read(0, HEADER_BYTES);
  if (head.toString("latin1", 0, 4) !== "RIFF" || head.toString("latin1", 8, 12) !== "WAVE") return undefined;
  const format = chunkOf(head, "fmt ");
  const data = chunkOf(head, "data");
  if (!format || !data || format.start + 16 > head.length) return undefined;
  const sampleRate = head.readUInt32LE(format.start + 4);
  const bytesPerSecond = head.readUInt32LE(format.start + 8);
  if (sampleRate === 0 || bytesPerSecond === 0) return undefined;
  const length = Math.min(data.length, bytes.size - data.start);
  const isPcm = [PCM, EXTENSIBLE].includes(head.readUInt16LE(format.start));
  const sampleBytes = isPcm ? head.readUInt16LE(format.start + 14) / 8 : 0;
  return {
    seconds: length / bytesPerSecond,
    sampleRate,
    clippedPercent: await clippedPercent(bytes, data.start, data.start + length, sampleBytes),
  };
}

function chunkOf(head: Buffer, id: string): { start: number; length: number } | undefined {
  for (let at = 12; at + 8 <= head.length; ) {
    const length = head.readUInt32LE(at + 4);
    if (head.toString("latin1", at, at + 4) === id) return { start: at + 8, length };
    at += 8 + length + (length % 2);
  }
  return undefined;
}

/** Of signed samples of two to four bytes. */
async function clippedPercent(bytes: ObjectBytes, start: number, end: number, sampleBytes: number): Promise<number> {
  if (![2, 3, 4].includes(sampleBytes)) return 0;
  const highest = 2 ** (sampleBytes * 8 - 1) - 1;
  let clipped = 0;
  let samples = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes.stream(start, Math.min(end, bytes.kept))) {
    const piece = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = piece.length - (piece.length % sampleBytes);
    for (let at = 0; at < whole; at += sampleBytes) {
      const sample = piece.readIntLE(at, sampleBytes);
      if (sample >= highest || sample <= -highest) clipped += 1;
    }
    samples += whole / sampleBytes;
    rest = piece.subarray(whole);
  }
  return samples === 0 ? 0 : Math.round((clipped / samples) * 10_000) / 100;
}
