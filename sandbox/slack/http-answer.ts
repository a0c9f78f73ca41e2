import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault } from "../faults.ts";

const MAX_BODY = 4 * 1024 * 1024;

/** @throws when the body is larger than 4 MB */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY) throw new Error("the request body exceeds 4 MB");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Parses a body; an empty one is `{}`. @throws when it is not JSON */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text || "{}");
  } catch (cause) {
    throw new Error("the body is not JSON", { cause });
  }
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(`${JSON.stringify(body)}\n`);
}

/**
 * The part of a fault that strikes before the work.
 * @returns whether the fault took the whole request
 */
export async function faultBefore(fault: Fault | undefined, response: ServerResponse): Promise<boolean> {
  switch (fault?.type) {
    case "status":
      response.writeHead(fault.status, fault.headers ?? {});
      response.end(fault.body ?? "");
      return true;
    case "reset":
      response.socket?.resetAndDestroy();
      return true;
    case "hang":
      return true;
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
      return false;
    default:
      return false;
  }
}

/** The part that strikes after it: `lost-answer` and `cut`. @returns whether the fault took the answer */
export function faultAfter(fault: Fault | undefined, response: ServerResponse, body: string): boolean {
  if (fault?.type === "lost-answer") {
    response.socket?.destroy();
    return true;
  }
  if (fault?.type !== "cut") return false;
  response.writeHead(200, { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) });
  response.write(body.slice(0, fault.afterBytes), () => response.socket?.destroy());
  return true;
}
