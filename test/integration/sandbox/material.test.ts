import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileTypeFromFile } from "file-type";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { broken, demos, faulty, material } from "../../../sandbox/material/files.ts";

const folder = dirname(material.photoPng.path);
const all = [material, broken, faulty, demos.films, demos.sounds].flatMap((files) => Object.values(files));

/** What the first bytes say, whatever the name says. */
const contents: [file: { path: string; name: string }, extension: string | undefined][] = [
  [material.footage1080p, "mp4"],
  [material.footage4k, "mp4"],
  [material.footageMov, "mov"],
  [material.consentVideo, "mp4"],
  [material.consentLetter, "pdf"],
  [material.photoPng, "png"],
  [material.photoJpg, "jpg"],
  [material.photoWebp, "webp"],
  [broken.footage20s, "mp4"],
  [broken.footage720p, "mp4"],
  [broken.footage15fps, "mp4"],
  [broken.photoGif, "gif"],
  [broken.pngRenamedPdf, "png"],
  [broken.textRenamedMp4, undefined],
  [broken.empty, undefined],
  [material.voicePackage, "zip"],
  [material.recordingWav, "wav"],
  [material.recordingMp3, "mp3"],
  [material.recordingM4a, "m4a"],
  [broken.packageNested, "zip"],
  [broken.packageEncrypted, "zip"],
  [broken.packageBomb, "zip"],
  [broken.packageWithText, "zip"],
  [broken.recording8khz, "wav"],
  [broken.recording64kbps, "mp3"],
  [faulty.clipped, "wav"],
  [faulty.noisy, "wav"],
  [faulty.misread, "wav"],
  [faulty.tooShort, "wav"],
  ...demos.films.map((film): [typeof film, string] => [film, "mp4"]),
  ...demos.sounds.map((sound): [typeof sound, string] => [sound, "mp3"]),
];

describe("the files of the sandbox", () => {
  test.each(contents)("$name is what it is meant to be", async (file, extension) => {
    expect((await fileTypeFromFile(file.path))?.ext).toBe(extension);
  });

  test("every constant is in the table above, and so is every media file of the folder", () => {
    expect(contents.map(([file]) => file.path).sort()).toEqual(all.map((file) => file.path).sort());
    const named = new Set(all.map((file) => file.path));
    const media = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name}`)
      .filter((path) => statSync(path).isFile() && !/\.(html|md|sh|ts)$/.test(path));
    expect(media.filter((path) => !named.has(path))).toEqual([]);
  });

  test("only the empty one is empty, and together they stay under 10 MB", () => {
    expect(all.filter((file) => statSync(file.path).size === 0)).toEqual([broken.empty]);
    const total = all.reduce((sum, file) => sum + statSync(file.path).size, 0);
    expect(total).toBeLessThan(10_000_000);
  });

  test("README.md has a row for each, and names the script that made them", () => {
    const readme = readFileSync(`${folder}/README.md`, "utf8");
    for (const { path } of all) expect(readme).toContain(`\`${path.slice(folder.length + 1)}\``);
    expect(readme).toContain("make.sh");
    expect(existsSync(`${folder}/make.sh`)).toBe(true);
  });
});

const Probe = z.object({
  streams: z.array(
    z.object({
      codec_name: z.string(),
      width: z.number().optional(),
      height: z.number().optional(),
      r_frame_rate: z.string(),
      sample_rate: z.coerce.number().optional(),
      channels: z.number().optional(),
      bit_rate: z.coerce.number().optional(),
    }),
  ),
  format: z.object({ duration: z.coerce.number() }),
});

function ffprobe(path: string): z.infer<typeof Probe> {
  const args = ["-v", "error", "-show_streams", "-show_format", "-of", "json", path];
  return Probe.parse(JSON.parse(execFileSync("ffprobe", args, { encoding: "utf8" })));
}

function probe(path: string) {
  const { streams, format } = ffprobe(path);
  const video = streams.find((stream) => stream.width !== undefined);
  return {
    codecs: streams.map((stream) => stream.codec_name).sort(),
    picture: `${video?.width}x${video?.height}`,
    fps: video?.r_frame_rate,
    seconds: Math.round(format.duration),
  };
}

/** The vendor's limits: 1080p or 4K, 25 to 60 fps, 2 to 10 minutes; each broken one breaks one of them. */
const films = [
  { film: material.footage1080p, picture: "1920x1080", fps: "25/1", seconds: 125 },
  { film: material.footage4k, picture: "3840x2160", fps: "25/1", seconds: 125 },
  { film: material.footageMov, picture: "1920x1080", fps: "25/1", seconds: 125 },
  { film: demos.films[0], picture: "640x360", fps: "25/1", seconds: 4 },
  { film: material.consentVideo, picture: "1920x1080", fps: "25/1", seconds: 12 },
  { film: broken.footage20s, picture: "1920x1080", fps: "25/1", seconds: 20 },
  { film: broken.footage720p, picture: "1280x720", fps: "25/1", seconds: 125 },
  { film: broken.footage15fps, picture: "1920x1080", fps: "15/1", seconds: 125 },
];

/** The vendor's limits: 16 kHz at least, 128 kbit/s at least where compressed; a recording read aloud of 10 to 20 s. */
const sounds = [
  { sound: material.recordingWav, codec: "pcm_s16le", rate: 16_000, seconds: 15 },
  { sound: material.recordingMp3, codec: "mp3", rate: 44_100, seconds: 15, kbps: 128 },
  { sound: material.recordingM4a, codec: "aac", rate: 44_100, seconds: 15, kbps: 133 },
  { sound: broken.recording8khz, codec: "pcm_s16le", rate: 8_000, seconds: 11 },
  { sound: broken.recording64kbps, codec: "mp3", rate: 44_100, seconds: 11, kbps: 64 },
  { sound: faulty.clipped, codec: "pcm_s16le", rate: 16_000, seconds: 11 },
  { sound: faulty.noisy, codec: "pcm_s16le", rate: 16_000, seconds: 11 },
  { sound: faulty.misread, codec: "pcm_s16le", rate: 16_000, seconds: 11 },
  { sound: faulty.tooShort, codec: "pcm_s16le", rate: 16_000, seconds: 3 },
];

describe("the recordings, sample by sample", () => {
  /** Shares of the whole at full scale, and loudness of the first half second beside the loudest half second. */
  const hear = (path: string) => {
    const bytes = readFileSync(path).subarray(44);
    const samples = Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(2 * i));
    const full = samples.filter((sample) => sample <= -32_768 || sample >= 32_767).length;
    const loudness = Array.from({ length: Math.floor(samples.length / 8_000) }, (_, i) =>
      Math.hypot(...samples.slice(8_000 * i, 8_000 * (i + 1))),
    );
    return { clipped: full / samples.length, margin: (loudness[0] ?? 0) / Math.max(...loudness) };
  };

  test("the good one begins and ends in silence, and never reaches full scale", () => {
    const { clipped, margin } = hear(material.recordingWav.path);
    expect(clipped).toBe(0);
    expect(margin).toBeLessThan(0.01);
  });

  test("the overdriven one is at full scale for a tenth of it, the noisy one is never silent", () => {
    expect(hear(faulty.clipped.path).clipped).toBeGreaterThan(0.1);
    expect(hear(faulty.noisy.path)).toMatchObject({ clipped: 0 });
    expect(hear(faulty.noisy.path).margin).toBeGreaterThan(0.2);
  });
});

describe("the zips", () => {
  /** Name, flags, packed and whole size of each entry, from the directory at the end. */
  const entries = (path: string) => {
    const bytes = readFileSync(path);
    const found: { name: string; encrypted: boolean; ratio: number }[] = [];
    for (let at = bytes.indexOf("PK\x01\x02", 0, "latin1"); at >= 0; ) {
      const name = bytes.subarray(at + 46, at + 46 + bytes.readUInt16LE(at + 28)).toString("utf8");
      const ratio = bytes.readUInt32LE(at + 24) / bytes.readUInt32LE(at + 20);
      found.push({ name, encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1, ratio });
      at = bytes.indexOf("PK\x01\x02", at + 46, "latin1");
    }
    return found;
  };

  test("the good one holds wavs and nothing else", () => {
    const names = entries(material.voicePackage.path).map((entry) => entry.name);
    expect(names).toEqual(["01.wav", "02.wav", "03.wav", "04.wav", "05.wav"]);
  });

  test("each broken one is broken in its own way", () => {
    expect(entries(broken.packageNested.path).map((entry) => entry.name)).toContain("more.zip");
    expect(entries(broken.packageEncrypted.path)).toMatchObject([{ name: "01.wav", encrypted: true }]);
    expect(entries(broken.packageBomb.path)[0]?.ratio).toBeGreaterThan(1_000);
    expect(entries(broken.packageWithText.path).map((entry) => entry.name)).toContain("transcript.txt");
  });
});

if (spawnSync("ffprobe", ["-version"]).status === 0) {
  describe("the sounds, as ffprobe hears them", () => {
    test.each(sounds)("$sound.name", ({ sound, codec, rate, seconds, kbps }) => {
      const { streams, format } = ffprobe(sound.path);
      expect(streams).toMatchObject([{ codec_name: codec, sample_rate: rate, channels: 1 }]);
      expect(Math.round(format.duration)).toBe(seconds);
      if (kbps) expect(Math.round((streams[0]?.bit_rate ?? 0) / 1000)).toBe(kbps);
    });
  });

  describe("the films, as ffprobe sees them", () => {
    test.each(films)("$film.name", ({ film, ...expected }) => {
      expect(probe(film.path)).toEqual({ codecs: ["aac", "h264"], ...expected });
    });
  });
}
