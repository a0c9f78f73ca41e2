import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startCos } from "../../../sandbox/cos/server.ts";
import { begin, issue, place, prefix, put, sdk, uploadPart } from "./cos-client.ts";

test("keeps the bytes of some keys only; of the others their first ones and what they were", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "cos-"));
  const cos = await startCos({ dataDir, keeps: (key) => key.includes("/audio/") });
  onTestFinished(async () => {
    await cos.close();
    await rm(dataDir, { recursive: true });
  });
  const client = sdk(cos, issue(cos));
  const body = randomBytes(1024 * 1024);
  const [heard, footage] = [`${prefix}audio/take-F1.wav`, `${prefix}video/footage-F2.mp4`];
  await put(client, heard, body);
  const UploadId = await begin(client, footage);
  const { ETag } = await uploadPart(client, footage, UploadId, 1, body);
  await client.multipartComplete({ ...place, Key: footage, UploadId, Parts: [{ PartNumber: 1, ETag }] });

  expect(body.equals(await readFile(cos.file(place.Bucket, heard) ?? ""))).toBe(true);
  expect(cos.file(place.Bucket, footage)).toBeUndefined();
  expect(cos.peek(place.Bucket, footage)).toEqual(body.subarray(0, 64 * 1024));
  expect(cos.head(place.Bucket, footage)?.crc64).toBe(cos.head(place.Bucket, heard)?.crc64);
  expect(await readdir(dataDir)).toHaveLength(1);
});
