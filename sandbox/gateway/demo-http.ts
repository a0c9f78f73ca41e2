import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { rangeOf } from "../byte-range.ts";
import { CosError, errorXml } from "../cos/errors.ts";
import { openDemo } from "./demo.ts";

interface Keys {
  readonly secret: string;
  /** Unix seconds */
  readonly now: number;
}

/** Serves demos like the vendor's bucket: signed links that expire, and ranges so that players can seek. */
export async function serveDemo(asked: URL, request: IncomingMessage, response: ServerResponse, keys: Keys) {
  try {
    if (request.method !== "GET" && request.method !== "HEAD") throw new CosError("MethodNotAllowed");
    const { type, path } = openDemo(asked, keys.secret, keys.now);
    await sendFile(path, type, request, response);
  } catch (error) {
    if (!(error instanceof CosError)) throw error;
    const resource = asked.pathname;
    const body = errorXml({ code: error.code, message: error.message, resource, requestId: String(keys.now) });
    response.writeHead(error.status, { "Content-Type": "application/xml", "Content-Length": Buffer.byteLength(body) });
    response.end(request.method === "HEAD" ? undefined : body);
  }
}

async function sendFile(path: string, type: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { size } = await stat(path);
  const asked = rangeOf(request.headers.range, size);
  if (asked && asked.from >= Math.min(asked.to, size)) {
    response.writeHead(416, { "Content-Range": `bytes */${size}` }).end();
    return;
  }
  const { from, to } = asked ?? { from: 0, to: size };
  response.writeHead(asked ? 206 : 200, {
    "Content-Type": type,
    "Content-Length": to - from,
    "Accept-Ranges": "bytes",
    ...(asked && { "Content-Range": `bytes ${from}-${to - 1}/${size}` }),
  });
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(path, { start: from, end: to - 1 }), response);
}
