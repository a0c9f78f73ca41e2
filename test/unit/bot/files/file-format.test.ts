import { open, readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatOf, HEAD_BYTES, headBehindTag } from "../../../../src/bot/files/file-format.ts";
import { picturesIn } from "../../../../src/bot/files/film-tracks.ts";
import type { RandomAccess } from "../../../../src/core/check-ports.ts";

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

/** A box of the mp4 family. */
function box(type: string, ...bodies: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(bodies);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

const ftyp = (brand: string): Buffer => box("ftyp", Buffer.from(`${brand}\0\0\0\0isomisom`, "latin1"));

function track(handler: string, codec: string): Buffer {
  const hdlr = box("hdlr", Buffer.alloc(8), Buffer.from(handler.padEnd(16, "\0"), "latin1"));
  const stsd = box("stsd", Buffer.from("0000000000000001", "hex"), box(codec, Buffer.alloc(78)));
  return box("trak", box("mdia", hdlr, box("minf", box("stbl", stsd))));
}

function inMemory(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

function judged(bytes: Uint8Array): Promise<string> {
  return formatOf(bytes.subarray(0, HEAD_BYTES), { pictures: () => picturesIn(inMemory(bytes)) });
}

const SOUND = track("soun", "mp4a");
const PICTURES = track("vide", "avc1");
const mdat = box("mdat", Buffer.alloc(9000));

describe("a brand refuses nothing: the tracks tell a film from sound", () => {
  it.each(["3gp4", "3gp5", "3gp6", "3g2a", "F4V ", "F4A ", "M4A ", "M4B ", "M4V ", "isom", "mp42", "XXXX"])(
    "%s",
    async (brand) => {
      for (const tail of [[mdat], []]) {
        expect(await judged(Buffer.concat([ftyp(brand), ...tail, box("moov", SOUND)]))).toBe("m4a");
        expect(await judged(Buffer.concat([ftyp(brand), ...tail, box("moov", SOUND, PICTURES)]))).toBe("mp4");
        expect(await judged(Buffer.concat([ftyp(brand), ...tail, box("moov", track("vide", "jpeg"), SOUND)]))).toBe(
          "m4a",
        );
      }
    },
  );

  it.each([
    ["a-3gp4.m4a", "m4a"],
    ["a-mjpegtrack.m4a", "m4a"],
    ["slack-clip-audio_message.m4a", "m4a"],
    ["v-6007.mp4", "mp4"],
    ["w-rf64.wav", "wav"],
    ["d-newline.pdf", "pdf"],
    ["p-apng.png", "png"],
    ["a-vbr-noxing.mp3", "mp3"],
    ["z-wave.zip", "zip"],
  ])("as in the recorded file %s", async (name, format) => {
    expect(await judged(await readFile(`test/recorded/files/${name}`))).toBe(format);
  });

  it("and an index that cannot be read leaves it to the brand", async () => {
    const bytes = [
      Buffer.alloc(0),
      box("moov", Buffer.from("nonsense of nine")),
      Buffer.from("0000000100000000", "hex"),
    ];
    for (const index of bytes) {
      expect(await judged(Buffer.concat([ftyp("M4A "), index]))).toBe("m4a");
      expect(await judged(Buffer.concat([ftyp("isom"), index]))).toBe("mp4");
    }
  });

  it("and no bytes at all break the reader of the index", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, inMovie) => {
        const index = inMovie ? box("moov", box("trak", bytes)) : bytes;
        expect(["mp4", "m4a"]).toContain(await judged(Buffer.concat([ftyp("isom"), index])));
      }),
    );
  });
});

describe("what tools leave before the content is skipped", () => {
  const wav = Buffer.from(`RIFF\x24\0\0\0WAVEfmt ${"\0".repeat(64)}`, "latin1");
  const kinds: readonly [string, Uint8Array][] = [
    ["pdf", Buffer.from("%PDF-1.7\n".padEnd(64))],
    ["wav", wav],
    ["wav", Buffer.concat([Buffer.from("BW64\xff\xff\xff\xffWAVEds64", "latin1"), Buffer.alloc(64)])],
    ["mp4", Buffer.concat([ftyp("isom"), box("moov", PICTURES)])],
    ["zip", Buffer.concat([Buffer.from("PK\x03\x04\x14\0\0\0\0\0", "latin1"), Buffer.alloc(100)])],
    ["png", Buffer.concat([Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), Buffer.alloc(64)])],
  ];
  it.each(["", "\xef\xbb\xbf", "\n", "\r\n\r\n", "\xef\xbb\xbf\n"])("%j", async (junk) => {
    for (const [format, bytes] of kinds)
      expect(await formatOf(Buffer.concat([Buffer.from(junk, "latin1"), bytes]))).toBe(format);
  });

  it("up to a kilobyte before a pdf, whatever it is", async () => {
    expect(await formatOf(Buffer.from(`HTTP/1.1 200 OK\n${"x".repeat(900)}%PDF-1.4`))).toBe("pdf");
    expect(await formatOf(Buffer.from(`GIF89a${"x".repeat(900)}%PDF-1.4`))).toBe("pdf");
    expect(await formatOf(Buffer.from(`${"x".repeat(1024)}%PDF-1.4`))).toBe("other");
  });

  it.each([20, 5000])("a tag of %d bytes before any sound", async (length) => {
    const tag = Buffer.concat([
      Buffer.from("ID3\x04\0\0\0\0", "latin1"),
      Buffer.from([length >> 7, length & 127]),
      Buffer.alloc(length),
    ]);
    for (const [format, bytes] of [
      ["wav", wav],
      ["aac", Buffer.concat([Buffer.from("fff15080", "hex"), Buffer.alloc(200)])],
    ] as const) {
      const file = Buffer.concat([tag, bytes]);
      const head = await headBehindTag(inMemory(file), file.subarray(0, HEAD_BYTES));
      expect(await formatOf(head)).toBe(format);
    }
  });

  it("padding before an mp3", async () => {
    const frame = Buffer.concat([Buffer.from("fffb9064", "hex"), Buffer.alloc(413)]);
    expect(await formatOf(Buffer.concat([Buffer.alloc(300), frame, frame]))).toBe("mp3");
  });

  it("and AAC in LATM is AAC", async () => {
    expect(await formatOf(Buffer.concat([Buffer.from("56e0a020", "hex"), Buffer.alloc(200)]))).toBe("aac");
  });
});
