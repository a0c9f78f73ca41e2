import { describe, expect, it } from "vitest";
import type { MediaInfo, ZipEntry } from "../../../src/core/check-ports.ts";
import { checkDeclaredType } from "../../../src/core/declared-type.ts";
import { findingSchema, judge, judgeSize } from "../../../src/core/judge.ts";
import type { Kind, MaterialRole } from "../../../src/core/kinds.ts";
import { KINDS, MATERIAL_ROLES } from "../../../src/core/kinds.ts";
import { MB } from "../../../src/core/material.ts";
import { RULE_ROWS } from "../../../src/core/material-rules.ts";
import { RULES } from "../../../src/core/rule-row.ts";

const film: MediaInfo = {
  container: "mp4",
  seconds: 125,
  video: { codec: "AVC", width: 1920, height: 1080, aspect: 1.778, fps: 25 },
  audio: { codec: "AAC", sampleRate: 24_000, bitRate: 13_000 },
};
const sound: MediaInfo = {
  container: "mp3",
  seconds: 15,
  audio: { codec: "MPEG Audio", sampleRate: 44_100, bitRate: 128_000 },
};
const entry = (name: string, more: Partial<ZipEntry> = {}): ZipEntry => ({
  name,
  size: 1000,
  packed: 700,
  isEncrypted: false,
  ...more,
});
const pack = (entries: ZipEntry[], bytes = 1000, count = entries.length): MediaInfo => ({
  zip: { bytes, count, entries },
});
const video = (more: MediaInfo["video"]): MediaInfo => ({ ...film, video: { ...film.video, ...more } });
const audio = (more: MediaInfo["audio"]): MediaInfo => ({ ...sound, audio: { ...sound.audio, ...more } });

/** As `rule: measured`, with the severity in front. */
function verdict(kind: Kind, role: MaterialRole, inside: MediaInfo): string[] {
  return judge(kind, role, inside).map((f) => `${f.severity} ${f.rule}: ${f.measured}`);
}

describe("what keeps every limit", () => {
  it.each([
    ["IMAGE", "footage", film],
    ["IMAGE", "footage", { ...film, seconds: 600.04 }],
    ["IMAGE", "footage", { ...film, seconds: 119.96 }],
    ["IMAGE_GENERAL", "footage", { ...film, seconds: 60 }],
    ["IMAGE_GENERAL", "footage", video({ width: 1080, height: 1920, aspect: 0.563 })],
    ["IMAGE_4K", "footage", video({ width: 3840, height: 2160, fps: 60.02 })],
    ["IMAGE_4K", "footage", video({ width: 2160, height: 3840, aspect: 0.5625, fps: 24.97 })],
    ["IMAGE", "footage", video({ codec: "HEVC", fps: 59.94 })],
    ["IMAGE", "footage", video({ fps: 60.5 })],
    ["IMAGE", "footage", video({ fps: 24.93 })],
    ["VOICE", "voice-package", pack([entry("/"), entry("./"), entry("a/../01.wav"), entry("b.wave"), entry("c.bwf")])],
    ["IMAGE", "identity-video", { ...film, seconds: 5, video: { width: 640, height: 480 } }],
    ["IMAGE", "identity-letter", { pages: 1 }],
    ["IMAGE_PHOTO", "photo", { container: "png", picture: { width: 512, height: 4000 } }],
    ["VOICE", "recording", { container: "wav", seconds: 0.5, audio: { codec: "PCM", sampleRate: 16_000 } }],
    ["VOICE", "voice-package", pack([entry("a/"), entry("a/1.WAV"), entry("__MACOSX/._1.wav"), entry(".DS_Store")])],
    ["ZERO_SHOT_VOICE", "reading", sound],
    ["ZERO_SHOT_VOICE", "reading", { ...sound, seconds: 30.04 }],
    ["ZERO_SHOT_VOICE", "reading", audio({ bitRate: 116_000 })],
    ["ZERO_SHOT_VOICE", "reading", { container: "wav", seconds: 10, audio: { codec: "PCM", sampleRate: 16_000 } }],
  ] as [Kind, MaterialRole, MediaInfo][])("%s %s %j", (kind, role, inside) => {
    expect(verdict(kind, role, inside)).toEqual([]);
  });
});

describe("what breaks one", () => {
  it.each([
    ["IMAGE", "footage", { ...film, seconds: 119.9 }, "refuse duration: 119.9"],
    ["IMAGE_4K", "footage", { ...video({ width: 3840, height: 2160 }), seconds: 601 }, "refuse duration: 601"],
    ["IMAGE_GENERAL", "footage", { ...film, seconds: 59 }, "refuse duration: 59"],
    ["IMAGE", "footage", video({ width: 1280, height: 720 }), "refuse resolution: 1280x720"],
    ["IMAGE_4K", "footage", film, "refuse resolution: 1920x1080"],
    ["IMAGE", "footage", video({ aspect: 1.333 }), "refuse aspect: 4:3"],
    ["IMAGE", "footage", video({ aspect: 2.4 }), "refuse aspect: 2.40:1"],
    ["IMAGE", "footage", video({ fps: 23.976 }), "refuse frame-rate: 24"],
    ["IMAGE", "footage", video({ fps: 120 }), "refuse frame-rate: 120"],
    ["IMAGE", "footage", video({ fps: 60.7 }), "refuse frame-rate: 60.7"],
    ["IMAGE", "footage", video({ fps: 24.7 }), "refuse frame-rate: 24.7"],
    ["IMAGE", "identity-letter", { pages: 1, isCutOff: true }, "warn pdf-end: 0"],
    ["IMAGE", "identity-letter", { pages: 1, needsPassword: true }, "warn pdf-password: 1"],
    ["IMAGE_PHOTO", "photo", { picture: { width: 900, height: 900, isAnimated: true } }, "warn animation: 1"],
    ["IMAGE", "identity-video", { container: "mp4", seconds: 12, audio: {} }, "refuse picture-track: 0"],
    ["IMAGE", "identity-letter", { pages: 21 }, "warn pages: 21"],
    ["IMAGE", "identity-letter", { pages: 0 }, "warn pages: 0"],
    ["IMAGE_PHOTO", "photo", { picture: { width: 1024, height: 511 } }, "warn pixels: 511"],
    ["VOICE", "recording", audio({ sampleRate: 15_999 }), "warn sample-rate: 15999"],
    ["ZERO_SHOT_VOICE", "reading", audio({ sampleRate: 8000 }), "refuse sample-rate: 8000"],
    ["ZERO_SHOT_VOICE", "reading", { ...sound, seconds: 8 }, "warn duration: 8"],
    ["ZERO_SHOT_VOICE", "reading", { ...sound, seconds: 35 }, "warn duration: 35"],
    ["ZERO_SHOT_VOICE", "reading", audio({ bitRate: 64_000 }), "warn bit-rate: 64000"],
    ["ZERO_SHOT_VOICE", "reading", { ...sound, container: "FLAC" }, "refuse container: FLAC"],
    ["VOICE", "voice-package", pack([]), "refuse zip-count: 0"],
    ["VOICE", "voice-package", pack([entry("a.wav")], 1000, 5001), "warn zip-count: 5001"],
    ["VOICE", "voice-package", pack([entry("a.wav", { isEncrypted: true })]), "refuse zip-encrypted: a.wav"],
    ["VOICE", "voice-package", pack([entry("a.wav", { size: 101_000 })]), "refuse zip-ratio: 101"],
    ["VOICE", "voice-package", pack([entry("x/../../a.wav")]), "refuse zip-names: x/../../a.wav"],
    ["VOICE", "voice-package", pack([entry("a/../../01.wav")]), "refuse zip-names: a/../../01.wav"],
    ["VOICE", "voice-package", pack([entry("//01.wav")]), "refuse zip-names: //01.wav"],
    ["VOICE", "voice-package", pack([entry("a.wav"), entry("b.m4b")]), "warn zip-formats: b.m4b"],
    ["VOICE", "voice-package", pack([entry("C:\\a.wav")]), "refuse zip-names: C:\\a.wav"],
    ["VOICE", "voice-package", pack([entry("/etc/a.wav")]), "refuse zip-names: /etc/a.wav"],
    ["VOICE", "voice-package", pack([entry("a.wav"), entry("b.tar.gz")]), "warn zip-nested: b.tar.gz"],
    ["VOICE", "voice-package", pack([entry("a.wav"), entry("b.mp3")]), "warn zip-formats: b.mp3"],
  ] as [Kind, MaterialRole, MediaInfo, string][])("%s %s %j: %s", (kind, role, inside, said) => {
    expect(verdict(kind, role, inside)[0]).toBe(said);
  });

  it("is told with its limits, worst first, one finding a rule", () => {
    const bad = { ...sound, seconds: 45, audio: { codec: "AAC", sampleRate: 16_000, bitRate: 96_000 } };
    expect(judge("ZERO_SHOT_VOICE", "reading", bad)).toEqual([
      { rule: "duration", severity: "warn", measured: 45, low: 10, high: 30 },
      { rule: "bit-rate", severity: "warn", measured: 96_000, low: 128_000 },
    ]);
    const small = { rule: "resolution", severity: "refuse", measured: "1920x1080", takes: ["3840x2160", "2160x3840"] };
    expect(judge("IMAGE_4K", "footage", film)).toEqual([small]);
  });

  it("is a zip of documents, however many these are", () => {
    const said = verdict("VOICE", "voice-package", pack([entry("a.pdf"), entry("b.zip")]));
    expect(said).toEqual(["refuse zip-recordings: 0", "warn zip-nested: b.zip", "warn zip-formats: a.pdf"]);
  });
});

describe("what cannot be told", () => {
  it.each([
    ["IMAGE", "footage", {}, ["duration", "resolution", "aspect", "frame-rate"]],
    ["IMAGE", "footage", { container: "mp4" }, ["duration", "resolution", "aspect", "frame-rate"]],
    ["IMAGE", "identity-video", {}, []],
    ["IMAGE", "identity-letter", {}, ["pages"]],
    ["IMAGE_PHOTO", "photo", {}, ["pixels"]],
    ["VOICE", "recording", { container: "wav" }, ["sample-rate"]],
    ["VOICE", "voice-package", {}, ["zip-directory"]],
    ["VOICE", "voice-package", pack([entry("a.wav")], 1000, 2), ["zip-directory"]],
    ["ZERO_SHOT_VOICE", "reading", {}, ["container", "duration", "sample-rate", "bit-rate"]],
  ] as [Kind, MaterialRole, MediaInfo, string[]][])(
    "%s %s %j is unknown and let through",
    (kind, role, inside, rules) => {
      const found = judge(kind, role, inside);
      expect(found.map((f) => f.rule)).toEqual(rules);
      expect(found.every((f) => f.severity === "unknown" && f.measured === undefined)).toBe(true);
    },
  );
});

describe("a file that could not be looked into at all", () => {
  it.each(MATERIAL_ROLES)("is unknown as %s, in one finding, and let through", (role) => {
    expect(judge("IMAGE", role, { gaveUp: true })).toEqual([{ rule: "contents", severity: "unknown" }]);
  });
});

describe("the table", () => {
  it("names a source in each row, and rules and roles that there are", () => {
    expect(RULE_ROWS.filter((row) => !/^\d{5,6}$|^ours(?:: |$)/.test(row.source))).toEqual([]);
    const own = ["name-extension", "declared-type", "contents", "suggested-size"];
    expect([...new Set([...own, ...RULE_ROWS.map((row) => row.rule)])].sort()).toEqual([...RULES].sort());
  });

  it("gives findings that the record can keep, of any kind and role", () => {
    const found = KINDS.flatMap((kind) =>
      MATERIAL_ROLES.flatMap((role) => [{}, film, sound, pack([])].flatMap((inside) => judge(kind, role, inside))),
    );
    expect(found.map((finding) => findingSchema.parse(finding))).toEqual(found);
  });
});

it.each([
  ["recording", 21 * MB, "mainland", 1],
  ["recording", 20 * MB, "mainland", 0],
  ["recording", 500 * MB, "international", 0],
  ["photo", 500 * MB, "mainland", 0],
] as const)("a %s of %d bytes at the %s gateway has %d warnings about its size", (role, size, gateway, count) => {
  expect(judgeSize(role, size, gateway)).toHaveLength(count);
});

describe("name and declared type", () => {
  it.each([
    ["a.mp4", "video/mp4", "mp4"],
    ["A.M4V", "video/x-m4v", "mp4"],
    ["a.jpeg", "image/jpeg; charset=binary", "jpg"],
    ["a.wma", "audio/x-ms-wma", "asf"],
    ["a.m4a", "audio/mp4", "m4a"],
    ["no ending", undefined, "mov"],
    ["take 1.final", "application/octet-stream", "wav"],
    ["a.bin", "", "other"],
  ] as const)("%s as %s agree with %s", (name, type, format) => {
    expect(checkDeclaredType(name, type, format)).toEqual([]);
  });

  it.each([
    ["a.pdf", "application/pdf", "png", "name-extension", "pdf"],
    ["a.txt", "text/plain", "mp4", "name-extension", "txt"],
    ["a.mp4", "video/mp4", "mov", "name-extension", "mp4"],
    ["a.mp3", "audio/mpeg", "wav", "name-extension", "mp3"],
    ["a.wav", "audio/mpeg", "wav", "declared-type", "audio/mpeg"],
    ["footage", "application/pdf", "zip", "declared-type", "application/pdf"],
    ["a.mp4", "text/html", "mp4", "declared-type", "text/html"],
  ] as const)("%s as %s contradict %s: a warning about the %s", (name, type, format, rule, measured) => {
    const [finding, ...more] = checkDeclaredType(name, type, format);
    expect(finding).toMatchObject({ rule, severity: "warn", measured });
    expect(findingSchema.parse(finding)).toEqual(finding);
    expect(more).toEqual([]);
  });
});
