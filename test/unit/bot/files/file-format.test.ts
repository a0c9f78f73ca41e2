import { open } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { formatOf, HEAD_BYTES } from "../../../../src/bot/files/file-format.ts";

async function headOf(name: string): Promise<Uint8Array> {
  const file = await open(`sandbox/material/${name}`);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Microsoft's container with one stream. */
function asf(streamType: string): Uint8Array {
  const header = Buffer.from("3026b2758e66cf11a6d900aa0062ce6c", "hex");
  const rest = Buffer.alloc(14);
  const stream = Buffer.from("9107dcb7b7a9cf118ee600c00c205365", "hex");
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(200n);
  return Buffer.concat([header, rest, stream, size, Buffer.from(streamType, "hex"), Buffer.alloc(400)]);
}

describe("the format of a file", () => {
  it.each([
    ["recording.wav", "wav"],
    ["recording.mp3", "mp3"],
    ["recording.m4a", "m4a"],
    ["voice-package.zip", "zip"],
    ["consent.mp4", "mp4"],
    ["photo.webp", "webp"],
  ])("of %s is %s", async (name, format) => {
    expect(await formatOf(await headOf(name))).toBe(format);
  });

  it.each([
    ["aac without a container", Buffer.concat([Buffer.from("fff15080", "hex"), Buffer.alloc(200)]), "aac"],
    ["wma", asf("409e69f84d5bcf11a8fd00805f5c442b"), "asf"],
    ["wmv", asf("c0ef19bc4d5bcf11a8fd00805f5c442b"), "other"],
    [
      "ogg",
      Buffer.concat([Buffer.from("OggS\0\x02"), Buffer.alloc(22), Buffer.from("\x01vorbis"), Buffer.alloc(99)]),
      "other",
    ],
    [
      "an mp3 behind a long cover picture",
      Buffer.concat([Buffer.from("ID3\x04\0\0\0\x01\0\0", "latin1"), Buffer.alloc(900)]),
      "mp3",
    ],
    ["text", Buffer.from("hello"), "other"],
  ])("of %s is told by its first bytes", async (_what, head, format) => {
    expect(await formatOf(head)).toBe(format);
  });
});
