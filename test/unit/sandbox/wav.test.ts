import { expect, test } from "vitest";
import type { ObjectBytes } from "../../../sandbox/gateway/object-bytes.ts";
import { readWav } from "../../../sandbox/gateway/wav.ts";

interface Wav {
  readonly format?: number;
  readonly bits?: number;
  readonly rate?: number;
  /** what the header says; the samples' own length when absent */
  readonly length?: number;
  readonly before?: Buffer;
}

function wav(samples: readonly number[], { format = 1, bits = 16, rate = 16_000, length, before }: Wav = {}): Buffer {
  const data = Buffer.alloc((samples.length * bits) / 8);
  for (const [i, sample] of samples.entries()) {
    if (bits > 8) data.writeIntLE(sample, (i * bits) / 8, bits / 8);
  }
  const fmt = Buffer.alloc(16);
  fmt.writeUInt16LE(format, 0);
  fmt.writeUInt16LE(1, 2);
  fmt.writeUInt32LE(rate, 4);
  fmt.writeUInt32LE((rate * bits) / 8, 8);
  fmt.writeUInt16LE(bits / 8, 12);
  fmt.writeUInt16LE(bits, 14);
  const chunks = [chunk("fmt ", fmt), before ?? Buffer.alloc(0), chunk("data", data, length)];
  return Buffer.concat([Buffer.from("RIFF\0\0\0\0WAVE", "latin1"), ...chunks]);
}

function chunk(id: string, body: Buffer, length = body.length): Buffer {
  const head = Buffer.from(`${id}\0\0\0\0`, "latin1");
  head.writeUInt32LE(length, 4);
  return Buffer.concat([head, body]);
}

/** @param piece  bytes in each piece of a stream */
function held(bytes: Buffer, piece = 7): ObjectBytes {
  return {
    size: bytes.length,
    kept: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    async *stream(start, end) {
      for (let at = start; at < end; at += piece) yield bytes.subarray(at, Math.min(end, at + piece));
    },
  };
}

const QUIET = Array.from({ length: 90 }, (_, i) => i * 100);

test.each([
  [16, 32767, -32768, 5],
  [16, -32767, 32767, 13],
  [24, 8388607, -8388608, 7],
  [32, 2147483647, -2147483648, 6],
])("of %i bits: how long, how fast, how much of it at full scale", async (bits, high, low, piece) => {
  const bytes = wav([...QUIET, ...Array(5).fill(high), ...Array(5).fill(low)], { bits });
  expect(await readWav(held(bytes, piece))).toEqual({ seconds: 100 / 16_000, sampleRate: 16_000, clippedPercent: 10 });
});

test("of samples that are not whole numbers, or a byte each, clipping is not told", async () => {
  expect(await readWav(held(wav(QUIET, { format: 3, bits: 32 })))).toMatchObject({ clippedPercent: 0 });
  expect(await readWav(held(wav(QUIET, { bits: 8, rate: 8_000 })))).toEqual({
    seconds: 90 / 8_000,
    sampleRate: 8_000,
    clippedPercent: 0,
  });
});

test("with other chunks before the samples, an odd one too", async () => {
  const before = Buffer.concat([chunk("LIST", Buffer.alloc(26)), chunk("junk", Buffer.alloc(3)), Buffer.alloc(1)]);
  expect(await readWav(held(wav(QUIET, { before })))).toMatchObject({ seconds: 90 / 16_000 });
});

test("a header that tells of more than there is", async () => {
  expect(await readWav(held(wav(QUIET, { length: 0xffffffff })))).toMatchObject({ seconds: 90 / 16_000 });
});

test.each([
  ["nothing", Buffer.alloc(0)],
  ["a text", Buffer.from("This is a text, whatever its name says.")],
  ["no samples", wav([]).subarray(0, 36)],
  ["a header that is cut", wav([]).subarray(0, 30)],
  ["no rate", wav(QUIET, { rate: 0 })],
])("%s is no wav", async (_, bytes) => {
  expect(await readWav(held(bytes))).toBeUndefined();
});
