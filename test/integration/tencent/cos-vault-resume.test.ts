import { expect, test } from "vitest";
import type { Location } from "../../../src/core/vault.ts";
import { cosObject } from "../../../src/tencent/cos-object.ts";
import type { VaultLab } from "./vault-lab.ts";
import { BUCKET, crc64, credentialsOf, KEY, MB, REGION, relayOf, someBytes, vaultLab } from "./vault-lab.ts";

const pathPrefix = `https://${BUCKET}.cos.${REGION}.myqcloud.com/customer-pipeline/12/0b1d/`;
const location: Location = { bucket: BUCKET, region: REGION, key: KEY, pathPrefix };

/** What a process leaves that dies in the middle: an open upload with some parts. */
async function leftBehind({ cos }: VaultLab, parts: readonly [number, Buffer][]): Promise<string> {
  const object = cosObject(credentialsOf(cos), KEY, { endpoint: cos.url, timeoutMs: 5_000 });
  const { signal } = new AbortController();
  const uploadId = await object.begin("video/mp4", signal);
  for (const [number, bytes] of parts) {
    await object.sendPart(uploadId, number, bytes, signal);
  }
  return uploadId;
}

const cut = (bytes: Buffer, part: number): [number, Buffer] => [part, bytes.subarray((part - 1) * MB, part * MB)];

test("the same location: parts that are there and right are not sent again", async () => {
  const lab = await vaultLab();
  const bytes = someBytes(5 * MB + 7);
  const uploadId = await leftBehind(lab, [cut(bytes, 1), [2, someBytes(MB)], cut(bytes, 3), [4, someBytes(1)]]);
  const before = lab.operations().length;
  const job = relayOf(bytes, { began: { location, uploadId } });
  expect(await lab.vault.relay(job)).toEqual({ location, size: bytes.length, crc64: crc64(bytes) });
  const calls = lab.operations().slice(before);
  expect(calls[0]).toBe("ListParts");
  expect(calls.filter((operation) => operation === "UploadPart")).toHaveLength(4);
  expect(calls).not.toContain("InitiateMultipartUpload");
  expect(job.begun).toEqual([{ location, uploadId }]);
  expect(job.sent.at(-1)).toBe(bytes.length);
  expect(lab.cos.head(BUCKET, KEY)?.crc64).toBe(crc64(bytes));
});

test("more parts than one page lists", async () => {
  const lab = await vaultLab();
  const tiny = Buffer.from("x");
  const uploadId = await leftBehind(
    lab,
    Array.from({ length: 1003 }, (_, i) => [i + 1, tiny]),
  );
  const bytes = someBytes(3 * MB);
  await lab.vault.relay(relayOf(bytes, { began: { location, uploadId } }));
  expect(lab.operations().filter((operation) => operation === "ListParts")).toHaveLength(2);
  expect(lab.cos.head(BUCKET, KEY)).toMatchObject({ size: bytes.length, crc64: crc64(bytes) });
});

test("the upload is gone: a new one", async () => {
  const lab = await vaultLab();
  const bytes = someBytes(2 * MB);
  const job = relayOf(bytes, { began: { location, uploadId: "1717639699nowhere" } });
  expect((await lab.vault.relay(job)).crc64).toBe(crc64(bytes));
  expect(job.begun[0]?.uploadId).not.toBe("1717639699nowhere");
});

test("ListParts forbidden: the old upload is aborted, and a new one begun", async () => {
  const actions = [
    "InitiateMultipartUpload",
    "UploadPart",
    "CompleteMultipartUpload",
    "AbortMultipartUpload",
    "HeadObject",
  ] as const;
  const lab = await vaultLab({ actions });
  const bytes = someBytes(2 * MB);
  const uploadId = await leftBehind(lab, [cut(bytes, 1)]);
  expect((await lab.vault.relay(relayOf(bytes, { began: { location, uploadId } }))).crc64).toBe(crc64(bytes));
  expect(lab.cos.openUploads()).toEqual([]);
});

test("another location: nothing of the old upload is touched, and the log says what was left", async () => {
  const lab = await vaultLab({ prefix: () => "customer-pipeline/12/other/" });
  const bytes = someBytes(2 * MB);
  const uploadId = await leftBehind(lab, [cut(bytes, 1)]);
  const before = lab.operations().length;
  const sent = await lab.vault.relay(relayOf(bytes, { began: { location, uploadId } }));
  expect(sent.location.key).toBe("customer-pipeline/12/other/video/alice-F07ABC.mp4");
  expect(lab.operations().slice(before)).not.toContain("ListParts");
  expect(lab.cos.openUploads()).toMatchObject([{ uploadId }]);
  expect(lab.log.lines).toContainEqual({
    level: "warn",
    message: "cannot resume an upload: the credentials name another location",
    fields: { id: "AV-1", bucket: BUCKET, key: KEY, uploadId },
  });
});
