import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, it } from "vitest";
import { material } from "../../../sandbox/material/files.ts";
import { formatOf } from "../../../src/bot/files/file-format.ts";
import type { MediaInfo } from "../../../src/core/check-ports.ts";
import { judge } from "../../../src/core/judge.ts";
import type { Kind, MaterialRole } from "../../../src/core/kinds.ts";
import type { FileFormat } from "../../../src/core/material.ts";
import { madePdf } from "./made-files.ts";
import { probe } from "./probe.ts";

/** Small files of people's, which were refused or misread. */
const FILES = new URL("../../recorded/files/", import.meta.url);

const eye = probe();
afterAll(() => eye.close());

const recorded = (name: string): Promise<Buffer> => readFile(new URL(name, FILES));

function look(bytes: Buffer, format: FileFormat, reach = bytes.length): Promise<MediaInfo> {
  const read = async (at: number, n: number) => (at + n <= reach ? bytes.subarray(at, at + n) : undefined);
  return eye.probe({ size: bytes.length, read }, format);
}

/** As the bot: its format by its first bytes, then what is to be said against it. */
async function verdict(kind: Kind, role: MaterialRole, bytes: Buffer): Promise<string[]> {
  const inside = await look(bytes, await formatOf(bytes.subarray(0, 4100)));
  return judge(kind, role, inside).map((f) => `${f.severity} ${f.rule}: ${f.measured}`);
}

describe("a sound", () => {
  it.each(["a-3gp4.m4a", "slack-clip-audio_message.m4a"])(
    "counts as a reading whatever its brand: %s",
    async (name) => {
      const bytes = await recorded(name);
      const format = await formatOf(bytes.subarray(0, 4100), { pictures: async () => false });
      expect(format).toBe("m4a");
      expect(judge("ZERO_SHOT_VOICE", "reading", await look(bytes, format))).toEqual([]);
    },
  );

  it("with a cover picture lasts as long as its sound, and the cover is no film", async () => {
    const covered = await recorded("a-mjpegtrack.m4a");
    expect(await look(covered, "m4a")).toMatchObject({ container: "m4a", seconds: 15 });
    expect(judge("ZERO_SHOT_VOICE", "reading", await look(covered, "m4a"))).toEqual([]);
    expect(await look(covered, "mp4")).toMatchObject({ seconds: 15, audio: { codec: "AAC" } });
    expect(await look(covered, "mp4")).not.toHaveProperty("video");
  });

  it("of a variable rate, without an index, is measured by its frames: nothing of it is a guess", async () => {
    const mp3 = await recorded("a-vbr-noxing.mp3");
    const { seconds, audio } = await look(mp3, "mp3");
    expect(seconds).toBeCloseTo(20, 0);
    expect(audio).toEqual({ codec: "MPEG Audio", sampleRate: 48_000, channels: 1 });
    expect(await verdict("ZERO_SHOT_VOICE", "reading", mp3)).toEqual(["unknown bit-rate: undefined"]);
  });

  it("of frames that are out of reach has neither length nor rate", async () => {
    const { container, seconds, audio } = await look(await recorded("a-vbr-noxing.mp3"), "mp3", 200_000);
    expect([container, seconds, audio?.bitRate]).toEqual(["mp3", undefined, undefined]);
  });

  const frame = Buffer.concat([Buffer.from("fffb90c4", "hex"), Buffer.alloc(413)]);
  const frames = Buffer.alloc(frame.length * 500, frame);
  const tag = Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\x07\x68", "latin1"), Buffer.alloc(1000)]);
  const trailer = Buffer.concat([Buffer.from("TAG"), Buffer.alloc(125)]);
  it.each([
    ["by itself", frames],
    ["between tags", Buffer.concat([tag, frames, trailer])],
    ["behind another tag's worth of nothing", Buffer.concat([frames, Buffer.alloc(2000)])],
  ])("of one rate has that rate, %s", async (_how, bytes) => {
    const { seconds, audio } = await look(bytes, "mp3");
    expect(seconds).toBeCloseTo((500 * 1152) / 44_100, 2);
    expect(audio?.bitRate).toBe(128_000);
  });

  it("in ADTS frames is measured by these", async () => {
    const adts = (length: number): Buffer => {
      const bytes = Buffer.alloc(length, 0x5a);
      bytes.set([0xff, 0xf1, 0x50, 0x80 | (length >> 11), (length >> 3) & 255, ((length & 7) << 5) | 0x1f, 0xfc]);
      return bytes;
    };
    const bytes = Buffer.concat(Array.from({ length: 600 }, (_, i) => adts(i < 60 ? 40 : 500)));
    const { container, seconds, audio } = await look(bytes, "aac");
    expect(container).toBe("aac");
    expect(seconds).toBeCloseTo((600 * 1024) / 44_100, 2);
    expect(audio?.bitRate).toBeUndefined();
  });

  it.each(["RF64", "BW64"])("in %s is a wav", async (id) => {
    const bytes = await recorded("w-rf64.wav");
    bytes.write(id, "latin1");
    expect(await look(bytes, await formatOf(bytes))).toMatchObject({ container: "wav", seconds: 15 });
    expect(await verdict("ZERO_SHOT_VOICE", "reading", bytes)).toEqual([]);
  });
});

describe("a pdf", () => {
  it.each([2, 3, 4, 5, 6])("of security revision %i opens without a password, or does not", async (revision) => {
    const [owner, user] = await Promise.all(
      ["owner", "user"].map((who) => recorded(`encrypted/r${revision}-${who}.pdf`)),
    );
    expect(await look(owner ?? Buffer.alloc(0), "pdf")).not.toHaveProperty("needsPassword");
    expect(await look(user ?? Buffer.alloc(0), "pdf")).toMatchObject({ needsPassword: true });
  });

  it("that needs one is warned about", async () => {
    const letter = await recorded("d-userpw.pdf");
    expect(await verdict("IMAGE", "identity-letter", letter)).toContain("warn pdf-password: 1");
  });

  it("that is cut off is warned about, wherever that happened", async () => {
    const letter = await readFile(material.consentLetter.path);
    for (const share of [0.5, 0.9, 0.99]) {
      const half = letter.subarray(0, Math.floor(letter.length * share));
      expect(await verdict("IMAGE", "identity-letter", half)).toContain("warn pdf-end: 0");
    }
    expect(await verdict("IMAGE", "identity-letter", letter)).toEqual([]);
  });

  it("whose end is out of reach is not said to lack it", async () => {
    const letter = Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(300_000)]);
    expect(await look(letter, "pdf", 200_000)).toEqual({});
  });

  it.each([
    ["with offsets from its header", (before: string) => Buffer.concat([Buffer.from(before), madePdf(3)])],
    ["with offsets from the beginning", (before: string) => shifted(before)],
  ])("may begin with something else, %s", async (_how, make) => {
    for (const before of ["\n", "\ufeff", "x".repeat(1000)]) {
      const bytes = make(before);
      expect(await formatOf(bytes)).toBe("pdf");
      expect(await look(bytes, "pdf")).toEqual({ pages: 3 });
    }
    expect(await verdict("IMAGE", "identity-letter", await recorded("d-newline.pdf"))).toEqual([]);
  });

  it("has its header within 1,024 bytes, else it is none", async () => {
    expect(await formatOf(Buffer.concat([Buffer.alloc(1024, "x"), madePdf(3)]))).toBe("other");
  });
});

/** The same letter with all of its offsets moved. */
function shifted(before: string): Buffer {
  const by = Buffer.byteLength(before);
  const text = madePdf(3).toString("latin1");
  const moved = text
    .replaceAll(/^(\d{10})(?= 00000 n)/gm, (at) => String(Number(at) + by).padStart(10, "0"))
    .replace(/(?<=startxref\n)\d+/, (at) => String(Number(at) + by));
  return Buffer.concat([Buffer.from(before), Buffer.from(moved, "latin1")]);
}

describe("a picture that moves", () => {
  it("as png is warned about, and its size is known", async () => {
    const png = await recorded("p-apng.png");
    expect(await look(png, "png")).toEqual({
      container: "png",
      picture: { width: 900, height: 1200, isAnimated: true },
    });
    expect(await verdict("IMAGE_PHOTO", "photo", png)).toEqual(["warn animation: 1"]);
  });

  it("as webp is too", async () => {
    const head = Buffer.from("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x83\x03\0\xaf\x04\0", "latin1");
    const bytes = Buffer.concat([head, Buffer.from("ANIM\x06\0\0\0\0\0\0\0\0\0ANMF\0\0\0\0", "latin1")]);
    bytes.writeUInt32LE(bytes.length - 8, 4);
    expect(await verdict("IMAGE_PHOTO", "photo", bytes)).toEqual(["warn animation: 1"]);
    expect(await look(bytes, "webp")).toMatchObject({ picture: { width: 900, height: 1200 } });
  });
});

it("a film of a phone at 60.07 frames a second keeps the limit of 60", async () => {
  expect(await verdict("IMAGE", "footage", await recorded("v-6007.mp4"))).toEqual([]);
});

it("a package of .wave files is one of recordings", async () => {
  expect(await verdict("VOICE", "voice-package", await recorded("z-wave.zip"))).toEqual([]);
});
