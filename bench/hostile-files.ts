import { deflateSync } from "node:zlib";
import type { FileFormat } from "../src/core/material.ts";

/** A small file that is expensive to parse. */
export interface HostileFile {
  readonly name: string;
  readonly format: FileFormat;
  readonly bytes: Buffer;
}

/** One or more for each parser. `scale` 1 makes files of up to a few megabytes; a tenth is enough for a test. */
export function hostileFiles(scale = 1): HostileFile[] {
  const many = (count: number): number => Math.ceil(count * scale);
  const file = (name: string, format: FileFormat, bytes: Buffer): HostileFile => ({ name, format, bytes });
  return [
    file("mp4 of 3,000 tracks", "mp4", manyTracks(many(3000))),
    file("mp4 of boxes in boxes", "mp4", nestedBoxes(many(5000))),
    file("mov of 20,000 fragments", "mov", fragments(many(20_000))),
    file("asf of 2,000 streams", "asf", manyStreams(many(2000))),
    file("jpg of 3,000 MPF entries", "jpg", mpfEntries(many(3000))),
    file("png of 100,000 chunks", "png", manyChunks(many(100_000))),
    file("png of packed texts", "png", packedTexts(many(60))),
    file("webp of 100,000 chunks", "webp", webpChunks(many(100_000))),
    file("mp3 behind 50,000 tag frames", "mp3", tagFrames(many(50_000))),
    file("mp3 of 100,000 frames", "mp3", repeated(Buffer.concat([hex("fff310c4"), Buffer.alloc(20)]), many(100_000))),
    file("aac of 100,000 frames", "aac", repeated(hex("fff1508001bffc210a5a5a5a5a"), many(100_000))),
    file("zip of 65,000 entries", "zip", manyEntries(many(65_000), false)),
    file("zip of 65,000 overlapping entries", "zip", manyEntries(many(65_000), true)),
    file("pdf of 100,000 objects", "pdf", manyObjects(many(100_000))),
    file("pdf whose tables lead in circles", "pdf", circularTables()),
    file("pdf of 50,000 sections", "pdf", manySections(many(50_000))),
    file("pdf that names its password's object 200,000 times", "pdf", decoys(many(200_000))),
    file("wav of 200,000 chunks", "wav", wavChunks(many(200_000))),
  ];
}

function manyTracks(count: number): Buffer {
  const samples = box("stbl", box("stsd", words(0, 1), box("avc1", Buffer.alloc(78))), box("stts", words(0, 0)));
  const handler = box("hdlr", words(0, 0), Buffer.from("vide"), Buffer.alloc(13));
  const media = box("mdia", box("mdhd", words(0, 0, 0, 1000, 1000, 0)), handler, box("minf", samples));
  const track = box("trak", box("tkhd", words(7, 0, 0, 1, 0, 1000), Buffer.alloc(60)), media);
  const movie = box("moov", box("mvhd", words(0, 0, 0, 1000, 1000), Buffer.alloc(80)), repeated(track, count));
  return Buffer.concat([box("ftyp", Buffer.from("isom\0\0\x02\0isom")), movie]);
}

function nestedBoxes(depth: number): Buffer {
  const heads = Array.from({ length: depth }, (_, i) =>
    Buffer.concat([words((depth - i) * 8), Buffer.from(i === 0 ? "moov" : "trak")]),
  );
  return Buffer.concat([box("ftyp", Buffer.from("isom\0\0\x02\0isom")), ...heads]);
}

function fragments(count: number): Buffer {
  const run = box("traf", box("tfhd", words(0x20000, 1)), box("trun", words(0, 0xffffffff)));
  const movie = box("moov", box("mvhd", words(0, 0, 0, 1000, 0), Buffer.alloc(80)), box("mvex", Buffer.alloc(24)));
  const fragment = box("moof", box("mfhd", words(0, 1)), run);
  return Buffer.concat([box("ftyp", Buffer.from("qt  \0\0\x02\0qt  ")), movie, repeated(fragment, count)]);
}

function manyStreams(count: number): Buffer {
  const properties = Buffer.alloc(54 + 18);
  hex("409e69f84d5bcf11a8fd00805f5c442b").copy(properties);
  const stream = asfObject("9107dcb7b7a9cf118ee600c00c205365", properties);
  const streams = Array.from({ length: count }, (_, i) => {
    const one = Buffer.from(stream);
    one.writeUInt16LE(1 + (i % 127), 24 + 48);
    return one;
  });
  const head = Buffer.alloc(6);
  head.writeUInt32LE(count);
  head.writeUInt16LE(0x201, 4);
  return asfObject("3026b2758e66cf11a6d900aa0062ce6c", Buffer.concat([head, ...streams]));
}

function asfObject(id: string, content: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(24 + content.length));
  return Buffer.concat([hex(id), size, content]);
}

function mpfEntries(count: number): Buffer {
  const list = Buffer.concat([hex("4d5046004d4d002a00000008"), hex("0003b000000700000004"), Buffer.from("0100")]);
  const entries = Buffer.concat([hex("b00100040000000100"), words(count), hex("b0020007"), words(count * 16, 50)]);
  const pictures = Buffer.concat(Array.from({ length: count }, (_, i) => words(0x20000, 100, i * 16, 0)));
  const content = Buffer.concat([list, entries, words(0), pictures]).subarray(0, 65_000);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe2);
  head.writeUInt16BE(content.length + 2, 2);
  const frame = hex("ffc00011080100010003012200021101031101");
  return Buffer.concat([hex("ffd8"), head, content, frame, hex("ffd9")]);
}

function manyChunks(count: number): Buffer {
  return Buffer.concat([pngHead(), repeated(pngChunk("tEXt", Buffer.from("a\0b")), count), pngChunk("IEND", hex(""))]);
}

function packedTexts(count: number): Buffer {
  const bomb = Buffer.concat([Buffer.from("Comment\0\0"), deflateSync(Buffer.alloc(16 * 1024 ** 2))]);
  return Buffer.concat([pngHead(), repeated(pngChunk("zTXt", bomb), count), pngChunk("IEND", hex(""))]);
}

function pngHead(): Buffer {
  return Buffer.concat([
    hex("89504e470d0a1a0a"),
    pngChunk("IHDR", Buffer.concat([words(900, 900), hex("0802000000")])),
  ]);
}

function pngChunk(type: string, content: Buffer): Buffer {
  return Buffer.concat([words(content.length), Buffer.from(type), content, words(0)]);
}

function webpChunks(count: number): Buffer {
  const content = Buffer.concat([Buffer.from("WEBP"), repeated(riffChunk("EXIF", Buffer.from("II*\0")), count)]);
  return riffChunk("RIFF", content);
}

function wavChunks(count: number): Buffer {
  return riffChunk("RIFF", Buffer.concat([Buffer.from("WAVE"), repeated(riffChunk("JUNK", Buffer.alloc(2)), count)]));
}

function riffChunk(type: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from(type), size, content]);
}

function tagFrames(count: number): Buffer {
  const content = repeated(
    Buffer.concat([Buffer.from("TXXX"), words(9), hex("0000"), Buffer.from("\0name\0abc")]),
    count,
  );
  const size = Buffer.from([21, 14, 7, 0].map((shift) => (content.length >> shift) & 127));
  const sound = repeated(Buffer.concat([hex("fffb90c4"), Buffer.alloc(413)]), 20);
  return Buffer.concat([Buffer.from("ID3\x04\0\0", "latin1"), size, content, sound]);
}

function manyEntries(count: number, overlapping: boolean): Buffer {
  const central = Buffer.concat([Buffer.from("PK\x01\x02", "latin1"), Buffer.alloc(42), Buffer.from("a.wav")]);
  central.writeUInt16LE(5, 28);
  central.writeUInt32LE(0xfffffff0, 24);
  const directory = repeated(central, count);
  if (!overlapping) for (let i = 0; i < count; i += 1) directory.writeUInt32LE(i * 40, i * central.length + 42);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  return Buffer.concat([directory, end]);
}

function manyObjects(count: number): Buffer {
  const objects = "9 0 obj\n<</Type /Pages /Count 3>>\nendobj\n".repeat(count);
  const table = `xref\n0 ${count}\n${"0000000009 00000 n \n".repeat(count)}`;
  const trailer = `trailer\n<</Size ${count} /Root 1 0 R>>\nstartxref\n${objects.length + 9}\n%%EOF\n`;
  return Buffer.from(`%PDF-1.4\n${objects}${table}${trailer}`, "latin1");
}

function circularTables(): Buffer {
  const table = "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1 /Root 1 0 R /Prev 9>>\nstartxref\n9\n%%EOF\n";
  return Buffer.from(`%PDF-1.4\n${table}`, "latin1");
}

function manySections(count: number): Buffer {
  const sections = "0 1\n0000000000 65535 f \n".repeat(count);
  return Buffer.from(`%PDF-1.4\nxref\n${sections}trailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n`, "latin1");
}

function decoys(count: number): Buffer {
  const trailer = "trailer\n<</Root 1 0 R /Encrypt 7 0 R>>\nstartxref\n9\n%%EOF\n";
  return Buffer.from(`%PDF-1.4\n${"7 0 obj (((((((\n".repeat(count)}${trailer}`, "latin1");
}

function box(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([words(body.length + 8), Buffer.from(type, "latin1"), body]);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * i);
  return bytes;
}

function hex(text: string): Buffer {
  return Buffer.from(text, "hex");
}

function repeated(bytes: Buffer, count: number): Buffer {
  return Buffer.alloc(bytes.length * count, bytes);
}
