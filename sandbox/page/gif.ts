import type { Palette } from "./palette-png.ts";
import { type Pixels, paletteOf, readPixels } from "./palette-png.ts";

/** One picture of a film: a browser's png, and how long it is shown. */
export interface GifFrame {
  readonly png: Buffer;
  readonly ms: number;
}

/** Of 256 colours the last one means "as before". */
const UNCHANGED = 255;
/** Every so many pixels count for the colours. */
const SAMPLED = 7;
const LOOP_FOREVER = Buffer.from("21ff0b4e45545343415045322e300301000000", "hex");
const TRAILER = 0x3b;

/**
 * An animated GIF. A frame holds only what has changed since the one before.
 * @param frames  all of one size
 * @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
export function animatedGif(frames: readonly GifFrame[]): Buffer {
  const pictures = frames.map(({ png }) => readPixels(png));
  const [first] = pictures;
  if (!first) throw new Error("a film without pictures");
  const palette = paletteOf(sampled(pictures), UNCHANGED);
  const indexed = pictures.map(({ pixels }) => Uint8Array.from(pixels, palette.indexOf));
  const parts = frames.map(({ ms }, i) => frame(indexed[i - 1], indexed[i] ?? new Uint8Array(), first, ms));
  return Buffer.concat([header(first, palette), LOOP_FOREVER, ...parts, Buffer.from([TRAILER])]);
}

function sampled(pictures: readonly Pixels[]): Uint32Array {
  const samples = pictures.map(({ pixels }) => pixels.filter((_, i) => i % SAMPLED === 0));
  const all = new Uint32Array(samples.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const some of samples) {
    all.set(some, at);
    at += some.length;
  }
  return all;
}

function header({ width, height }: Pixels, { palette }: Palette): Buffer {
  const colours = Buffer.alloc(256 * 3);
  colours.set(palette.flat());
  const screen = Buffer.alloc(7);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  // A table of 256 colours, of 8 bits each.
  screen[4] = 0xf7;
  return Buffer.concat([Buffer.from("GIF89a"), screen, colours]);
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function frame(before: Uint8Array | undefined, now: Uint8Array, size: Pixels, ms: number): Buffer {
  const box = before ? changedBox(before, now, size) : { left: 0, top: 0, width: size.width, height: size.height };
  const control = Buffer.from([0x21, 0xf9, 4, 0x05, 0, 0, UNCHANGED, 0]);
  control.writeUInt16LE(Math.max(2, Math.round(ms / 10)), 4);
  const place = Buffer.alloc(10);
  place[0] = 0x2c;
  for (const [i, side] of [box.left, box.top, box.width, box.height].entries()) place.writeUInt16LE(side, 1 + 2 * i);
  const shown = new Uint8Array(box.width * box.height);
  for (let i = 0; i < shown.length; i += 1) {
    const at = (box.top + Math.floor(i / box.width)) * size.width + box.left + (i % box.width);
    shown[i] = before && before[at] === now[at] ? UNCHANGED : (now[at] ?? 0);
  }
  return Buffer.concat([control, place, compressed(shown)]);
}

/** At least one pixel. */
function changedBox(before: Uint8Array, now: Uint8Array, { width }: Pixels): Box {
  const edges = { left: width, right: 0, top: Number.POSITIVE_INFINITY, bottom: 0 };
  for (let i = 0; i < now.length; i += 1) {
    if (before[i] === now[i]) continue;
    const x = i % width;
    const y = Math.floor(i / width);
    edges.left = Math.min(edges.left, x);
    edges.right = Math.max(edges.right, x);
    edges.top = Math.min(edges.top, y);
    edges.bottom = y;
  }
  if (edges.top === Number.POSITIVE_INFINITY) return { left: 0, top: 0, width: 1, height: 1 };
  const { left, right, top, bottom } = edges;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

const LZW_BITS = 8;
const CLEAR = 1 << LZW_BITS;
const MOST_CODES = 4096;

/** Variable-length LZW in blocks of at most 255 bytes. */
function compressed(indices: Uint8Array): Buffer {
  const bits = new BitWriter();
  const table = new Map<number, number>();
  const state = { next: CLEAR + 2, width: LZW_BITS + 1 };
  bits.write(CLEAR, state.width);
  let prefix = indices[0] ?? 0;
  for (const index of indices.subarray(1)) {
    const key = (prefix << LZW_BITS) | index;
    const known = table.get(key);
    if (known !== undefined) {
      prefix = known;
      continue;
    }
    bits.write(prefix, state.width);
    prefix = index;
    if (state.next === MOST_CODES) {
      bits.write(CLEAR, state.width);
      table.clear();
      Object.assign(state, { next: CLEAR + 2, width: LZW_BITS + 1 });
    } else {
      if (state.next >= 1 << state.width) state.width += 1;
      table.set(key, state.next);
      state.next += 1;
    }
  }
  bits.write(prefix, state.width);
  bits.write(CLEAR + 1, state.width);
  return Buffer.concat([Buffer.from([LZW_BITS]), ...bits.blocks(), Buffer.from([0])]);
}

class BitWriter {
  readonly #bytes: number[] = [];
  #held = 0;
  #count = 0;

  write(code: number, width: number): void {
    this.#held |= code << this.#count;
    this.#count += width;
    while (this.#count >= 8) {
      this.#bytes.push(this.#held & 255);
      this.#held >>>= 8;
      this.#count -= 8;
    }
  }

  blocks(): Buffer[] {
    const all = Buffer.from(this.#count > 0 ? [...this.#bytes, this.#held & 255] : this.#bytes);
    const blocks: Buffer[] = [];
    for (let at = 0; at < all.length; at += 255) {
      const block = all.subarray(at, at + 255);
      blocks.push(Buffer.from([block.length]), block);
    }
    return blocks;
  }
}
