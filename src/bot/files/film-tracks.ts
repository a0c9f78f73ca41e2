import type { RandomAccess } from "../../core/check-ports.ts";

/** An index larger than this is not read: then the brand decides. */
const MOST_INDEX_BYTES = 4 * 1024 ** 2;
const MOST_BOXES = 64;
const BOX_HEADER_BYTES = 16;
const CONTAINERS: readonly string[] = ["trak", "mdia", "minf", "stbl"];
/** Codecs of single pictures, as MPEG-4 lists them: mp4v is JPEG or PNG by its object type. */
const STILLS: readonly string[] = ["jpeg", "mjpa", "mjpb", "png "];
const STILL_OBJECT_TYPES: readonly number[] = [0x6c, 0x6d];

/**
 * Whether a file of the mp4 family shows moving pictures: a cover does not count. Undefined when its index cannot be read.
 * @throws {Fault} of the file's source
 * @see ISO/IEC 14496-12, Movie Box
 */
export async function picturesIn(file: RandomAccess): Promise<boolean | undefined> {
  const index = await movieBox(file);
  const tracks = index && [...boxesIn(index)].filter(({ type }) => type === "trak").map(({ body }) => trackOf(body));
  const known = tracks?.filter((track) => track !== undefined) ?? [];
  return known.length === 0 ? undefined : known.some(({ shows }) => shows);
}

async function movieBox(file: RandomAccess): Promise<Buffer | undefined> {
  let at = 0;
  for (let boxes = 0; boxes < MOST_BOXES && at < file.size; boxes += 1) {
    const head = Buffer.from((await file.read(at, BOX_HEADER_BYTES)) ?? []);
    if (head.length < 8) return undefined;
    const { type, size, header } = boxAt(head, file.size - at);
    if (size < header) return undefined;
    if (type === "moov") {
      if (size > MOST_INDEX_BYTES) return undefined;
      const whole = await file.read(at, size);
      return whole && Buffer.from(whole).subarray(header);
    }
    at += size;
  }
  return undefined;
}

interface Box {
  readonly type: string;
  readonly body: Buffer;
}

/** Size 0 reaches to the end, 1 has its real size behind the type. */
function boxAt(head: Buffer, left: number): { readonly type: string; readonly size: number; readonly header: number } {
  const short = head.readUInt32BE(0);
  const type = head.toString("latin1", 4, 8);
  if (short === 0) return { type, size: left, header: 8 };
  if (short !== 1 || head.length < BOX_HEADER_BYTES) return { type, size: short, header: 8 };
  return { type, size: Number(head.readBigUInt64BE(8)), header: BOX_HEADER_BYTES };
}

function* boxesIn(bytes: Buffer): Generator<Box> {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const { type, size, header } = boxAt(bytes.subarray(at, at + BOX_HEADER_BYTES), bytes.length - at);
    if (size < header) return;
    yield { type, body: bytes.subarray(at + header, at + size) };
    at += size;
  }
}

/** Undefined for what is no track of pictures or sound that can be read. */
function trackOf(track: Buffer): { readonly shows: boolean } | undefined {
  const boxes = new Map(leavesIn(track).map(({ type, body }) => [type, body]));
  const handler = boxes.get("hdlr")?.toString("latin1", 8, 12);
  if (handler === undefined) return undefined;
  return { shows: handler === "vide" && !isCover(boxes) };
}

function leavesIn(bytes: Buffer): Box[] {
  return [...boxesIn(bytes)].flatMap((box) => (CONTAINERS.includes(box.type) ? leavesIn(box.body) : [box]));
}

function isCover(boxes: ReadonlyMap<string, Buffer>): boolean {
  const descriptions = boxes.get("stsd");
  const codec = descriptions?.toString("latin1", 12, 16) ?? "";
  return STILLS.includes(codec) || (codec === "mp4v" && isStillObject(descriptions));
}

/** @see ISO/IEC 14496-1, ES_Descriptor (tag 3) with its DecoderConfigDescriptor (tag 4) */
function isStillObject(descriptions: Buffer | undefined): boolean {
  const esds = descriptions?.indexOf("esds") ?? -1;
  if (!descriptions || esds < 0) return false;
  const stream = descriptor(descriptions.subarray(esds + 8), 3);
  // An id of two bytes and flags stand before the decoder's descriptor.
  const decoder = stream && descriptor(stream.subarray(3), 4);
  return decoder !== undefined && STILL_OBJECT_TYPES.includes(decoder[0] ?? 0);
}

/** The body of a descriptor of this tag; its length takes one to four bytes. */
function descriptor(bytes: Buffer, tag: number): Buffer | undefined {
  if (bytes[0] !== tag) return undefined;
  const last = bytes.subarray(1, 5).findIndex((byte) => byte < 0x80);
  return last < 0 ? undefined : bytes.subarray(last + 2);
}
