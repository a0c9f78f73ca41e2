import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { listenHere } from "../../fixtures/loopback.ts";

const bodySchema = z.object({ Header: z.record(z.string(), z.unknown()), Payload: z.unknown() });

export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: z.infer<typeof bodySchema>;
}

/** What a server does with one request, after it was read. */
export type Answering = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on this machine that answers its requests one by one as told, the last way from then on. */
export async function answeringServer(...answers: Answering[]): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? "", "http://gateway");
    const body = bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
    seen.push({ method: request.method ?? "", url, headers: request.headers, body });
    answers[Math.min(seen.length, answers.length) - 1]?.(response, request);
  });
  const url = await listenHere(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url, seen };
}

export function json(body: unknown, status = 200): Answering {
  return (response) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

export function text(body: string, status = 200, headers: Record<string, string> = {}): Answering {
  return (response) => response.writeHead(status, headers).end(body);
}

export function code(Code: number | string, Message = "no", Payload?: unknown): Answering {
  return json({ Header: { Code, Message, RequestID: "r-1" }, ...(Payload !== undefined && { Payload }) });
}

export const ok = (Payload: unknown): Answering =>
  json({ Header: { Code: 0, Message: "", RequestID: "r-1" }, Payload });

export const reset: Answering = (_, request) => request.socket.resetAndDestroy();
export const hang: Answering = () => {};
export const cutBody: Answering = (response) => {
  response.writeHead(200, { "Content-Length": 1000 });
  response.write('{"Header":', () => response.destroy());
};
