import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { systemCodeOf } from "../core/fault.ts";

export interface Health {
  readonly isReady: () => boolean;
  /** Handles Slack's requests in HTTP mode; undefined in Socket Mode, and returns undefined until Slack is connected. */
  readonly slackEvents: (() => ((req: IncomingMessage, res: ServerResponse) => void) | undefined) | undefined;
}

/**
 * Starts the HTTP server: `/livez`, `/readyz`, and in HTTP mode `POST /slack/events`.
 * @throws {Error} with the setting to change, when the server cannot listen on the address
 */
export async function startHttpServer(
  host: string,
  port: number,
  health: Health,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((req, res) => route(req, res, health));
  await listen(server, host, port);
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeIdleConnections();
      }),
  };
}

function route(req: IncomingMessage, res: ServerResponse, health: Health): void {
  const path = (req.url ?? "/").split("?")[0];
  const isEvents = path === "/slack/events" && health.slackEvents !== undefined;
  if (path === "/livez") answer(res, 200, "alive");
  else if (path === "/readyz" && health.isReady()) answer(res, 200, "ready");
  else if (path === "/readyz") answer(res, 503, "not ready");
  else if (isEvents && req.method !== "POST") answer(res, 405, "only POST");
  else if (isEvents) {
    const slack = health.slackEvents?.();
    if (slack) slack(req, res);
    else answer(res, 503, "not ready");
  } else answer(res, 404, "not found");
}

function answer(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    const onError = (cause: Error): void => failed(new Error(reasonFor(systemCodeOf(cause), host, port)));
    server.once("error", onError);
    server.listen(port, host, () => {
      server.off("error", onError);
      listening();
    });
  });
}

function reasonFor(code: string, host: string, port: number): string {
  switch (code) {
    case "EADDRINUSE":
      return `PORT ${port} is in use by another program: stop it or set PORT`;
    case "EACCES":
      return `PORT ${port} needs privileges that this user lacks: set PORT above 1023`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST ${host} is no address of this machine: set HOST`;
    default:
      return `cannot listen on HOST ${host}, PORT ${port}: ${code}`;
  }
}
