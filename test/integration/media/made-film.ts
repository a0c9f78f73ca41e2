/** An mp4 without a picture in it: only its boxes, which say what the film is. */
export interface Film {
  readonly seconds: number;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  /** Its one track is sound. */
  readonly soundOnly?: boolean;
}

const TIMESCALE = 6000;
const MATRIX = words(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/** `ftyp`, the index, and the head of an `mdat` of `mdatBytes`. */
export function madeFilm(film: Film, mdatBytes = 1000): Buffer {
  return Buffer.concat([fileType(), movie(film), mdatHead(mdatBytes)]);
}

export function fileType(): Buffer {
  return box("ftyp", Buffer.from("isom"), words(512), Buffer.from("isomiso2avc1mp41"));
}

export function mdatHead(bytes: number): Buffer {
  return Buffer.concat([words(bytes + 8), Buffer.from("mdat")]);
}

export function movie(film: Film, ...more: Buffer[]): Buffer {
  const duration = Math.round(film.seconds * TIMESCALE);
  const header = box(
    "mvhd",
    words(0, 0, 0, TIMESCALE, duration, 0x10000),
    shorts(0x100, 0),
    words(0, 0),
    MATRIX,
    blank(24),
    words(2),
  );
  return box("moov", header, track(film, duration), ...more);
}

function track(film: Film, duration: number): Buffer {
  const [width, height] = film.soundOnly ? [0, 0] : [film.width ?? 1920, film.height ?? 1080];
  const header = box("tkhd", words(7, 0, 0, 1, 0, duration), blank(16), MATRIX, words(width << 16, height << 16));
  const media = box("mdhd", words(0, 0, 0, TIMESCALE, duration), shorts(0x55c4, 0));
  const handler = box("hdlr", words(0, 0), Buffer.from(film.soundOnly ? "soun" : "vide"), blank(13));
  const kind = film.soundOnly ? box("smhd", blank(8)) : box("vmhd", words(1, 0, 0));
  const sources = box("dinf", box("dref", words(0, 1), box("url ", words(1))));
  const samples = film.soundOnly ? soundSamples(duration) : pictureSamples(duration, width, height, film.fps ?? 25);
  return box("trak", header, box("mdia", media, handler, box("minf", kind, sources, samples)));
}

function pictureSamples(duration: number, width: number, height: number, fps: number): Buffer {
  const each = TIMESCALE / fps;
  const sizes = shorts(width, height);
  const entry = box(
    "avc1",
    blank(6),
    shorts(1),
    blank(16),
    sizes,
    words(0x480000, 0x480000, 0),
    shorts(1),
    blank(32),
    shorts(24, 0xffff),
  );
  return samplesOf(entry, Math.round(duration / each), each);
}

function soundSamples(duration: number): Buffer {
  const entry = box("mp4a", blank(6), shorts(1), blank(8), shorts(2, 16, 0, 0), words(48_000 * 0x10000));
  return samplesOf(entry, Math.round(duration / 128), 128);
}

function samplesOf(entry: Buffer, count: number, each: number): Buffer {
  const tables = [
    box("stsd", words(0, 1), entry),
    box("stts", words(0, 1, count, each)),
    box("stsc", words(0, 1, 1, count, 1)),
    box("stsz", words(0, 4, count)),
    box("stco", words(0, 1, 4096)),
  ];
  return box("stbl", ...tables);
}

export function box(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([words(body.length + 8), Buffer.from(type, "latin1"), body]);
}

export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * i);
  return bytes;
}

function shorts(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt16BE(value, 2 * i);
  return bytes;
}

function blank(length: number): Buffer {
  return Buffer.alloc(length);
}
