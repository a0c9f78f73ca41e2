import { expect, test } from "vitest";
import type { MaterialRole } from "../../../src/core/kinds.ts";
import type { FileFormat } from "../../../src/core/material.ts";
import { BUCKET, crc64, inChunks, KEY, MB, REGION, relayOf, someBytes, vaultLab } from "./vault-lab.ts";

const cases: [MaterialRole, string, FileFormat, string, string][] = [
  ["identity-video", "consent.mp4", "mp4", "idcard/consent-F07ABC.mp4", "video/mp4"],
  ["identity-letter", "授权书 v2.PDF", "pdf", "idcard/授权书-v2-F07ABC.pdf", "application/pdf"],
  ["footage", "alice.mp4", "mp4", "video/alice-F07ABC.mp4", "video/mp4"],
  ["footage", "clip (1).MOV", "mov", "video/clip-1-F07ABC.mov", "video/quicktime"],
  ["photo", "face.png", "png", "photo/face-F07ABC.png", "image/png"],
  ["photo", "face.JPEG", "jpg", "photo/face-F07ABC.jpg", "image/jpeg"],
  ["photo", "face.webp", "webp", "photo/face-F07ABC.webp", "image/webp"],
  ["voice-package", "takes.ZIP", "zip", "audio/takes-F07ABC.zip", "application/zip"],
  ["recording", "take.wav", "wav", "audio/take-F07ABC.wav", "audio/wav"],
  ["reading", "read.mp3", "mp3", "zeroshot/read-F07ABC.mp3", "audio/mpeg"],
  ["reading", "read.aac", "aac", "zeroshot/read-F07ABC.aac", "audio/aac"],
  ["reading", "读.m4a", "m4a", "zeroshot/读-F07ABC.m4a", "audio/mp4"],
  ["reading", "read.wma", "asf", "zeroshot/read-F07ABC.asf", "video/x-ms-asf"],
];

test.each(cases)("%s %s lands under its coskey, byte for byte", async (role, name, format, under, contentType) => {
  const { cos, vault, operations } = await vaultLab();
  for (const [bytes, calls] of [
    [someBytes(30_000), ["PutObject", "HeadObject"]],
    [
      someBytes(MB + 1),
      ["InitiateMultipartUpload", "UploadPart", "UploadPart", "CompleteMultipartUpload", "HeadObject"],
    ],
  ] as const) {
    const before = operations().length;
    const job = relayOf(bytes, { role, file: { name, id: "F07ABC", format } });
    const key = `customer-pipeline/12/0b1d/${under}`;
    const pathPrefix = `https://${BUCKET}.cos.${REGION}.myqcloud.com/customer-pipeline/12/0b1d/`;
    const location = { bucket: BUCKET, region: REGION, key, pathPrefix };
    expect(await vault.relay(job)).toEqual({ location, size: bytes.length, crc64: crc64(bytes) });
    expect(cos.head(BUCKET, key)).toMatchObject({ size: bytes.length, crc64: crc64(bytes), contentType });
    expect(cos.peek(BUCKET, key)?.equals(bytes.subarray(0, 64 * 1024))).toBe(true);
    expect(operations().slice(before)).toEqual(calls);
    expect(job.begun.map((begun) => begun.location)).toEqual([location]);
    expect(cos.openUploads()).toEqual([]);
  }
});

test.each([1, MB - 1, MB, MB + 1, 2 * MB, 5 * MB, 5 * MB + 3])("%i bytes, whatever the chunks", async (size) => {
  const { cos, vault } = await vaultLab();
  const bytes = someBytes(size);
  for (const chunk of [size, 65_521]) {
    const job = relayOf(bytes, { source: inChunks(bytes, chunk) });
    expect((await vault.relay(job)).crc64).toBe(crc64(bytes));
    expect(cos.head(BUCKET, KEY)?.crc64).toBe(crc64(bytes));
    expect(job.sent.at(-1)).toBe(size);
    expect(job.sent).toEqual([...job.sent].sort((a, b) => a - b));
  }
});

test("the upload's id is told before a byte is sent, and nothing is sent twice", async () => {
  const { vault, cos, operations } = await vaultLab();
  const seen: string[][] = [];
  const job = relayOf(someBytes(3 * MB), {
    onBegin: async ({ uploadId }) => {
      seen.push(operations());
      expect(cos.openUploads()).toMatchObject([{ key: KEY, uploadId }]);
    },
  });
  await vault.relay(job);
  expect(seen).toEqual([["InitiateMultipartUpload"]]);
  expect(operations().filter((operation) => operation === "UploadPart")).toHaveLength(3);
});

test("materials of one request lie together; each request has its own location", async () => {
  const { vault, issued, cos, secrets } = await vaultLab({ prefix: (n) => `customer-pipeline/12/uuid-${n}/` });
  const photo = { role: "photo", file: { name: "a.png", id: "F1", format: "png" } } as const;
  const jobs = [
    relayOf(someBytes(10)),
    relayOf(someBytes(20), photo),
    relayOf(someBytes(30), { customization: "AV-2" }),
  ];
  await Promise.all(jobs.map((job) => vault.relay(job)));
  expect(issued).toHaveLength(2);
  expect(
    cos
      .objects()
      .map((object) => object.key)
      .sort(),
  ).toEqual([
    "customer-pipeline/12/uuid-1/photo/a-F1.png",
    "customer-pipeline/12/uuid-1/video/alice-F07ABC.mp4",
    "customer-pipeline/12/uuid-2/video/alice-F07ABC.mp4",
  ]);
  expect(secrets.has(issued[0]?.Token ?? "")).toBe(true);
});

test("global acceleration, hosts without the label, a missing scheme, doubled slashes", async () => {
  const forms: [string, (key: string) => string][] = [
    ["accelerate", (key) => `https://${BUCKET}.cos.accelerate.myqcloud.com/${key}`],
    [REGION, (key) => `https://${BUCKET}.${REGION}.myqcloud.com/${key}`],
    [REGION, (key) => `${BUCKET}.cos.${REGION}.tencentcos.cn//${key}/`],
  ];
  for (const [region, pathPrefix] of forms) {
    const { vault, cos } = await vaultLab({ region, pathPrefix });
    const bytes = someBytes(2 * MB);
    const { location } = await vault.relay(relayOf(bytes));
    expect(location).toMatchObject({ bucket: BUCKET, region, key: KEY });
    expect(cos.head(BUCKET, KEY)?.crc64).toBe(crc64(bytes));
  }
});

test("no more parts in flight than allowed, and no more buffers than one above that", async () => {
  const { vault, cos } = await vaultLab({ vault: { partsInFlight: 2 } });
  cos.faults.plan("UploadPart", { type: "slow", delayMs: 30 }, 8);
  let read = 0;
  let ahead = 0;
  const sent: number[] = [];
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < 8; i += 1) {
      yield someBytes(MB);
      read += MB;
      ahead = Math.max(ahead, read - (sent.at(-1) ?? 0));
    }
  }
  const job = relayOf(someBytes(8 * MB), { source: source(), onSent: (total) => void sent.push(total) });
  await vault.relay(job);
  expect(ahead).toBeLessThanOrEqual(4 * MB);
  expect(sent).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => n * MB));
});
