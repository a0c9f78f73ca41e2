import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, it } from "vitest";
import { hostileFiles } from "../../../bench/hostile-files.ts";
import { mutate, seededRandom } from "../../../bench/mutate.ts";
import { broken, material } from "../../../sandbox/material/files.ts";
import type { FileFormat } from "../../../src/core/material.ts";
import { mediaProbe } from "../../../src/media/media-probe.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { probe as patientProbe } from "./probe.ts";
import { counted } from "./slack-lab.ts";

const MB = 1024 ** 2;
/** Seven formats are MediaInfo's, at 40 ms a file. Thousands by hand: `FUZZ_FILES=5000 npx vitest run …/hostile.test.ts` */
const filesOf = (format: FileFormat): number =>
  Number(process.env.FUZZ_FILES ?? (["wav", "pdf", "zip"].includes(format) ? 200 : 28));

const probe = mediaProbe({ clock: systemClock, log: recordingLog() });
const patient = patientProbe();
afterAll(() => Promise.all([probe.close(), patient.close()]));

function inMemory(bytes: Buffer) {
  return counted({ size: bytes.length, read: async (at, length) => bytes.subarray(at, at + length) });
}

it.each(hostileFiles(0.1).map((file) => [file.name, file] as const))(
  "%s is read or given up on",
  async (_name, file) => {
    const source = inMemory(file.bytes);
    expect(await probe.probe(source, file.format)).toBeTypeOf("object");
    expect(source.cost.reads).toBeLessThanOrEqual(40);
    expect(source.cost.bytes).toBeLessThanOrEqual(4 * MB);
  },
);

describe("files that are broken at random", () => {
  const bases: readonly (readonly [FileFormat, string])[] = [
    ["mp4", material.consentVideo.path],
    ["mov", material.footageMov.path],
    ["m4a", material.recordingM4a.path],
    ["mp3", broken.recording64kbps.path],
    ["jpg", material.photoJpg.path],
    ["png", broken.pngRenamedPdf.path],
    ["webp", material.photoWebp.path],
    ["wav", broken.recording8khz.path],
    ["pdf", material.consentLetter.path],
    ["zip", broken.packageNested.path],
  ];

  it.each(bases)("as %s are read or given up on, and the next good one is read", async (format, path) => {
    const whole = await readFile(path);
    const good = await patient.probe(inMemory(whole), format);
    expect(Object.keys(good)).not.toEqual([]);
    const random = seededRandom(7);
    for (let n = 0; n < filesOf(format); n += 2) {
      const pair = [mutate(whole, random), mutate(whole, random)];
      const found = await Promise.all(pair.map((bytes) => probe.probe(inMemory(bytes), format)));
      expect(found.map((info) => typeof info)).toEqual(["object", "object"]);
    }
    expect(await patient.probe(inMemory(whole), format)).toEqual(good);
  });
});
