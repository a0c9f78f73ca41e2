import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { material } from "../../../sandbox/material/files.ts";
import type { Upload } from "../../../sandbox/slack/files.ts";
import type { MediaInfo, RandomAccess } from "../../../src/core/check-ports.ts";
import { Fault } from "../../../src/core/fault.ts";
import type { SourceFile } from "../../../src/core/ports.ts";
import { box, fileType, madeFilm, mdatHead, movie, words } from "./made-film.ts";
import { probe } from "./probe.ts";
import { counted, slackLab } from "./slack-lab.ts";

const eye = probe();
afterAll(() => eye.close());
const MB = 1024 ** 2;

function inMemory(bytes: Uint8Array, reach = bytes.length): RandomAccess {
  const read = async (at: number, n: number) => (at + n <= reach ? bytes.subarray(at, at + n) : undefined);
  return { size: bytes.length, read };
}

/** The film whose index stands at its end, with a hole of made bytes between its frames and the index. */
async function withHole(size: number): Promise<Upload> {
  const film = await readFile(material.footageMov.path);
  const index = film.indexOf("moov") - 4;
  const frames = film.indexOf("mdat") - 4;
  const head = film.subarray(0, index);
  const tail = film.subarray(index);
  head.writeUInt32BE(size - tail.length - frames, frames);
  return { name: "footage.mov", generate: { size, head, tail } };
}

async function dropped(upload: Upload, options: { readonly ignoreRanges: boolean }): Promise<SourceFile> {
  const lab = await slackLab(options);
  onTestFinished(() => lab.close());
  return lab.dropped(upload);
}

describe("1 GB of footage whose index stands at its end", () => {
  const size = 1_000_000_000;
  const known: MediaInfo = {
    container: "mov",
    seconds: 125,
    video: { codec: "AVC", width: 1920, height: 1080, aspect: 1.778, fps: 25 },
    audio: { codec: "AAC", sampleRate: 24_000, bitRate: 13_655, channels: 1 },
  };

  it("is judged by less than a hundredth of it where ranges work", async () => {
    const source = await dropped(await withHole(size), { ignoreRanges: false });
    const file = counted(source.ranges(new AbortController().signal));
    expect(await eye.probe(file, source.format)).toEqual(known);
    console.log(`1 GB, index at the end: ${file.cost.bytes} bytes in ${file.cost.reads} reads`);
    expect(file.cost.bytes).toBeLessThan(size / 100);
    expect(file.cost).toEqual({ reads: 3, bytes: 136_741 });
  });

  it("is unknown where they do not, and its beginning is all that is read", async () => {
    const source = await dropped(await withHole(size), { ignoreRanges: true });
    const file = counted(source.ranges(new AbortController().signal));
    expect(await eye.probe(file, source.format)).toEqual({ container: "mov" });
    expect(file.cost.bytes).toBeLessThanOrEqual(MB);
  });
});

describe("what is read", () => {
  it.each([
    [material.footage1080p, "mp4", 3],
    [material.footageMov, "mov", 3],
    [material.photoPng, "png", 1],
    [material.photoJpg, "jpg", 1],
    [material.recordingWav, "wav", 1],
    [material.recordingMp3, "mp3", 3],
    [material.recordingM4a, "m4a", 2],
    // Its directory, and the heads of its recordings.
    [material.voicePackage, "zip", 6],
    [material.consentLetter, "pdf", 1],
  ] as const)("of %o is little", async ({ path }, format, reads) => {
    const file = counted(inMemory(await readFile(path)));
    expect(Object.keys(await eye.probe(file, format))).not.toEqual([]);
    expect(file.cost.reads).toBeLessThanOrEqual(reads);
  });

  it("never exceeds its bounds, wherever a file leads", async () => {
    const boxes = Array.from({ length: 20_000 }, (_, i) => box("moof", box("mfhd", words(0, i)), Buffer.alloc(300)));
    const film = movie({ seconds: 0 }, box("mvex", box("trex", words(0, 1, 1, 240, 1, 0))));
    const file = counted(inMemory(Buffer.concat([fileType(), film, ...boxes])));
    await eye.probe(file, "mp4");
    expect(file.cost.reads).toBeLessThanOrEqual(40);
    expect(file.cost.bytes).toBeLessThanOrEqual(4 * MB);
  });
});

describe("a film that is not read to its end", () => {
  it("has no length when it is made of fragments: what was seen is not all", async () => {
    const fragment = (n: number) => {
      const run = box("trun", words(0x200, 25, ...Array.from({ length: 25 }, () => 4000)));
      const traf = box("traf", box("tfhd", words(0x020000, 1)), run);
      return Buffer.concat([box("moof", box("mfhd", words(0, n)), traf), mdatHead(100_000), Buffer.alloc(100_000)]);
    };
    const film = movie({ seconds: 0 }, box("mvex", box("trex", words(0, 1, 1, 240, 1, 0))));
    const bytes = Buffer.concat([fileType(), film, ...Array.from({ length: 15 }, (_, i) => fragment(i + 1))]);
    expect((await eye.probe(inMemory(bytes), "mp4")).seconds).toBeCloseTo(15);
    const part = await eye.probe(inMemory(bytes, MB), "mp4");
    expect(part).toMatchObject({ container: "mp4", video: { width: 1920 } });
    expect(part.seconds).toBeUndefined();
  });

  it("is not said to lack a picture", async () => {
    const bytes = Buffer.concat([madeFilm({ seconds: 125, soundOnly: true }, 3 * MB), Buffer.alloc(3 * MB)]);
    expect((await eye.probe(inMemory(bytes), "mp4")).seconds).toBe(125);
    expect((await eye.probe(inMemory(bytes, 100), "mp4")).seconds).toBeUndefined();
  });
});

describe("a file made of lies", () => {
  const sampled = (samples: number) =>
    box("moof", box("mfhd", words(0, 1)), box("traf", box("tfhd", words(0x020000, 1)), box("trun", words(0, samples))));

  it.each([1_000_000, 200_000_000, 0xffffffff])(
    "that promises %i samples takes no memory for them",
    async (samples) => {
      const film = movie({ seconds: 0 }, box("mvex", box("trex", words(0, 1, 1, 240, 1, 0))));
      const many = Array.from({ length: 50 }, () => sampled(samples));
      const before = process.memoryUsage().rss;
      await eye.probe(inMemory(Buffer.concat([fileType(), film, ...many])), "mp4");
      expect(process.memoryUsage().rss - before).toBeLessThan(300 * MB);
      const good = await readFile(material.footage1080p.path);
      expect(await eye.probe(inMemory(good), "mp4")).toMatchObject({ seconds: 125 });
    },
  );

  it.each(["mp4", "mp3", "png", "wav", "zip", "pdf", "asf", "aac", "other"] as const)(
    "or empty, or text, as %s",
    async (format) => {
      for (const bytes of [Buffer.alloc(0), Buffer.from("This is a text."), Buffer.alloc(70_000, 1)]) {
        const { container, ...more } = await eye.probe(inMemory(bytes), format);
        expect([container, more]).toEqual([undefined, {}]);
      }
    },
  );
});

describe("what the source throws", () => {
  it.each(["mp4", "mp3", "png", "wav", "zip", "pdf"] as const)("while a %s is read passes through", async (format) => {
    const fault = new Fault("source-cut", "downloading: the download broke off");
    const file: RandomAccess = { size: 1000, read: () => Promise.reject(fault) };
    await expect(eye.probe(file, format)).rejects.toBe(fault);
  });

  it("passes through from the middle of a file too", async () => {
    const bytes = await readFile(material.footageMov.path);
    const fault = new Fault("source-unreachable", "downloading: no answer");
    const read = async (at: number, n: number) => {
      if (at > 0) throw fault;
      return bytes.subarray(at, at + n);
    };
    await expect(eye.probe({ size: bytes.length, read }, "mov")).rejects.toBe(fault);
  });
});
