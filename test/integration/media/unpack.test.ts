import { readFile } from "node:fs/promises";
import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { material } from "../../../sandbox/material/files.ts";
import type { RandomAccess } from "../../../src/core/check-ports.ts";
import { isFault } from "../../../src/core/fault.ts";
import type { PackedRecording } from "../../../src/core/packed-recording.ts";
import { recordingsToTry } from "../../../src/core/packed-recording.ts";
import { wavHead } from "./made-files.ts";
import { probe } from "./probe.ts";

const eye = probe();
const MB = 1024 ** 2;

function inMemory(bytes: Buffer): RandomAccess & { readonly most: () => number } {
  let most = 0;
  return {
    size: bytes.length,
    most: () => most,
    read: async (offset, length) => {
      most = Math.max(most, length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** Sound that does not pack well. */
function wav(seconds: number): Buffer {
  const data = Buffer.alloc(seconds * 32_000);
  let seed = seconds;
  for (let at = 0; at < data.length; at += 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    data[at] = seed >>> 24;
  }
  return Buffer.concat([wavHead(16_000, data.length), data]);
}

interface Packed {
  readonly name: string;
  readonly bytes: Buffer;
  readonly isDeflated?: boolean;
  /** What the directory says, where that is not the truth. */
  readonly size?: number;
}

/** Local headers have an extra field that the directory lacks, as real ones do. */
function zipOf(files: readonly Packed[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, isDeflated = false, size = bytes.length } of files) {
    const packed = isDeflated ? deflateRawSync(bytes) : bytes;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(isDeflated ? 8 : 0, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const inFile = Buffer.from(common);
    inFile.writeUInt16LE(4, 24);
    parts.push(Buffer.from("PK\x03\x04", "latin1"), inFile, Buffer.from(name), Buffer.from("ex\0\0"), packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), common, rest, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + 4 + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, central, end]);
}

async function found(zip: Buffer): Promise<readonly PackedRecording[]> {
  return (await eye.probe(inMemory(zip), "zip")).zip?.recordings ?? [];
}

async function takenOut(zip: RandomAccess, recording: PackedRecording | undefined): Promise<Buffer> {
  if (!recording) throw new Error("no recording was found");
  const chunks: Uint8Array[] = [];
  for await (const chunk of eye.unpack(zip, recording)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("the recordings of a voice package", () => {
  it("are told longest first, by their headers, packed or not, without what is none", async () => {
    const zip = zipOf([
      { name: "short.wav", bytes: wav(2), isDeflated: true },
      { name: "__MACOSX/._long.wav", bytes: wav(9) },
      { name: "notes.txt", bytes: Buffer.alloc(900_000) },
      { name: "a/long.WAV", bytes: wav(5), isDeflated: true },
      { name: "stored.bwf", bytes: wav(4) },
      { name: "x.mp3", bytes: Buffer.alloc(70_000, 1) },
    ]);
    const all = await found(zip);
    expect(all.map(({ name, seconds, sampleRate }) => [name, seconds, sampleRate])).toEqual([
      ["a/long.WAV", 5, 16_000],
      ["stored.bwf", 4, 16_000],
      ["short.wav", 2, 16_000],
      ["x.mp3", undefined, undefined],
    ]);
    expect(recordingsToTry(all, ["wav"])).toHaveLength(3);
    expect(recordingsToTry(all, ["wav", "mp3"]).map(({ name }) => name)).not.toContain("short.wav");
  });

  it.each([true, false])("come out whole, by ranges of at most 2 MB (deflated: %s)", async (isDeflated) => {
    const long = wav(150);
    const zip = zipOf([
      { name: "other.wav", bytes: wav(3) },
      { name: "long.wav", bytes: long, isDeflated },
    ]);
    const file = inMemory(zip);
    const [longest] = await found(zip);
    const out = await takenOut(file, longest);
    expect(out.equals(long)).toBe(true);
    expect(file.most()).toBe(2 * MB);
  });

  it("of the sandbox's package come out as they are inside", async () => {
    const zip = await readFile(material.voicePackage.path);
    const all = await found(zip);
    expect(all).toHaveLength(3);
    for (const recording of all) {
      const bytes = await takenOut(inMemory(zip), recording);
      expect([bytes.length, bytes.toString("latin1", 0, 4)]).toEqual([recording.size, "RIFF"]);
    }
  });

  it.each([
    ["damaged", (zip: Buffer) => zip.fill(0xff, 200, 40_000)],
    ["elsewhere", (zip: Buffer) => zip.fill(0, 0, 4)],
    ["cut off", (zip: Buffer) => zip.subarray(0, 30_000)],
  ] as const)("that are %s are a fault of that package", async (_, broken) => {
    const zip = zipOf([{ name: "long.wav", bytes: wav(10), isDeflated: true }]);
    const [recording] = await found(zip);
    const code = await takenOut(inMemory(broken(Buffer.from(zip))), recording).then(
      () => "no fault",
      (error: unknown) => (isFault(error) ? error.code : error),
    );
    expect(code).toBe("packed-recording");
  });

  it("that outgrow what the directory says end there: it may be a bomb", async () => {
    const zip = zipOf([{ name: "bomb.wav", bytes: Buffer.alloc(40 * MB), isDeflated: true, size: 50_000 }]);
    const [bomb] = await found(zip);
    await expect(takenOut(inMemory(zip), bomb)).rejects.toMatchObject({ code: "packed-recording" });
  });

  it("out of a source's reach are a fault of the package, and what the source throws stays that", async () => {
    const zip = zipOf([{ name: "long.wav", bytes: wav(10) }]);
    const [recording] = await found(zip);
    const silent: RandomAccess = { size: zip.length, read: async () => undefined };
    await expect(takenOut(silent, recording)).rejects.toMatchObject({ code: "packed-recording" });
    const failing: RandomAccess = { size: zip.length, read: async () => Promise.reject(new TypeError("gone")) };
    await expect(takenOut(failing, recording)).rejects.toThrow("gone");
  });
});
