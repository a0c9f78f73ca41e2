import { deflateSync, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { palettePng } from "../../../sandbox/page/palette-png.ts";

const WIDTH = 6;
const COLOURS = [0x102030, 0xf0e0d0, 0x7f7f7f, 0x00ff80];

describe("a picture with a palette", () => {
  it("has the same pixels, whatever was done to its lines", () => {
    const pixels = Array.from({ length: 5 * WIDTH }, (_, i) => COLOURS[(i * i + (i >> 2)) % COLOURS.length] ?? 0);
    for (const step of [3, 4]) {
      const small = chunksOf(palettePng(filtered(pixels, step)));
      const palette = small.get("PLTE") ?? Buffer.alloc(0);
      const lines = inflateSync(small.get("IDAT") ?? Buffer.alloc(0));
      const shown = pixels.map((_, i) => palette.readUIntBE((lines[i + Math.floor(i / WIDTH) + 1] ?? 0) * 3, 3));
      expect(shown).toEqual(pixels);
      expect(small.get("IHDR")?.subarray(8)).toEqual(Buffer.from([8, 3, 0, 0, 0]));
    }
  });

  it("has 256 colours at most, each pixel the nearest", () => {
    const pixels = Array.from({ length: 400 * WIDTH }, (_, i) => ((i * 7919) % 0xffffff) + 1);
    const small = chunksOf(palettePng(filtered(pixels, 3)));
    expect(small.get("PLTE")?.length).toBe(256 * 3);
  });

  it("is not made of a kind of picture that is not known", () => {
    const grey = filtered([0], 3);
    grey[25] = 0;
    expect(() => palettePng(grey)).toThrow("only RGB and RGBA");
  });
});

/** A png whose lines take the five filters in turn. */
function filtered(pixels: readonly number[], step: number): Buffer {
  const width = Math.min(WIDTH, pixels.length);
  const bytes = Buffer.from(pixels.flatMap((p) => [p >> 16, (p >> 8) & 255, p & 255, 255].slice(0, step)));
  const length = width * step;
  const height = bytes.length / length;
  const lines = Buffer.alloc((length + 1) * height);
  for (let y = 0; y < height; y += 1) {
    lines[y * (length + 1)] = y % 5;
    for (let x = 0; x < length; x += 1) {
      const at = (row: number, column: number): number =>
        row < 0 || column < 0 ? 0 : (bytes[row * length + column] ?? 0);
      const [left, up, corner] = [at(y, x - step), at(y - 1, x), at(y - 1, x - step)];
      const nearest = [left, up, corner].reduce((best, one) => {
        const far = (value: number): number => Math.abs(left + up - corner - value);
        return far(one) < far(best) ? one : best;
      });
      const foretold = [0, left, up, (left + up) >> 1, nearest][y % 5] ?? 0;
      lines[y * (length + 1) + 1 + x] = at(y, x) - foretold;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, step === 4 ? 6 : 2, 0, 0, 0], 8);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(lines)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]);
}

/** Its checksum is not read. */
function chunk(name: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, Buffer.from(name, "latin1"), body, Buffer.alloc(4)]);
}

function chunksOf(png: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    found.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  return found;
}
