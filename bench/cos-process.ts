import { once } from "node:events";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { startCos } from "../sandbox/cos/server.ts";

/** A COS in a process of its own, beside a server that swallows what is PUT and serves `GET /{bytes}`. */
const cos = await startCos();
const CHUNK = Buffer.alloc(64 * 1024, "avatar");

function* chunks(size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left);
}

const sink = createServer(async (request, response) => {
  if (request.method === "PUT") {
    request.resume();
    await once(request, "end");
    return void response.end();
  }
  const size = Number(request.url?.slice(1));
  response.writeHead(200, { "Content-Length": size });
  await pipeline(Readable.from(chunks(size), { objectMode: false }), response).catch(() => {});
}).listen(0, "127.0.0.1");
await once(sink, "listening");

const address = sink.address();
const place = { bucket: "ivh-1250000000", region: "ap-singapore", prefix: "customer-pipeline/12/0b1d/" };
process.send?.({
  cosUrl: cos.url,
  sinkUrl: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
  credential: cos.issueCredential({ ...place, seconds: 7200 }),
  pathPrefix: `https://${place.bucket}.cos.${place.region}.myqcloud.com/${place.prefix}`,
});
process.once("disconnect", () => process.exit());
