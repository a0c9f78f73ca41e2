import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { animatedGif } from "../../../sandbox/page/gif.ts";

const RED = 0xff0000;
const BLUE = 0x0000ff;

describe("a film", () => {
  it("has each picture whole, though a frame holds only what has changed", () => {
    const one = Array.from({ length: 12_000 }, (_, i) => ((i * 7919) % 5 < 2 ? RED : BLUE));
    const two = one.with(4_321, one[4_321] === RED ? BLUE : RED).with(11_111, one[11_111] === RED ? BLUE : RED);
    const gif = animatedGif([one, two, two].map((pixels) => ({ png: plainPng(pixels, 100), ms: 400 })));
    expect(gif.subarray(0, 6).toString()).toBe("GIF89a");
    const shown = picturesOf(gif, 100, 120);
    expect(shown).toHaveLength(3);
    expect(shown[0]).toEqual(one);
    expect(shown[1]).toEqual(two);
    expect(shown[2]).toEqual(two);
  });
});

/** What a viewer shows after each frame. */
function picturesOf(gif: Buffer, width: number, height: number): number[][] {
  const colour = (index: number): number => gif.readUIntBE(13 + index * 3, 3);
  const canvas = new Array<number>(width * height).fill(-1);
  const pictures: number[][] = [];
  for (let at = 13 + 768; gif[at] !== 0x3b; ) {
    if (gif[at] === 0x21) {
      at += 2;
      while (gif[at] !== 0) at += (gif[at] ?? 0) + 1;
      at += 1;
      continue;
    }
    const [left = 0, top = 0, wide = 0] = [1, 3, 5].map((offset) => gif.readUInt16LE(at + offset));
    at += 11;
    const data: Buffer[] = [];
    while (gif[at] !== 0) {
      data.push(gif.subarray(at + 1, at + 1 + (gif[at] ?? 0)));
      at += (gif[at] ?? 0) + 1;
    }
    at += 1;
    for (const [i, index] of decompressed(Buffer.concat(data)).entries())
      if (index !== 255) canvas[(top + Math.floor(i / wide)) * width + left + (i % wide)] = colour(index);
    pictures.push([...canvas]);
  }
  return pictures;
}

/** LZW of eight bits, as the specification tells to read it. */
function decompressed(bytes: Buffer): number[] {
  const out: number[] = [];
  let table: number[][] = [];
  let width = 9;
  let before: number[] | undefined;
  for (let bit = 0; ; ) {
    let code = 0;
    for (let i = 0; i < width; i += 1, bit += 1) code |= (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) << i;
    if (code === 257) return out;
    if (code === 256) {
      table = Array.from({ length: 258 }, (_, i) => [i]);
      width = 9;
      before = undefined;
      continue;
    }
    const entry: number[] = table[code] ?? [...(before ?? []), before?.[0] ?? 0];
    out.push(...entry);
    if (before && table.length < 4096) table.push([...before, entry[0] ?? 0]);
    if (table.length >= 1 << width && width < 12) width += 1;
    before = entry;
  }
}

/** Its lines are not filtered, and its checksums are not read. */
function plainPng(pixels: readonly number[], width: number): Buffer {
  const height = pixels.length / width;
  const lines = Buffer.alloc((width * 3 + 1) * height);
  for (const [i, pixel] of pixels.entries()) {
    const at = Math.floor(i / width) * (width * 3 + 1) + 1 + (i % width) * 3;
    lines.writeUIntBE(pixel, at, 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (name: string, body: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, Buffer.from(name, "latin1"), body, Buffer.alloc(4)]);
  };
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(lines)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]);
}
