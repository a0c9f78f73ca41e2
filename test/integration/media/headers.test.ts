import { afterAll, describe, expect, it } from "vitest";
import type { MediaInfo } from "../../../src/core/check-ports.ts";
import type { FileFormat } from "../../../src/core/material.ts";
import { appendedPdf, chunkHead, madePdf, madeZip, pdfOf, riff, wavHead } from "./made-files.ts";
import { probe } from "./probe.ts";
import { counted } from "./slack-lab.ts";

const eye = probe();
afterAll(() => eye.close());

function look(bytes: Buffer, format: FileFormat, size = bytes.length): Promise<MediaInfo> {
  return eye.probe({ size, read: async (at, n) => bytes.subarray(at, at + n) }, format);
}

describe("a wav", () => {
  const second = Buffer.alloc(32_000);
  const pcm = { codec: "PCM", sampleRate: 16_000, bitRate: 256_000, channels: 1 };
  const plain = wavHead(16_000, 32_000);

  it("is told by its header, whatever stands before the sound", async () => {
    expect(await look(Buffer.concat([plain, second]), "wav")).toEqual({ container: "wav", seconds: 1, audio: pcm });
    const junk = Buffer.concat([chunkHead("JUNK", 27), Buffer.alloc(28), chunkHead("bext", 602), Buffer.alloc(602)]);
    const behind = Buffer.concat([wavHead(16_000, 32_000, junk), second]);
    expect(await look(behind, "wav")).toEqual({ container: "wav", seconds: 1, audio: pcm });
  });

  it.each([
    ["cut off", 64_000],
    ["still being written", 0],
    ["without a known end", 0xffffffff],
  ])("%s lasts as long as what is there", async (_what, told) => {
    expect((await look(Buffer.concat([wavHead(16_000, told), second]), "wav")).seconds).toBe(1);
  });

  it("with something behind its sound lasts as long as the sound", async () => {
    const list = Buffer.concat([chunkHead("LIST", 1000), Buffer.alloc(1000)]);
    expect((await look(Buffer.concat([plain, second, list]), "wav")).seconds).toBe(1);
  });

  it("above 4 GB tells its length beside", async () => {
    const sizes = Buffer.alloc(28);
    sizes.writeBigUInt64LE(5_000_000_000n, 8);
    const head = [riff("RF64", 0xffffffff), chunkHead("ds64", 28), sizes, wavHead(16_000, 0xffffffff).subarray(12)];
    const inside = await look(Buffer.concat(head), "wav", 5_000_002_000);
    expect(inside.seconds).toBeCloseTo(156_250);
  });

  it.each([
    ["extensible", 0xfffe, 3, "PCM float"],
    ["of another kind", 85, 0, "MP3"],
    ["of a kind without a name", 0x1234, 0, "0x1234"],
  ])("%s is told by its code", async (_what, tag, sub, codec) => {
    const format = Buffer.alloc(40);
    format.writeUInt16LE(tag, 0);
    format.writeUInt16LE(2, 2);
    format.writeUInt32LE(48_000, 4);
    format.writeUInt32LE(16_000, 8);
    format.writeUInt16LE(8, 12);
    format.writeUInt16LE(sub, 24);
    const wav = Buffer.concat([riff("RIFF", 0), chunkHead("fmt ", 40), format, chunkHead("data", 32_000), second]);
    expect((await look(wav, "wav")).audio).toMatchObject({ codec, sampleRate: 48_000, channels: 2 });
  });

  it.each([
    ["no format", Buffer.concat([riff("RIFF", 0), chunkHead("data", 4), Buffer.alloc(4)])],
    ["nothing but its name", riff("RIFF", 0)],
    ["a rate of 0", wavHead(0, 0)],
  ])("with %s leaves it open", async (_what, bytes) => {
    const { container, seconds, audio } = await look(bytes, "wav");
    expect([container, seconds, audio?.sampleRate]).toEqual(["wav", undefined, undefined]);
  });
});

describe("a zip", () => {
  it("is told by its directory alone, however long, in Chinese too", async () => {
    const files = Array.from({ length: 3000 }, (_, i) => ({ name: `录音/${i}-${"x".repeat(60)}.wav`, data: "RIFF" }));
    const bytes = madeZip(files);
    const file = counted({ size: bytes.length, read: async (at, n) => bytes.subarray(at, at + n) });
    const { zip } = await eye.probe(file, "zip");
    expect([zip?.bytes, zip?.count, zip?.entries.length]).toEqual([bytes.length, 3000, 3000]);
    expect(zip?.entries[7]?.name).toBe(files[7]?.name);
    expect(file.cost.reads).toBeLessThan(12);
  });

  it("may promise more than it has: what is there counts", async () => {
    const { zip } = await look(madeZip([{ name: "a.wav", data: "RIFF", size: 9e8, isEncrypted: true }], 2), "zip");
    expect(zip).toMatchObject({ count: 2, entries: [{ name: "a.wav", size: 9e8, packed: 4, isEncrypted: true }] });
  });

  it("of more files than anybody records is counted, not read to its end", async () => {
    const { zip } = await look(madeZip(Array.from({ length: 5_100 }, (_, i) => ({ name: `${i}.wav` }))), "zip");
    expect([zip?.count, zip?.entries.length]).toEqual([5_100, 5_000]);
  });

  it("without its end is unknown", async () => {
    expect(await look(madeZip([{ name: "a.wav" }]).subarray(0, -1), "zip")).toEqual({});
  });

  it("of huge names is not read for ever", async () => {
    const bytes = madeZip(Array.from({ length: 200 }, () => ({ name: "x".repeat(60_000) })));
    const file = counted({ size: bytes.length, read: async (at, n) => bytes.subarray(at, at + n) });
    const { zip } = await eye.probe(file, "zip");
    expect(zip?.entries.length).toBeLessThan(200);
    expect(file.cost.bytes).toBeLessThanOrEqual(4 * 1024 ** 2);
  });
});

describe("a pdf", () => {
  it("tells its pages, the last change counts", async () => {
    expect(await look(madePdf(3), "pdf")).toEqual({ pages: 3 });
    expect(await look(appendedPdf(madePdf(3), 2), "pdf")).toEqual({ pages: 2 });
  });

  it("that is linearized says so at its head, unless it was changed since", async () => {
    const head = (size: number) =>
      `%PDF-1.5\n7 0 obj\n<</Linearized 1 /L ${size} /O 9 /E 999 /N 4 /T 99>>\nendobj\n%%EOF\n`;
    const length = head(10).length;
    expect(await look(Buffer.from(head(length)), "pdf")).toEqual({ pages: 4 });
    expect(await look(Buffer.from(`${head(length)}more`), "pdf")).toEqual({});
  });

  it.each([
    ["counts by reference", madePdf("5 0 R")],
    ["has no page tree", pdfOf(["<</Type /Catalog>>"], "")],
    ["has a tree that is none", pdfOf(["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Font /Count 2>>"], "")],
    ["names an object that it lacks", pdfOf(["<</Type /Catalog /Pages 9 0 R>>"], "")],
    ["goes round in circles", pdfOf(["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Count 2>>"], "/Prev 9")],
    ["has a compressed table", Buffer.from("%PDF-1.5\n1 0 obj\n<</Type /XRef>>\nstream\nstartxref\n9\n%%EOF\n")],
  ])("that %s is left open", async (_what, bytes) => {
    expect(await look(bytes, "pdf")).toEqual({});
  });

  it("whose tables lead back to themselves ends", async () => {
    const first = pdfOf(["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Count 2>>"], "/Prev 00000");
    const at = /startxref\n(\d+)/.exec(first.toString("latin1"))?.[1] ?? "";
    const loop = Buffer.from(first.toString("latin1").replace("/Prev 00000", `/Prev ${at.padStart(5, "0")}`), "latin1");
    expect(await look(loop, "pdf")).toEqual({});
  });
});
