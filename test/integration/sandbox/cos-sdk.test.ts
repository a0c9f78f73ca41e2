import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type COS from "cos-nodejs-sdk-v5";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SandboxCos } from "../../../sandbox/cos/server.ts";
import { startCos } from "../../../sandbox/cos/server.ts";
import { begin, failure, issue, place, prefix, sdk, uploadPart } from "./cos-client.ts";

/** What the SDK's own tests (tencentyun/cos-nodejs-sdk-v5, test/test.js) hold real COS to, as far as the bot's rights go. */
let cos: SandboxCos;
let client: COS;

beforeEach(async () => {
  cos = await startCos();
  client = sdk(cos, issue(cos));
});
afterEach(() => cos.close());

const KEY = `${prefix}video/1.txt`;
const at = { ...place, Key: KEY };
const FILE = fileURLToPath(new URL("../../../sandbox/material/consent-letter.pdf", import.meta.url));

function etagOf(content: string | Buffer): string {
  return `"${createHash("md5").update(content).digest("hex")}"`;
}

describe("putObject", () => {
  it.each<[string, string | Buffer]>([
    ["a string", "1756400000"],
    ["a string of Chinese", "中文_1756400000"],
    ["a buffer", Buffer.from("中文_1756400000")],
    ["an empty buffer", Buffer.alloc(0)],
    ["a buffer with zeros", Buffer.from([0, 1, 0, 255, 13, 10])],
  ])("takes %s, and headObject names its ETag and size", async (_what, content) => {
    const put = await client.putObject({ ...at, Body: content });
    const { headers } = await client.headObject(at);
    expect(put.ETag).toBe(etagOf(content));
    expect(headers).toMatchObject({ etag: put.ETag, "content-length": String(Buffer.byteLength(content)) });
  });

  it("takes a stream of a known length", async () => {
    const content = Buffer.from("streamed");
    const put = await client.putObject({ ...at, Body: Readable.from([content]), ContentLength: content.length });
    expect(put.ETag).toBe(etagOf(content));
  });

  it("replaces what was there", async () => {
    await client.putObject({ ...at, Body: "first" });
    await client.putObject({ ...at, Body: "second" });
    expect((await client.headObject(at)).headers?.etag).toBe(etagOf("second"));
    expect(cos.objects()).toHaveLength(1);
  });

  it("stores nothing when the stream that it reads fails", async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("half");
        throw new Error("some error");
      })(),
    );
    await failure(client.putObject({ ...at, Body: broken, ContentLength: 8 }));
    expect(cos.objects()).toEqual([]);
  });
});

describe("a multipart upload", () => {
  it("is a task that abortUploadTask ends, and names", async () => {
    const UploadId = await begin(client, KEY);
    const ended = await client.abortUploadTask({ ...at, Level: "task", UploadId });
    expect(ended).toMatchObject({ successList: [{ Key: KEY, UploadId }], errorList: [] });
    expect(await failure(client.multipartListPart({ ...at, UploadId }))).toMatchObject({
      code: "NoSuchUpload",
      status: 404,
    });
  });

  it("keeps the last of two parts with one number", async () => {
    const UploadId = await begin(client, KEY);
    await uploadPart(client, KEY, UploadId, 1, Buffer.from("once"));
    const { ETag } = await uploadPart(client, KEY, UploadId, 1, Buffer.from("twice"));
    const { Part } = await client.multipartListPart({ ...at, UploadId });
    expect(Part).toMatchObject([{ PartNumber: "1", ETag, Size: "5" }]);
    const done = await client.multipartComplete({ ...at, UploadId, Parts: [{ PartNumber: 1, ETag }] });
    expect(done.ETag).toMatch(/^"[\da-f]{32}-1"$/);
    expect((await client.headObject(at)).headers?.["content-length"]).toBe("5");
  });
});

describe("what is not there", () => {
  it("is 404 for headObject, in words that the SDK reads without a body", async () => {
    expect(await failure(client.headObject(at))).toMatchObject({ status: 404 });
  });

  it("is deleted without a word", async () => {
    expect(await client.deleteObject(at)).toMatchObject({ statusCode: 204 });
  });
});

it("a file from disk arrives by uploadFile as putObject, below the size of a slice", async () => {
  const done = await client.uploadFile({ ...at, FilePath: FILE, SliceSize: 5 * 1024 * 1024 });
  expect(done.statusCode).toBe(200);
  expect(cos.calls.map(({ operation }) => operation)).toContain("PutObject");
  expect(cos.objects()).toHaveLength(1);
});
