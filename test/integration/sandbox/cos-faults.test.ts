import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type SandboxCos, startCos } from "../../../sandbox/cos/server.ts";
import { begin, failure, issue, place, prefix, put, sdk, uploadPart } from "./cos-client.ts";

const key = `${prefix}video/footage.mp4`;
const body = randomBytes(3 * 1024 * 1024);
let cos: SandboxCos;
beforeEach(async () => {
  cos = await startCos();
});
afterEach(() => cos.close());

test("status: with a COS error in the body, or with an empty one", async () => {
  const client = sdk(cos, issue(cos));
  cos.faults.plan("PutObject", { type: "status", status: 503 });
  expect(await failure(put(client, key, body))).toMatchObject({ code: "ServiceUnavailable", status: 503 });
  cos.faults.plan("PutObject", { type: "status", status: 503, body: "" });
  expect(await failure(put(client, key, body))).toMatchObject({ code: "503", status: 503 });
  expect((await put(client, key, body)).statusCode).toBe(200);
  expect(cos.calls.map((c) => c.status)).toEqual([503, 503, 200]);
});

test("code: the COS error with its own status, and 200 with an error for Complete", async () => {
  const client = sdk(cos, issue(cos));
  cos.faults.plan("PutObject", { type: "code", code: "SlowDown" });
  expect(await failure(put(client, key, body))).toMatchObject({ code: "SlowDown", status: 503 });
  cos.faults.plan("HeadObject", { type: "code", code: "AccessDenied" });
  expect(await failure(client.headObject({ ...place, Key: key }))).toMatchObject({ status: 403 });

  const uploadId = await begin(client, key);
  const { ETag } = await uploadPart(client, key, uploadId, 1, body);
  const complete = () =>
    client.multipartComplete({ ...place, Key: key, UploadId: uploadId, Parts: [{ PartNumber: 1, ETag }] });
  cos.faults.plan("CompleteMultipartUpload", { type: "code", code: "InternalError" });
  expect(await failure(complete())).toMatchObject({ code: "InternalError", status: 200 });
  expect(cos.openUploads()).toHaveLength(1);
  expect((await complete()).statusCode).toBe(200);
});

test("reset, and cut in the middle of a part: nothing is stored", async () => {
  const client = sdk(cos, issue(cos));
  cos.faults.plan("PutObject", { type: "reset" });
  expect((await failure(put(client, key, body))).code).toMatch(/ECONNRESET|EPIPE/);
  cos.faults.plan("PutObject", { type: "cut", afterBytes: 1_000_000 });
  expect((await failure(put(client, key, body))).code).toMatch(/ECONNRESET|EPIPE/);
  expect(cos.objects()).toEqual([]);

  const uploadId = await begin(client, key);
  cos.faults.plan("UploadPart", { type: "cut", afterBytes: 1_000_000 });
  expect((await failure(uploadPart(client, key, uploadId, 1, body))).code).toMatch(/ECONNRESET|EPIPE/);
  const listed = await client.multipartListPart({ ...place, Key: key, UploadId: uploadId });
  expect(listed.Part).toEqual([]);
  expect(cos.calls.slice(0, 2).map((c) => c.status)).toEqual([0, 0]);
});

test("hang: the client's own time-out ends it", async () => {
  const client = sdk(cos, issue(cos), { Timeout: 100 });
  cos.faults.plan("PutObject", { type: "hang" });
  expect((await failure(put(client, key, body))).code).toBe("ESOCKETTIMEDOUT");
  expect(cos.calls).toMatchObject([{ operation: "PutObject", status: 0 }]);
});

test("slow: later than otherwise, and right", async () => {
  const client = sdk(cos, issue(cos));
  cos.faults.plan("PutObject", { type: "slow", delayMs: 80 });
  const before = performance.now();
  await put(client, key, body);
  expect(performance.now() - before).toBeGreaterThanOrEqual(75);
});

test("lost answer: the work is done and the client cannot know", async () => {
  const client = sdk(cos, issue(cos));
  const uploadId = await begin(client, key);
  const { ETag } = await uploadPart(client, key, uploadId, 1, body);
  cos.faults.plan("CompleteMultipartUpload", { type: "lost-answer" });
  const ask = { ...place, Key: key, UploadId: uploadId, Parts: [{ PartNumber: 1, ETag }] };
  expect(await failure(client.multipartComplete(ask))).toMatchObject({ code: "NoSuchUpload", status: 404 });
  expect(cos.head(place.Bucket, key)?.size).toBe(body.length);
});

test("Complete may leave the CRC out, so that a client must ask with HEAD", async () => {
  const silent = await startCos({ crc: (on) => (on === "CompleteMultipartUpload" ? "missing" : "right") });
  const client = sdk(silent, issue(silent));
  const uploadId = await begin(client, key);
  const { ETag } = await uploadPart(client, key, uploadId, 1, body);
  const done = await client.multipartComplete({
    ...place,
    Key: key,
    UploadId: uploadId,
    Parts: [{ PartNumber: 1, ETag }],
  });
  expect(done.headers).not.toHaveProperty("x-cos-hash-crc64ecma");
  const head = await client.headObject({ ...place, Key: key });
  expect(head.headers?.["x-cos-hash-crc64ecma"]).toBe(silent.head(place.Bucket, key)?.crc64);
  await silent.close();
});

test("a server that closes leaves no call waiting", async () => {
  const own = await startCos();
  own.faults.plan("*", { type: "hang" });
  const waiting = failure(put(sdk(own, issue(own)), key, body));
  await expect.poll(() => own.calls.length).toBe(1);
  await own.close();
  expect((await waiting).code).toMatch(/ECONNRESET|EPIPE/);
});
