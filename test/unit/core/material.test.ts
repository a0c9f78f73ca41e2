import { describe, expect, test } from "vitest";
import type { Kind, MaterialRole } from "../../../src/core/kinds.ts";
import { isKind, KINDS, kindRow, MATERIAL_ROLES, needs } from "../../../src/core/kinds.ts";
import type { FileFormat } from "../../../src/core/material.ts";
import { FILE_FORMATS, falseExtension, formatsTaken, GB, MB, roleRow } from "../../../src/core/material.ts";
import type { Sighting } from "../../../src/core/recognise.ts";
import { acceptMaterial, recognise } from "../../../src/core/recognise.ts";

const VIDEO_KINDS = ["IMAGE", "IMAGE_GENERAL", "IMAGE_4K"] as const;

describe("kinds", () => {
  const needed = (kind: Kind, consent: boolean) =>
    needs(kind, consent).map((need) => `${need.id}: ${need.roles.join("/")}`);

  test.each(VIDEO_KINDS)("%s needs one authorization and footage", (kind) => {
    const both = ["authorization: identity-video/identity-letter", "footage: footage"];
    expect(needed(kind, false)).toEqual(both);
    expect(needed(kind, true)).toEqual(both);
    expect(kindRow(kind)).toMatchObject({ hasDecision: true, takes: ["background"] });
  });

  test("IMAGE_PHOTO needs a photo, and an authorization only when that is required here", () => {
    expect(needed("IMAGE_PHOTO", false)).toEqual(["photo: photo"]);
    expect(needed("IMAGE_PHOTO", true)).toEqual(["authorization: identity-video/identity-letter", "photo: photo"]);
    expect(kindRow("IMAGE_PHOTO")).toMatchObject({ hasDecision: false, takes: ["photo-version"] });
  });

  test("VOICE needs an authorization, its package and a recording; ZERO_SHOT_VOICE only a reading", () => {
    const authorization = "authorization: identity-video/identity-letter";
    const basic = [authorization, "voice-package: voice-package", "recording: recording"];
    expect(needed("VOICE", false)).toEqual(basic);
    expect(needed("VOICE", true)).toEqual(basic);
    expect(needed("ZERO_SHOT_VOICE", false)).toEqual(["recording: reading"]);
    expect(needed("ZERO_SHOT_VOICE", true)).toEqual([authorization, "recording: reading"]);
    expect(kindRow("VOICE")).toMatchObject({ hasDecision: true, takes: ["language", "reference-text"] });
    expect(kindRow("ZERO_SHOT_VOICE")).toMatchObject({ hasDecision: true, takes: ["language"] });
  });

  test("a kind is one of the vendor's constants", () => {
    expect(KINDS.every(isKind)).toBe(true);
    expect(["image", "", "VOICE ", "toString"].some(isKind)).toBe(false);
  });

  test("the card's formats", () => {
    expect(formatsTaken("IMAGE", false)).toEqual(["mp4", "pdf", "mov"]);
    expect(formatsTaken("IMAGE_PHOTO", false)).toEqual(["png", "jpg", "webp"]);
    expect(formatsTaken("IMAGE_PHOTO", true)).toEqual(["mp4", "pdf", "png", "jpg", "webp"]);
  });
});

function seen(over: Partial<Sighting>): Sighting {
  const request = { kind: "IMAGE", consentRequired: false, taken: [] } as const;
  const message = { name: "IMG_0042", caption: "", severalVideos: false, letterBeside: false };
  return { ...request, ...message, format: "mp4", ...over };
}

const BESIDE_LETTER = { letterBeside: true, taken: ["identity-letter"] } satisfies Partial<Sighting>;

describe("recognising a file", () => {
  const letter: MaterialRole = "identity-letter";
  const film: MaterialRole = "identity-video";

  test.each<[string, Partial<Sighting>, MaterialRole | "ask"]>([
    ["a pdf is the letter", { format: "pdf" }, letter],
    ["a pdf, whatever is said", { format: "pdf", caption: "footage", taken: [film, letter] }, letter],
    ["the first video asks", {}, "ask"],
    ["a video after a letter is the footage", { taken: [letter] }, "footage"],
    ["a video after an authorization video is the footage", { taken: [film] }, "footage"],
    ["a video after the footage is the authorization", { taken: ["footage"] }, film],
    ["a mov after a letter is the footage", { format: "mov", taken: [letter] }, "footage"],
    ["the first mov asks", { format: "mov" }, "ask"],
    ["when nothing is missing it asks", { taken: [film, "footage"] }, "ask"],
    ["when nothing is missing, with a letter, it asks", { taken: [letter, "footage"] }, "ask"],
    ["several videos ask", { severalVideos: true }, "ask"],
    ["several videos ask also when one is missing", { severalVideos: true, taken: [letter] }, "ask"],
    ["several videos do not share a pdf's question", { severalVideos: true, format: "pdf" }, letter],
    ["said: authorization", { caption: "my Authorization" }, film],
    ["said: authorisation", { caption: "AUTHORISATION video" }, film],
    ["said: consent, of a second one", { caption: "consent.", taken: [film, "footage"] }, film],
    ["said: consent, while the footage is missing", { caption: "consent.", taken: [film] }, "ask"],
    ["said: 授权", { caption: "这是授权视频" }, film],
    ["said: 授權", { caption: "這是授權影片" }, film],
    ["said: footage", { caption: "The footage!" }, "footage"],
    ["said: material, of a second one", { caption: "material", taken: [letter, "footage"] }, "footage"],
    ["said: material, while the authorization is missing", { caption: "material", taken: ["footage"] }, "ask"],
    ["said: 素材", { caption: "素材在这里" }, "footage"],
    ["said of a mov", { format: "mov", caption: "footage" }, "footage"],
    ["said both", { caption: "consent and footage" }, "ask"],
    ["said both, one missing", { caption: "授权 素材", taken: [letter] }, "ask"],
    ["said something else", { caption: "here you are", taken: ["footage"] }, film],
    ["said of the letter beside it", { ...BESIDE_LETTER, caption: "authorization letter and video" }, "footage"],
    ["said of the letter beside it, in Chinese", { ...BESIDE_LETTER, caption: "授权书和视频" }, "footage"],
    [
      "said of the letter beside it, and of the footage",
      { ...BESIDE_LETTER, caption: "consent form, footage" },
      "footage",
    ],
    ["said: a letter of consent", { ...BESIDE_LETTER, caption: "letter of consent + take 3" }, "footage"],
    ["said: an authorization video, beside a letter", { ...BESIDE_LETTER, caption: "consent video" }, "ask"],
    ["said of a letter that is not there", { caption: "authorization letter and video" }, "ask"],
    ["said: it follows", { caption: "the take; her consent letter follows tomorrow" }, "ask"],
    ["said: it follows, and it is what is missing", { caption: "consent will follow", taken: ["footage"] }, "ask"],
    ["said: none", { caption: "no consent video today" }, "ask"],
    ["said: it is not", { caption: "this isn't the footage" }, "ask"],
    ["said: later, in Chinese", { caption: "授權書稍後補上" }, "ask"],
    ["said: later, of the footage", { caption: "素材明天补" }, "ask"],
    ["said: none, beside a letter", { ...BESIDE_LETTER, caption: "no consent video, see the letter" }, "ask"],
    ["named: consent", { name: "consent-mei.mp4" }, film],
    ["named: footage", { name: "Footage_4K.MOV", format: "mov" }, "footage"],
    ["named: 素材", { name: "小美素材.mp4" }, "footage"],
    ["named: none", { name: "no_consent.mp4" }, "ask"],
    ["named both", { name: "consent-and-footage.mp4" }, "ask"],
    ["named by a camera", { name: "IMG_0042.MOV", taken: [letter] }, "footage"],
    ["named as what is not missing", { name: "consent.mp4", taken: [letter] }, "ask"],
    ["named and said alike", { name: "footage.mp4", caption: "the material" }, "footage"],
    ["named one way and said another", { name: "footage.mp4", caption: "consent" }, "ask"],
    ["several videos go by their names", { name: "consent.mp4", severalVideos: true }, film],
    ["several videos do not share a caption", { caption: "footage", severalVideos: true }, "ask"],
  ])("%s", (_what, over, role) => {
    for (const kind of VIDEO_KINDS) {
      expect(recognise(seen({ ...over, kind }))).toEqual(role === "ask" ? { type: "ask" } : { type: "role", role });
    }
  });

  test.each<FileFormat>(["png", "jpg", "webp"])("a %s is the photo of a photo avatar", (format) => {
    expect(recognise(seen({ kind: "IMAGE_PHOTO", format }))).toEqual({ type: "role", role: "photo" });
    expect(recognise(seen({ kind: "IMAGE_PHOTO", format, consentRequired: true }))).toEqual({
      type: "role",
      role: "photo",
    });
  });

  test("a photo avatar that needs an authorization takes a video or a letter without a question", () => {
    const photo = { kind: "IMAGE_PHOTO", consentRequired: true, severalVideos: true, caption: "footage" } as const;
    expect(recognise(seen({ ...photo, format: "mp4" }))).toEqual({ type: "role", role: "identity-video" });
    expect(recognise(seen({ ...photo, format: "pdf" }))).toEqual({ type: "role", role: "identity-letter" });
  });

  test("a voice takes sound and its package, each kind its own", () => {
    expect(recognise(seen({ kind: "VOICE", format: "wav" }))).toEqual({ type: "role", role: "recording" });
    expect(recognise(seen({ kind: "VOICE", format: "zip" }))).toEqual({ type: "role", role: "voice-package" });
    expect(recognise(seen({ kind: "VOICE", format: "mp4" }))).toEqual({ type: "role", role: "identity-video" });
    for (const format of ["wav", "mp3", "aac", "m4a", "asf"] as const) {
      expect(recognise(seen({ kind: "ZERO_SHOT_VOICE", format }))).toEqual({ type: "role", role: "reading" });
    }
    const needs = ["identity-video", "identity-letter", "voice-package", "recording"];
    const refusal = { type: "wrong-format", format: "mp3", takes: ["mp4", "pdf", "zip", "wav"], needs };
    expect(recognise(seen({ kind: "VOICE", format: "mp3" }))).toEqual(refusal);
  });

  test("what no role takes is refused with what is taken", () => {
    for (const format of ["png", "jpg", "webp", "zip", "wav", "mp3", "other"] as const) {
      const needs = ["identity-video", "identity-letter", "footage"];
      const refusal = { type: "wrong-format", format, takes: ["mp4", "pdf", "mov"], needs };
      expect(recognise(seen({ format }))).toEqual(refusal);
    }
    for (const format of ["mp4", "mov", "pdf", "zip", "wav", "mp3", "other"] as const) {
      const refusal = { type: "wrong-format", format, takes: ["png", "jpg", "webp"], needs: ["photo"] };
      expect(recognise(seen({ kind: "IMAGE_PHOTO", format }))).toEqual(refusal);
    }
  });
});

describe("an extension", () => {
  test.each([
    ["photo.PNG", "jpg", "png"],
    ["scan.jpeg", "pdf", "jpeg"],
    ["scan.jpeg", "jpg", undefined],
    ["take.m4v", "mp4", undefined],
    ["notes.mp4", "other", "mp4"],
    ["take.avi", "other", undefined],
    ["take 1.final", "mp4", undefined],
    ["footage", "mp4", undefined],
    ["a.constructor", "mp4", undefined],
  ] as const)("of %s with %s inside claims %s", (name, format, claimed) => {
    expect(falseExtension(name, format)).toBe(claimed);
  });
});

describe("accepting a file for a role", () => {
  const LIMITS: [MaterialRole, Kind, number][] = [
    ["identity-video", "IMAGE", 5 * GB],
    ["identity-letter", "IMAGE", 10 * MB],
    ["footage", "IMAGE", 5 * GB],
    ["footage", "IMAGE_GENERAL", 5 * GB],
    ["footage", "IMAGE_4K", 10 * GB],
    ["photo", "IMAGE_PHOTO", 16 * MB],
    ["voice-package", "VOICE", 5 * GB],
    ["recording", "VOICE", 5 * GB],
    ["reading", "ZERO_SHOT_VOICE", 20 * MB],
  ];

  test.each(LIMITS)("%s of %s", (role, kind, limit) => {
    for (const format of roleRow(role).formats) {
      expect(acceptMaterial(kind, role, { format, size: 1 })).toBeUndefined();
      expect(acceptMaterial(kind, role, { format, size: limit })).toBeUndefined();
      const tooLarge = { type: "too-large", role, size: limit + 1, limit };
      expect(acceptMaterial(kind, role, { format, size: limit + 1 })).toEqual(tooLarge);
      expect(acceptMaterial(kind, role, { format, size: 0 })).toEqual({ type: "empty-file" });
    }
  });

  const FORMATS: Readonly<Record<MaterialRole, FileFormat[]>> = {
    "identity-video": ["mp4"],
    "identity-letter": ["pdf"],
    footage: ["mp4", "mov"],
    photo: ["png", "jpg", "webp"],
    "voice-package": ["zip"],
    recording: ["wav"],
    reading: ["mp3", "wav", "aac", "m4a", "asf"],
  };

  test.each(MATERIAL_ROLES)("%s takes only its published formats", (role) => {
    for (const format of FILE_FORMATS) {
      const takes = FORMATS[role];
      const refusal = takes.includes(format) ? undefined : { type: "wrong-format", format, takes, role };
      expect(acceptMaterial("IMAGE", role, { format, size: 5 })).toEqual(refusal);
    }
  });
});
