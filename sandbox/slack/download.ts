import type { IncomingMessage, ServerResponse } from "node:http";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type ByteRange, rangeOf } from "../byte-range.ts";
import type { Fault } from "../faults.ts";
import type { Core } from "./core.ts";
import type { StoredFile } from "./files.ts";
import { faultBefore, sendJson } from "./http-answer.ts";

/**
 * Serves a file's bytes to the bot's token with files:read; others get the login page, as in Slack.
 * It is not documented whether files.slack.com honours ranges; `ignoreRanges` switches between both.
 */
export async function serveFile(core: Core, request: IncomingMessage, response: ServerResponse, path: string) {
  const fault = core.faults.take("download");
  const id = path.match(/^\/files-pri\/T\w+-(F\w+)\//)?.[1] ?? "";
  const file = core.files.files.get(id);
  const { range } = request.headers;
  core.workspace.traffic.pass({ type: "download", file: id, name: file?.name ?? id, range, fault: fault?.type });
  if (await faultBefore(fault, response)) return;
  if (!isAllowed(core, request, file) || (fault?.type === "code" && fault.code === "login-page")) {
    response.writeHead(302, {
      location: `${core.url()}/?redir=${encodeURIComponent(path)}`,
      "x-slack-meta": "?;acl_fail",
    });
    response.end();
    return;
  }
  if (file.mode === "tombstone") {
    response.writeHead(404, { "content-type": "text/html; charset=utf-8" });
    response.end("<!DOCTYPE html><html><body>This file was deleted.</body></html>");
    return;
  }
  const asked = core.knobs.ignoresRanges ? undefined : rangeOf(request.headers.range, file.realSize);
  await sendFile(core, file, response, { fault, asked, as: "attachment" });
}

/** Serves a file to the page, never with a type that a browser would execute. */
export async function showFile(core: Core, request: IncomingMessage, response: ServerResponse, id: string) {
  const file = core.files.files.get(id);
  if (!file || file.mode === "tombstone") return sendJson(response, { error: "file_not_found" }, 404);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("content-security-policy", "script-src 'none'");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("cache-control", "no-store");
  response.setHeader("accept-ranges", "bytes");
  const asked = rangeOf(request.headers.range, file.realSize);
  await sendFile(core, file, response, { asked, as: "inline" });
}

export function serveLoginPage(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(
    "<!DOCTYPE html><html><head><title>Sign in to Sandbox | Slack</title></head><body>Sign in</body></html>",
  );
}

async function sendFile(
  core: Core,
  file: StoredFile,
  response: ServerResponse,
  how: { fault?: Fault | undefined; asked: ByteRange | undefined; as: "attachment" | "inline" },
) {
  const { fault, asked, as } = how;
  const size = file.realSize;
  if (asked && asked.from >= Math.min(asked.to, size)) {
    response.writeHead(416, { "content-range": `bytes */${size}` }).end();
    return;
  }
  const { from, to } = asked ?? { from: 0, to: size };
  response.writeHead(asked ? 206 : 200, {
    "content-type": file.mimetype,
    "content-length": String(to - from),
    "content-disposition": `${as}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    ...(asked && { "content-range": `bytes ${from}-${to - 1}/${size}` }),
  });
  const bytes = core.files.read(file, from, to);
  try {
    // Cut short answers in the middle.
    const most = Math.floor((to - from) / 2);
    if (fault?.type === "cut")
      await pipeline(bytes, cutAfter(Math.min(fault.afterBytes, most), response), response, { end: false });
    else await pipeline(bytes, response);
  } catch {
    response.destroy();
  }
}

/** Sends so many bytes and then breaks the connection. */
function cutAfter(bytes: number, response: ServerResponse): Transform {
  const left = { bytes };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      this.push(chunk.subarray(0, left.bytes));
      left.bytes -= chunk.length;
      if (left.bytes > 0) return done();
      setImmediate(() => response.socket?.destroy());
    },
  });
}

function isAllowed(core: Core, request: IncomingMessage, file: StoredFile | undefined): file is StoredFile {
  const isBot = request.headers.authorization === `Bearer ${core.botToken}` && core.scopes.has("files:read");
  return isBot && file !== undefined && core.files.isVisible(file);
}
