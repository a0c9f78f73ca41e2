import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeyedFile } from "../../../src/core/coskey.ts";
import { coskeyFor, parsePathPrefix } from "../../../src/core/coskey.ts";
import { isFault } from "../../../src/core/fault.ts";
import type { MaterialRole } from "../../../src/core/kinds.ts";
import { MATERIAL_ROLES } from "../../../src/core/kinds.ts";
import type { FileFormat } from "../../../src/core/material.ts";
import { FILE_FORMATS, formatsOf, roleRow } from "../../../src/core/material.ts";
import { anyText } from "../../fixtures/any-text.ts";

const BUCKET = "virtualhuman-cos-test-prod-1258344699";
const KEY = "customer-pipeline/12/6f2a1c9e-0b7d-4f7e-9a53-2f8d1c0b7a11/";

describe("PathPrefix", () => {
  test.each([
    ["", /is not an address|names the host/],
    ["http://b-125.cos.ap-guangzhou.myqcloud.com/k/", /is not https but http/],
    ["https://u@b-125.cos.ap-guangzhou.myqcloud.com/k/", /has a user or a port/],
    ["https://b-125.cos.ap-guangzhou.myqcloud.com:444/k/", /has a user or a port/],
    ["https://cos.example.com/k/", /names the host cos\.example\.com, which is not one of Tencent's COS/],
    ["https://bucket.cos.ap-guangzhou.myqcloud.com/k/", /names the bucket bucket, which does not end in -\{appid\}/],
    ["https://b-125.cos.myqcloud.com/k/", /names no region/],
    ["https://b-125.myqcloud.com/k/", /names no region/],
    ["https://b-125.cos.ap.guangzhou.myqcloud.com/k/", /which is not \{bucket\}\.cos\.\{region\}/],
  ])("that is refused says why: %s", (text, why) => {
    expect(() => parsePathPrefix(text)).toThrow(why);
  });

  test.each([
    [`https://${BUCKET}.cos.ap-guangzhou.myqcloud.com/${KEY}`, "ap-guangzhou", KEY],
    [`${BUCKET}.cos.ap-guangzhou.myqcloud.com/${KEY}`, "ap-guangzhou", KEY],
    [`//${BUCKET}.cos.ap-guangzhou.myqcloud.com/${KEY}`, "ap-guangzhou", KEY],
    [`https://${BUCKET}.cos.accelerate.myqcloud.com/${KEY}`, "accelerate", KEY],
    [`https://${BUCKET}.accelerate.myqcloud.com/${KEY}`, "accelerate", KEY],
    [`https://${BUCKET}.ap-singapore.tencentcos.cn/${KEY}`, "ap-singapore", KEY],
    [`https://${BUCKET}.cos.ap-guangzhou.myqcloud.com//customer-pipline//7//`, "ap-guangzhou", "customer-pipline/7/"],
    [`https://${BUCKET}.cos.ap-guangzhou.myqcloud.com/customer-pipline/7`, "ap-guangzhou", "customer-pipline/7/"],
    [`https://${BUCKET}.cos.ap-guangzhou.myqcloud.com/a%2Fb/%E6%95%B0/c..d/`, "ap-guangzhou", "a/b/数/c..d/"],
    [`https://${BUCKET}.cos.ap-guangzhou.myqcloud.com`, "ap-guangzhou", ""],
  ])("%s is read", (text, region, key) => {
    expect(parsePathPrefix(text)).toEqual({ bucket: BUCKET, region, key });
  });

  const SAFE = `${BUCKET}.cos.ap-guangzhou.myqcloud.com`;
  test.each([
    "",
    "https://",
    "https://evil.com/customer-pipeline/",
    `http://${SAFE}/${KEY}`,
    `ftp://${SAFE}/${KEY}`,
    `https://${SAFE}.evil.com/${KEY}`,
    `https://${SAFE}@evil.com/${KEY}`,
    `https://user:pass@${SAFE}/${KEY}`,
    `https://evil.com\\${SAFE}/${KEY}`,
    `https://evil.com#${SAFE}/${KEY}`,
    `https://evil.com?${SAFE}/${KEY}`,
    `https://${SAFE}:8443/${KEY}`,
    `https://${SAFE}./${KEY}`,
    `https://x.${SAFE}/${KEY}`,
    "https://no-appid.cos.ap-guangzhou.myqcloud.com/a/",
    `https://${BUCKET}.cos.myqcloud.com/${KEY}`,
    `https://${BUCKET}.cos.ap-guangzhou.myqcloud.cn/${KEY}`,
    `https://${BUCKET}.cos.ap-guangzhou.xmyqcloud.com/${KEY}`,
  ])("%s is not a place of Tencent's", (text) => {
    expect(() => parsePathPrefix(text)).toThrow(/reading PathPrefix/);
  });

  test.each([
    "a/../b",
    "a/..",
    "../a",
    "./a",
    "a/%2e%2e/b",
    "a/.%2E/b",
    "a/..%2fb",
    "a/%2e/b",
    "a%5c..%5cb",
    "a\\b",
    "a\u0000b",
    "a/.\t./b",
    "a%00b",
    "a/%0ab",
    "a/%",
    "a/%ff",
  ])("a key like %j is refused", (key) => {
    expect(refused(() => parsePathPrefix(`https://${SAFE}/${key}/`))).toBe(true);
  });

  test("a host that is not Tencent's is refused, whatever it is", () => {
    const path = fc.constantFrom("/", `/${KEY}`, `/@${SAFE}/`, `/${SAFE}`, `#${SAFE}`, `?${SAFE}`, `\\${SAFE}/`);
    const scheme = fc.constantFrom("https://", "", "//", `https://${SAFE}@`, `https://${SAFE}%2f@`);
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((ip) => `[${ip}]`),
      fc.webAuthority(),
    );
    fc.assert(
      fc.property(scheme, host, path, (before, name, after) => {
        expect(refused(() => parsePathPrefix(`${before}${name}${after}`))).toBe(true);
      }),
    );
  });
});

function refused(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    return isFault(error, "path-prefix");
  }
}

/** A prefix of one of the published forms, and what it means. */
const published = fc
  .record({
    scheme: fc.constantFrom("https://", "", "//"),
    cos: fc.constantFrom(".cos", ""),
    region: fc.constantFrom("ap-guangzhou", "ap-singapore", "na-siliconvalley", "accelerate"),
    domain: fc.constantFrom("myqcloud.com", "tencentcos.cn"),
    word: fc.constantFrom("customer-pipeline", "customer-pipline"),
    number: fc.nat().map(String),
    uuid: fc.uuid(),
    odd: fc.option(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).map((text) => `x${text.replaceAll("\\", "")}`),
      { nil: undefined },
    ),
    slashes: fc.array(fc.constantFrom("/", "//", "///"), { minLength: 5, maxLength: 5 }),
    encodeAll: fc.boolean(),
  })
  .map(({ scheme, cos, region, domain, word, number, uuid, odd, slashes, encodeAll }) => {
    const segments = [word, number, uuid, ...(odd === undefined ? [] : odd.split("/").filter((part) => part !== ""))];
    const path = segments.map((segment, i) => `${slashes[i] ?? "/"}${encoded(segment, encodeAll)}`).join("");
    return {
      text: `${scheme}${BUCKET}${cos}.${region}.${domain}${path}${slashes.at(-1) === "///" ? "" : slashes.at(-1)}`,
      region,
      key: segments.map((segment) => `${segment}/`).join(""),
    };
  })
  .filter(({ key }) => !/(^|\/)\.{1,2}\//.test(key));

function encoded(segment: string, all: boolean): string {
  const safe = encodeURIComponent(segment);
  return all ? safe.replace(/-/g, "%2D") : safe;
}

const utf16 = fc.array(fc.nat(0xffff), { maxLength: 80 }).map((units) => String.fromCharCode(...units));
const anyName = fc.oneof(
  anyText(),
  fc.string({ unit: "grapheme" }),
  utf16,
  fc.constantFrom(
    "",
    ".",
    "..",
    "...",
    ".mp4",
    "-",
    "_",
    "a/b.mp4",
    "..\\..\\x.mp4",
    "数字人 素材.MP4",
    "\u202egpj.exe",
  ),
  fc.tuple(anyText({ minLength: 1 }), fc.integer({ min: 100, max: 2000 })).map(([s, n]) => s.repeat(n)),
);
const slackId = fc.stringMatching(/^F[A-Z0-9]{8,12}$/);
const anyId = fc.oneof(slackId, anyText(), utf16);
const roleAndFormat: fc.Arbitrary<[MaterialRole, FileFormat]> = fc.constantFrom(
  ...MATERIAL_ROLES.flatMap((role) => roleRow(role).formats.map((f): [MaterialRole, FileFormat] => [role, f])),
);

describe("coskey", () => {
  test.each([
    ["identity-video", "consent.MP4", "mp4", "idcard/consent-F07ABC.mp4"],
    ["identity-letter", "Letter (signed).pdf", "pdf", "idcard/Letter-signed-F07ABC.pdf"],
    ["footage", "素材 1.final.mov", "mov", "video/素材-1-final-F07ABC.mov"],
    ["footage", "clip.mov", "mp4", "video/clip-F07ABC.mp4"],
    ["photo", "me.jpeg", "jpg", "photo/me-F07ABC.jpg"],
    ["photo", "../../etc/passwd", "png", "photo/file-F07ABC.png"],
    ["photo", "\ud83d\ude00.webp", "webp", "photo/file-F07ABC.webp"],
    ["photo", "cafe\u0301.png", "png", "photo/caf-F07ABC.png"],
    ["photo", "caf\u00e9.png", "png", "photo/caf-F07ABC.png"],
    ["voice-package", "takes.ZIP", "zip", "audio/takes-F07ABC.zip"],
    ["recording", "take.wav", "wav", "audio/take-F07ABC.wav"],
    ["reading", "读.wma", "asf", "zeroshot/读-F07ABC.asf"],
  ] as const)("%s %s of %s lies under %s", (role, name, format, tail) => {
    const prefix = { bucket: BUCKET, region: "ap-guangzhou", key: KEY };
    const key = coskeyFor(prefix, role, { name, id: "F07ABC", format });
    expect(key).toBe(`${KEY}${tail}`);
  });

  test("a content that a role does not take has no key", () => {
    const prefix = { bucket: BUCKET, region: "ap-guangzhou", key: KEY };
    for (const role of MATERIAL_ROLES) {
      for (const format of FILE_FORMATS.filter((f) => !formatsOf(role, "mainland").includes(f))) {
        expect(() => coskeyFor(prefix, role, { name: "x", id: "F1", format })).toThrow(/cannot be/);
      }
    }
  });

  test("for any name and any published prefix the key is safe, in its role's folder, with its extension", () => {
    fc.assert(
      fc.property(published, roleAndFormat, anyName, anyId, (from, [role, format], name, id) => {
        const prefix = parsePathPrefix(from.text);
        expect(prefix).toEqual({ bucket: BUCKET, region: from.region, key: from.key });
        const key = coskeyFor(prefix, role, { name, id, format });
        expect(key.startsWith(`${prefix.key}${roleRow(role).folder}/`)).toBe(true);
        expect(key.startsWith("/")).toBe(false);
        expect(key).not.toContain("//");
        expect(key.split("/")).not.toContain("..");
        const file = key.slice(prefix.key.length + roleRow(role).folder.length + 1);
        expect(file).not.toContain("..");
        expect(file.endsWith(`.${format}`)).toBe(true);
        const stem = file.slice(0, -format.length - 1);
        expect([...file].length).toBeLessThanOrEqual(50);
        expect(stem).toMatch(/^[\p{Script=Han}A-Za-z0-9_-]{2,50}$/u);
        expect(coskeyFor(prefix, role, { name, id, format })).toBe(key);
      }),
      { numRuns: 500 },
    );
  });

  test("two different files never share a key", () => {
    const prefix = { bucket: BUCKET, region: "ap-guangzhou", key: KEY };
    const key = ([role, format]: [MaterialRole, FileFormat], file: Omit<KeyedFile, "format">) =>
      coskeyFor(prefix, role, { ...file, format });
    const close = fc.tuple(anyId, fc.nat(40)).map(([id, n]): [string, string] => [id, `${id.slice(n)}-${id}`]);
    const ids = fc.oneof(fc.tuple(anyId, anyId), fc.tuple(slackId, slackId), close).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(roleAndFormat, ids, anyName, anyName, fc.boolean(), (role, [a, b], name, other, same) => {
        expect(key(role, { name, id: a })).not.toBe(key(role, { name: same ? name : other, id: b }));
        expect(key(role, { name: `${name}-${a}`, id: b })).not.toBe(key(role, { name, id: a }));
      }),
      { numRuns: 500 },
    );
  });

  test("a name of a hundred thousand characters costs next to nothing", () => {
    const prefix = { bucket: BUCKET, region: "ap-guangzhou", key: KEY };
    for (const piece of ["-", ".", "-.", "x", "😀", "\ud800", "数-"]) {
      const name = `a${piece.repeat(1e5)}a`;
      const key = coskeyFor(prefix, "photo", { name, id: "F07ABC", format: "png" });
      expect(key).toMatch(/\/photo\/[\p{Script=Han}A-Za-z0-9_-]{2,50}\.png$/u);
    }
  });
});
