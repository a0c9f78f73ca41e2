import type { IncomingMessage, ServerResponse } from "node:http";
import { openDemo } from "./demo.ts";

export function serveDemo(
  asked: URL,
  request: IncomingMessage,
  response: ServerResponse,
  { secret, now }: { readonly secret: string; readonly now: number },
): void {
  const isRead = request.method === "GET" || request.method === "HEAD";
  const demo = isRead ? openDemo(asked, secret, now) : undefined;
  if (!demo) return void response.writeHead(403).end();
  response.writeHead(200, { "Content-Type": demo.type, "Content-Length": demo.body.length }).end(demo.body);
}
