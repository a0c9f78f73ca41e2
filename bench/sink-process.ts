import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { combineCrc64, crc64 } from "../src/tencent/crc64.ts";

/**
 * Source and sink in a process of their own: `GET /{bytes}`, and a COS that throws away what it gets. It hashes nothing: its
 * content repeats, so that each part's CRC-64 is known before it comes.
 */
const PERIOD = Buffer.from(Array.from({ length: 64 * 1024 }, (_, i) => (i * 7919) >> 3));
const HOST = "ivh-1250000000.cos.ap-singapore.myqcloud.com";
const known = new Map<number, string>();
const objects = new Map<string, number>();
const uploads = new Map<string, number>();

/** Of so many bytes of the content, from a beginning of its period. */
function crcOf(bytes: number): string {
  const pieces = [];
  let doubled = { crc64: crc64(PERIOD), size: PERIOD.length };
  for (let left = Math.floor(bytes / PERIOD.length); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) pieces.push(doubled);
    doubled = { crc64: combineCrc64([doubled, doubled]), size: doubled.size * 2 };
  }
  const rest = PERIOD.subarray(0, bytes % PERIOD.length);
  const crc = known.get(bytes) ?? combineCrc64([...pieces, { crc64: crc64(rest), size: rest.length }]).toString();
  known.set(bytes, crc);
  return crc;
}

function* content(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= PERIOD.length)
    yield left < PERIOD.length ? PERIOD.subarray(0, left) : PERIOD;
}

async function swallow(request: IncomingMessage): Promise<number> {
  request.resume();
  await once(request, "end");
  return Number(request.headers["content-length"]);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://sink");
  const uploadId = searchParams.get("uploadId");
  const facts = (bytes: number) => ({ ETag: '"not-an-md5"', "x-cos-hash-crc64ecma": crcOf(bytes) });
  const xml = (root: string, inside: string) => response.end(`<${root}>${inside}</${root}>`);
  if (request.method === "GET" && request.headers.host === HOST) return void xml("ListMultipartUploadsResult", "");
  if (request.method === "GET") {
    const bytes = Number(pathname.slice(1));
    response.writeHead(200, { "Content-Length": bytes });
    return pipeline(Readable.from(content(bytes), { objectMode: false }), response).catch(() => {});
  }
  if (request.method === "HEAD") {
    const bytes = objects.get(pathname) ?? 0;
    return void response.writeHead(200, { "Content-Length": bytes, ...facts(bytes) }).end();
  }
  const received = await swallow(request);
  if (request.method === "PUT") {
    if (uploadId === null) objects.set(pathname, received);
    else uploads.set(uploadId, (uploads.get(uploadId) ?? 0) + received);
    return void response.writeHead(200, facts(received)).end();
  }
  if (uploadId === null) {
    const id = `upload-${uploads.size}`;
    uploads.set(id, 0);
    return void xml("InitiateMultipartUploadResult", `<UploadId>${id}</UploadId>`);
  }
  const whole = uploads.get(uploadId) ?? 0;
  objects.set(pathname, whole);
  response.writeHead(200, facts(whole));
  xml("CompleteMultipartUploadResult", "<ETag>not-an-md5-2</ETag>");
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
}).listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
process.send?.({ sinkUrl: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}` });
process.once("disconnect", () => process.exit());
