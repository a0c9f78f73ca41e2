import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type COS from "cos-nodejs-sdk-v5";
import fetch from "node-fetch";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Crc64 } from "../../../sandbox/cos/crc64.ts";
import { type SandboxCos, startCos } from "../../../sandbox/cos/server.ts";
import { begin, failure, issue, md5, place, prefix, put, sdk, uploadPart } from "./cos-client.ts";

const MB = 1024 * 1024;
const crcOf = (bytes: Buffer) => new Crc64().update(bytes).digest().toString();

describe("a sandbox COS with the real SDK", () => {
  let cos: SandboxCos;
  beforeEach(async () => {
    cos = await startCos();
  });
  afterEach(() => cos.close());

  test("takes an object and tells size, CRC-64, ETag and type of it", async () => {
    const client = sdk(cos, issue(cos));
    const body = randomBytes(200_001);
    const key = `${prefix}idcard/consent-F07.mp4`;
    const answer = await put(client, key, body, { ContentType: "video/mp4", Headers: { "Content-MD5": md5(body) } });

    const etag = createHash("md5").update(body).digest("hex");
    expect(answer.headers?.["x-cos-hash-crc64ecma"]).toBe(crcOf(body));
    expect(cos.head(place.Bucket, key)).toEqual({ size: 200_001, crc64: crcOf(body), etag, contentType: "video/mp4" });
    expect(cos.peek(place.Bucket, key)).toEqual(body.subarray(0, 64 * 1024));
    const head = await client.headObject({ ...place, Key: key });
    expect(head.headers).toMatchObject({
      "x-cos-hash-crc64ecma": crcOf(body),
      "content-length": "200001",
      etag: `"${etag}"`,
    });
    expect(cos.calls).toEqual([
      { operation: "PutObject", bucket: place.Bucket, key, status: 200 },
      { operation: "HeadObject", bucket: place.Bucket, key, status: 200 },
    ]);
  });

  test.each(["中文 名.mp4", "a+b&c=d?e#f.pdf", "it's!(*)~.png", "é-🎬.mov"])(
    "verifies the signature of the key %s",
    async (name) => {
      await put(sdk(cos, issue(cos)), `${prefix}video/${name}`, Buffer.from("x"));
      expect(cos.objects().map((o) => o.key)).toEqual([`${prefix}video/${name}`]);
    },
  );

  test("takes the acceleration host of the same bucket", async () => {
    const answer = await put(sdk(cos, issue(cos)), `${prefix}a.mp4`, Buffer.from("x"), { Region: "accelerate" });
    expect(answer.statusCode).toBe(200);
  });

  test("joins parts, whatever order they came in, and lists them in pages", async () => {
    const client = sdk(cos, issue(cos));
    const key = `${prefix}video/footage.mp4`;
    const body = randomBytes(3 * MB + 17);
    const pieces = [body.subarray(0, MB), body.subarray(MB, 3 * MB), body.subarray(3 * MB)];
    const uploadId = await begin(client, key);
    expect(cos.openUploads()).toEqual([{ bucket: place.Bucket, key, uploadId }]);

    const parts = [];
    for (const [index, piece] of [...pieces.entries()].reverse()) {
      const { ETag } = await uploadPart(client, key, uploadId, index + 1, piece);
      parts.unshift({ PartNumber: index + 1, ETag });
    }
    const listed = await client.multipartListPart({ ...place, Key: key, UploadId: uploadId, MaxParts: 2 });
    expect(listed).toMatchObject({ IsTruncated: "true", NextPartNumberMarker: "2", MaxParts: "2" });
    const rest = await client.multipartListPart({ ...place, Key: key, UploadId: uploadId, PartNumberMarker: "2" });
    expect(rest).toMatchObject({ IsTruncated: "false", Part: [{ PartNumber: "3", Size: "17", ETag: parts[2]?.ETag }] });

    const done = await client.multipartComplete({ ...place, Key: key, UploadId: uploadId, Parts: parts });
    expect(done.headers?.["x-cos-hash-crc64ecma"]).toBe(crcOf(body));
    expect(done.ETag).toMatch(/^"[\da-f]{32}-3"$/);
    expect(cos.head(place.Bucket, key)).toMatchObject({
      size: body.length,
      crc64: crcOf(body),
      contentType: "video/mp4",
    });
    expect(cos.openUploads()).toEqual([]);
  });

  test("refuses what does not make an object, and keeps the upload open", async () => {
    const client = sdk(cos, issue(cos));
    const key = `${prefix}video/footage.mp4`;
    const uploadId = await begin(client, key);
    const small = await uploadPart(client, key, uploadId, 1, randomBytes(9));
    const last = await uploadPart(client, key, uploadId, 2, randomBytes(9));
    const complete = (Parts: { PartNumber: number; ETag: string }[]) =>
      failure(client.multipartComplete({ ...place, Key: key, UploadId: uploadId, Parts }));
    const one = { PartNumber: 1, ETag: small.ETag };
    const two = { PartNumber: 2, ETag: last.ETag };
    expect(await complete([one, two])).toMatchObject({ code: "EntityTooSmall", status: 400 });
    expect(await complete([two, one])).toMatchObject({ code: "InvalidPartOrder", status: 400 });
    expect(await complete([{ PartNumber: 1, ETag: last.ETag }])).toMatchObject({ code: "InvalidPart", status: 400 });
    expect(await complete([{ PartNumber: 7, ETag: last.ETag }])).toMatchObject({ code: "InvalidPart", status: 400 });
    expect(await complete([])).toMatchObject({ code: "MalformedXML", status: 400 });
    expect(cos.openUploads()).toHaveLength(1);
    await complete([two]).catch(() => undefined);
    expect(cos.head(place.Bucket, key)?.size).toBe(9);
  });

  test("an aborted or unknown upload is NoSuchUpload", async () => {
    const client = sdk(cos, issue(cos));
    const key = `${prefix}video/footage.mp4`;
    const uploadId = await begin(client, key);
    await client.multipartAbort({ ...place, Key: key, UploadId: uploadId });
    expect(cos.openUploads()).toEqual([]);
    const again = { ...place, Key: key, UploadId: uploadId };
    expect(await failure(client.multipartAbort(again))).toMatchObject({ code: "NoSuchUpload", status: 404 });
    expect(await failure(uploadPart(client, key, uploadId, 1, randomBytes(5)))).toMatchObject({ code: "NoSuchUpload" });
    expect(await failure(client.multipartListPart(again))).toMatchObject({ code: "NoSuchUpload" });
  });

  test("a wrong Content-MD5 is BadDigest and stores nothing", async () => {
    const client = sdk(cos, issue(cos));
    const wrong = { Headers: { "Content-MD5": md5(Buffer.from("other")) } };
    expect(await failure(put(client, `${prefix}a`, Buffer.from("x"), wrong))).toMatchObject({
      code: "BadDigest",
      status: 400,
    });
    expect(
      await failure(put(client, `${prefix}a`, Buffer.from("x"), { Headers: { "Content-MD5": "!" } })),
    ).toMatchObject({
      code: "InvalidDigest",
    });
    expect(cos.objects()).toEqual([]);
  });

  test("tells which of secret, id, token, prefix, bucket, action and method was wrong", async () => {
    const good = issue(cos);
    const body = Buffer.from("x");
    const tried = (credential: typeof good, key = `${prefix}a`, more = {}) =>
      failure(put(sdk(cos, credential), key, body, more));
    expect(await tried({ ...good, TmpSecretKey: "wrong" })).toMatchObject({
      code: "SignatureDoesNotMatch",
      status: 403,
    });
    expect(await tried({ ...good, TmpSecretId: "AKIDnobody" })).toMatchObject({
      code: "InvalidAccessKeyId",
      status: 403,
    });
    expect(await tried({ ...good, Token: "" })).toMatchObject({ code: "InvalidAccessKeyId", status: 403 });
    expect(await tried({ ...good, Token: issue(cos).Token })).toMatchObject({ code: "InvalidToken", status: 400 });
    const denied = { code: "AccessDenied", status: 403, message: "Access Denied." };
    expect(await tried(good, "customer-pipeline/12/other/a")).toEqual(denied);
    expect(await tried(good, prefix)).toEqual(denied);
    expect(await tried(good, `${prefix}a`, { Bucket: "other-1" })).toMatchObject({ code: "NoSuchBucket", status: 404 });
    expect(await tried(good, `${prefix}a`, { Region: "ap-beijing" })).toMatchObject({
      code: "NoSuchBucket",
      status: 404,
    });
    const narrow = sdk(cos, issue(cos, { actions: ["PutObject"] }));
    await put(narrow, `${prefix}a`, body);
    expect(await failure(narrow.headObject({ ...place, Key: `${prefix}a` }))).toMatchObject({ status: 403 });
    expect(await failure(sdk(cos, good).headObject({ ...place, Key: `${prefix}none` }))).toMatchObject({ status: 404 });
    expect(await failure(sdk(cos, good).getBucket(place))).toMatchObject({ code: "MethodNotAllowed", status: 405 });
  });

  test("asks for a signature, and reads no other kind", async () => {
    const Host = `${place.Bucket}.cos.${place.Region}.myqcloud.com`;
    const bare = await fetch(`${cos.url}/${prefix}a`, { method: "PUT", body: "x", headers: { Host } });
    expect([bare.status, await bare.text()]).toEqual([403, expect.stringContaining("<Code>AccessDenied</Code>")]);
    const aws = await fetch(`${cos.url}/a`, {
      method: "PUT",
      body: "x",
      headers: { Host, Authorization: "AWS4-HMAC-SHA256 x=y" },
    });
    expect([aws.status, await aws.text()]).toEqual([400, expect.stringContaining("<Code>InvalidArgument</Code>")]);
    const elsewhere = await fetch(`${cos.url}/a`, { method: "PUT", body: "x" });
    expect([elsewhere.status, await elsewhere.text()]).toEqual([
      404,
      expect.stringContaining("<Code>NoSuchBucket</Code>"),
    ]);
  });
});

describe("time", () => {
  test("credentials end: when their time is over, or when they are revoked", async () => {
    const clock = { now: Date.now() };
    const cos = await startCos({ now: () => clock.now });
    const credential = issue(cos, { seconds: 600 });
    expect(credential.ExpiredTime - credential.StartTime).toBe(600);
    const client = sdk(cos, credential);
    const uploadId = await begin(client, `${prefix}a`);
    clock.now += 601_000;
    const late = await failure(uploadPart(client, `${prefix}a`, uploadId, 1, Buffer.from("x")));
    expect(late).toMatchObject({ code: "ExpiredToken", status: 400 });

    const renewed = issue(cos);
    await uploadPart(sdk(cos, renewed), `${prefix}a`, uploadId, 1, Buffer.from("x"));
    cos.revoke(renewed.TmpSecretId);
    expect(await failure(put(sdk(cos, renewed), `${prefix}b`, Buffer.from("x")))).toMatchObject({
      code: "ExpiredToken",
    });
    await cos.close();
  });

  test("an old signature is refused, and the SDK learns the time from the Date header", async () => {
    const cos = await startCos({ now: () => Date.now() + 3_600_000 });
    const client = sdk(cos, issue(cos));
    expect(await failure(put(client, `${prefix}a`, Buffer.from("x")))).toMatchObject({
      code: "AccessDenied",
      message: "Request has expired",
    });
    expect((await put(client, `${prefix}a`, Buffer.from("x"))).statusCode).toBe(200);
    await cos.close();

    const behind = await startCos({ now: () => Date.now() - 3_600_000 });
    const early = await failure(put(sdk(behind, issue(behind)), `${prefix}a`, Buffer.from("x")));
    expect(early).toMatchObject({ code: "RequestTimeTooSkewed", status: 403 });
    await behind.close();
  });
});

test("keeps the bytes in a folder when it is given one, and removes what is not an object any more", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "cos-"));
  const cos = await startCos({ dataDir });
  const client: COS = sdk(cos, issue(cos));
  const key = `${prefix}video/footage.mp4`;
  const body = randomBytes(2 * MB);
  await put(client, key, Buffer.from("older"));
  const uploadId = await begin(client, key);
  const Parts = [];
  for (const PartNumber of [1, 2]) {
    const { ETag } = await uploadPart(
      client,
      key,
      uploadId,
      PartNumber,
      body.subarray((PartNumber - 1) * MB, PartNumber * MB),
    );
    Parts.push({ PartNumber, ETag });
  }
  await client.multipartComplete({ ...place, Key: key, UploadId: uploadId, Parts });
  const left = await begin(client, key);
  await uploadPart(client, key, left, 1, body);
  await client.multipartAbort({ ...place, Key: key, UploadId: left });

  expect(body.equals(await readFile(cos.file(place.Bucket, key) ?? ""))).toBe(true);
  expect(await readdir(dataDir)).toHaveLength(1);
  await cos.close();
  await rm(dataDir, { recursive: true });
});
