import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const MOST_COLOURS = 256;

/**
 * The same picture with at most 256 colours, in about a third of the bytes.
 * @param png  8 bits a channel, with or without alpha (which is left out), not interlaced: as browsers write it
 */
export function palettePng(png: Buffer): Buffer {
  const { width, height, pixels } = readPixels(png);
  const { palette, indexOf } = paletteOf(pixels);
  const lines = Buffer.alloc((width + 1) * height);
  for (let i = 0; i < pixels.length; i += 1) lines[i + Math.floor(i / width) + 1] = indexOf(pixels[i] ?? 0);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flat());
  const parts = [chunk("IHDR", header), chunk("PLTE", colours), chunk("IDAT", deflateSync(lines, { level: 9 }))];
  return Buffer.concat([SIGNATURE, ...parts, chunk("IEND", Buffer.alloc(0))]);
}

type Colour = readonly [red: number, green: number, blue: number];

export interface Palette {
  readonly palette: readonly Colour[];
  readonly indexOf: (pixel: number) => number;
}

/** The mean colours of the buckets that most pixels fall into, 32 steps a channel; the others take the nearest one. */
export function paletteOf(pixels: Uint32Array, most = MOST_COLOURS): Palette {
  const buckets = new Map<number, { count: number; sums: [number, number, number] }>();
  for (const pixel of pixels) {
    const bucket = buckets.get(bucketOf(pixel)) ?? { count: 0, sums: [0, 0, 0] };
    const { sums } = bucket;
    const [red, green, blue] = colourOf(pixel);
    bucket.count += 1;
    bucket.sums = [sums[0] + red, sums[1] + green, sums[2] + blue];
    buckets.set(bucketOf(pixel), bucket);
  }
  const common = [...buckets.values()].sort((one, other) => other.count - one.count).slice(0, most);
  const palette = common.map(({ count, sums }): Colour => {
    const [red, green, blue] = sums;
    return [Math.round(red / count), Math.round(green / count), Math.round(blue / count)];
  });
  const known = new Map<number, number>();
  const indexOf = (pixel: number): number => {
    const index = known.get(pixel) ?? nearest(palette, colourOf(pixel));
    known.set(pixel, index);
    return index;
  };
  return { palette, indexOf };
}

function bucketOf(pixel: number): number {
  return pixel & 0xf8f8f8;
}

function colourOf(pixel: number): Colour {
  return [pixel >> 16, (pixel >> 8) & 255, pixel & 255];
}

function nearest(palette: readonly Colour[], [red, green, blue]: Colour): number {
  const best = { index: 0, distance: Number.POSITIVE_INFINITY };
  for (const [index, [r, g, b]] of palette.entries()) {
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < best.distance) Object.assign(best, { index, distance });
  }
  return best.index;
}

/** Each pixel as 0xRRGGBB. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** @param png  as browsers write it */
export function readPixels(png: Buffer): Pixels {
  const data: Buffer[] = [];
  const header = { width: 0, height: 0, step: 3 };
  for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const name = png.toString("latin1", at + 4, at + 8);
    if (name === "IDAT") data.push(body);
    if (name !== "IHDR") continue;
    const [depth, colours, , , interlaced] = body.subarray(8);
    if (depth !== 8 || (colours !== 2 && colours !== 6) || interlaced !== 0)
      throw new Error("reading a picture: only RGB and RGBA of 8 bits are supported, without interlacing");
    Object.assign(header, { width: body.readUInt32BE(0), height: body.readUInt32BE(4), step: colours === 6 ? 4 : 3 });
  }
  const { width, height, step } = header;
  const bytes = unfiltered(inflateSync(Buffer.concat(data)), width * step, step);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = bytes.readUIntBE(i * step, 3);
  return { width, height, pixels };
}

/** Undoes what each line says was done to it. @see https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(lines: Buffer, length: number, step: number): Buffer {
  const height = lines.length / (length + 1);
  const bytes = Buffer.alloc(length * height);
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (length + 1)] ?? 0;
    for (let x = 0; x < length; x += 1) {
      const at = y * length + x;
      const left = x < step ? 0 : (bytes[at - step] ?? 0);
      const up = bytes[at - length] ?? 0;
      const corner = x < step ? 0 : (bytes[at - length - step] ?? 0);
      bytes[at] = (lines[y * (length + 1) + 1 + x] ?? 0) + foretold(filter, left, up, corner);
    }
  }
  return bytes;
}

function foretold(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
