import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileTypeFromFile } from "file-type";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { broken, material } from "../../sandbox/material/files.ts";

const folder = dirname(material.photoPng.path);
const all = [...Object.values(material), ...Object.values(broken)];

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
    }),
  ),
  format: z.object({ duration: z.coerce.number() }),
});

function probe(path: string) {
  const args = ["-v", "error", "-show_streams", "-show_format", "-of", "json", path];
  const { streams, format } = Probe.parse(JSON.parse(execFileSync("ffprobe", args, { encoding: "utf8" })));
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
  { film: material.consentVideo, picture: "1920x1080", fps: "25/1", seconds: 12 },
  { film: broken.footage20s, picture: "1920x1080", fps: "25/1", seconds: 20 },
  { film: broken.footage720p, picture: "1280x720", fps: "25/1", seconds: 125 },
  { film: broken.footage15fps, picture: "1920x1080", fps: "15/1", seconds: 125 },
];

if (spawnSync("ffprobe", ["-version"]).status === 0) {
  describe("the films, as ffprobe sees them", () => {
    test.each(films)("$film.name", ({ film, ...expected }) => {
      expect(probe(film.path)).toEqual({ codecs: ["aac", "h264"], ...expected });
    });
  });
}
