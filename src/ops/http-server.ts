import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { systemCodeOf } from "../core/fault.ts";

export interface Pages {
  /** What keeps the bot from being ready; empty when nothing does. */
  readonly problems: () => Promise<readonly string[]>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** The host of PUBLIC_URL: requests for that name get no metrics. */
  readonly publicHost?: string | undefined;
  /** Handles Slack's requests in HTTP mode; undefined in Socket Mode, and returns undefined until Slack is connected. */
  readonly slackEvents: (() => RequestListener | undefined) | undefined;
}

/**
 * Starts the HTTP server: `/livez`, `/readyz`, `/metrics`, and in HTTP mode `POST /slack/events`.
 * @throws {Error} with the setting to change, when the server cannot listen on the address
 */
export async function startHttpServer(
  host: string,
  port: number,
  pages: Pages,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((req, res) => void route(req, res, pages));
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

async function route(req: IncomingMessage, res: ServerResponse, pages: Pages): Promise<void> {
  const path = (req.url ?? "/").split("?")[0];
  if (path === "/livez") return answer(res, 200, "alive");
  if (path === "/readyz") return answerReady(res, pages);
  if (path === "/metrics" && isNeighbour(req, pages)) return answerMetrics(res, pages);
  if (path === "/slack/events" && pages.slackEvents) return passToSlack(req, res, pages.slackEvents());
  answer(res, 404, "not found");
}

async function answerReady(res: ServerResponse, pages: Pages): Promise<void> {
  const problems = await pages.problems();
  if (problems.length === 0) answer(res, 200, "ready");
  else answer(res, 503, ["not ready", ...problems].join("\n"));
}

async function answerMetrics(res: ServerResponse, pages: Pages): Promise<void> {
  try {
    const { contentType, text } = await pages.metrics();
    res.writeHead(200, { "Content-Type": contentType }).end(text);
  } catch {
    answer(res, 503, "the store cannot be read");
  }
}

/** A request that came through a proxy, or by the public name, is from outside. */
function isNeighbour({ headers }: IncomingMessage, { publicHost }: Pages): boolean {
  const isForwarded = headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
  return !isForwarded && (publicHost === undefined || headers.host?.toLowerCase() !== publicHost.toLowerCase());
}

function passToSlack(req: IncomingMessage, res: ServerResponse, slack: RequestListener | undefined): void {
  if (req.method !== "POST") answer(res, 405, "only POST");
  else if (slack) slack(req, res);
  else answer(res, 503, "not ready");
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
