import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { systemCodeOf } from "../core/fault.ts";
import type { Log } from "../core/ports.ts";
import type { Connections } from "./connections.ts";
import { boundWaiting } from "./connections.ts";
import type { BodyLimits } from "./request-body.ts";
import { BodyReader } from "./request-body.ts";

export interface Pages {
  /** What keeps the bot from being ready; empty when nothing does. */
  readonly problems: () => Promise<readonly string[]>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** The host of PUBLIC_URL: requests for that name get no metrics. */
  readonly publicHost?: string | undefined;
  /** Handles Slack's requests in HTTP mode; undefined in Socket Mode, and returns undefined until Slack is connected. */
  readonly slackEvents: (() => SignedRequests | undefined) | undefined;
  /** Handles `/upload` and what is below it; undefined without PUBLIC_URL. */
  readonly upload?: UploadRequests | undefined;
}

export interface UploadRequests {
  /** Why a request is refused before a byte of its body is read: an HTTP status. */
  refusal(req: IncomingMessage): Promise<number | undefined>;
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

export interface SignedRequests {
  /** The body of any other request is not read. */
  accepts(headers: IncomingHttpHeaders): boolean;
  handle(req: IncomingMessage, res: ServerResponse, body: Buffer): void;
}

export interface HttpLimits {
  /** For the headers of a request, which also bounds a connection on which nothing comes. */
  readonly headersMs: number;
  /** How often Node looks for connections that have outlasted it. */
  readonly checkEveryMs: number;
  /** Open connections; any further one is closed at once. */
  readonly connections: number;
  /** Connections that have sent no whole request. */
  readonly waiting: number;
  /** How long a connection stays open after a refusal, because a close on unread data destroys the answer on its way. */
  readonly lingerMs: number;
  readonly slackEvents: BodyLimits;
}

const MEGABYTE = 1024 * 1024;

const LIMITS: HttpLimits = {
  headersMs: 10_000,
  checkEveryMs: 1_000,
  connections: 1_000,
  waiting: 400,
  lingerMs: 1_000,
  slackEvents: { bytes: MEGABYTE, ms: 10_000, bytesTogether: 8 * MEGABYTE },
};

/** Floods must not fill the log. */
const SAME_WARNING_EVERY_MS = 10_000;

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly pages: Pages;
  readonly log: Log;
  readonly limits?: Partial<HttpLimits>;
}

/**
 * Starts the HTTP server: `/livez`, `/readyz`, `/metrics`, in HTTP mode `POST /slack/events`, and the upload page.
 * @throws {Error} with the setting to change, when the server cannot listen on the address
 */
export async function startHttpServer(options: HttpServerOptions): Promise<{ port: number; close(): Promise<void> }> {
  const limits = { ...LIMITS, ...options.limits };
  const server = createServer({
    headersTimeout: limits.headersMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    // Each route has its own limits of a body; most read none.
    requestTimeout: 0,
  });
  server.maxConnections = limits.connections;
  const connections = boundWaiting(server, limits.waiting);
  const routes = new Routes(options.pages, limits, connections);
  const route = (req: IncomingMessage, res: ServerResponse): void => void routes.route(req, res);
  // With a listener of its own, `Expect: 100-continue` asks for no body that a route does not read.
  server.on("request", route).on("checkContinue", route);
  await listen(server, options.host, options.port);
  tellTrouble(server, options.log);
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : options.port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        connections.closeWaiting();
      }),
  };
}

class Routes {
  readonly #pages: Pages;
  readonly #lingerMs: number;
  readonly #connections: Connections;
  readonly #slackBodies: BodyReader;

  constructor(pages: Pages, limits: HttpLimits, connections: Connections) {
    this.#pages = { ...pages, problems: shared(pages.problems), metrics: shared(pages.metrics) };
    this.#lingerMs = limits.lingerMs;
    this.#connections = connections;
    this.#slackBodies = new BodyReader(limits.slackEvents);
  }

  async route(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = (req.url ?? "/").split("?")[0];
    if (path === "/slack/events" && this.#pages.slackEvents)
      return this.#passToSlack(req, res, this.#pages.slackEvents());
    if (this.#pages.upload && /^\/upload(?:\/|$)/.test(path ?? "")) {
      return await this.#passToUpload(req, res, this.#pages.upload);
    }
    if (hasBody(req)) return this.#refuse(req, res, 413, "no body is read here");
    this.#connections.serve(res);
    if (path === "/livez") return answer(res, 200, "alive");
    if (path === "/readyz") return this.#answerReady(res);
    if (path === "/metrics" && isNeighbour(req, this.#pages)) return this.#answerMetrics(res);
    answer(res, 404, "not found");
  }

  async #answerReady(res: ServerResponse): Promise<void> {
    const problems = await this.#pages.problems();
    if (problems.length === 0) answer(res, 200, "ready");
    else answer(res, 503, ["not ready", ...problems].join("\n"));
  }

  async #answerMetrics(res: ServerResponse): Promise<void> {
    try {
      const { contentType, text } = await this.#pages.metrics();
      res.writeHead(200, { "Content-Type": contentType }).end(text);
    } catch {
      answer(res, 503, "the store cannot be read");
    }
  }

  async #passToSlack(req: IncomingMessage, res: ServerResponse, slack: SignedRequests | undefined): Promise<void> {
    if (req.method !== "POST") return this.#refuse(req, res, 405, "only POST");
    if (!slack) return this.#refuse(req, res, 503, "not ready");
    if (!slack.accepts(req.headers)) return this.#refuse(req, res, 401, "not signed by Slack");
    const read = await this.#slackBodies.read(req, res);
    switch (read.type) {
      case "gone":
        return;
      case "refused":
        return this.#refuse(req, res, read.status, "the body is too long or too slow");
      case "whole":
        this.#connections.serve(res);
        slack.handle(req, res, read.body);
    }
  }

  async #passToUpload(req: IncomingMessage, res: ServerResponse, upload: UploadRequests): Promise<void> {
    const status = await upload.refusal(req);
    if (status !== undefined) return this.#refuse(req, res, status, "not taken");
    if (!hasBody(req) || req.headers.expect === undefined) this.#connections.serve(res);
    else res.writeContinue();
    await upload.handle(req, res);
  }

  /** Answers without reading the rest of the body, then closes the connection. */
  #refuse(req: IncomingMessage, res: ServerResponse, status: number, text: string): void {
    if (!hasBody(req) || req.complete) {
      answer(res, status, text);
      return;
    }
    const line = `${text}\n`;
    res.writeHead(status, { ...PLAIN, "Content-Length": line.length, Connection: "close" });
    res.write(line);
    const timer = setTimeout(() => res.end(), this.#lingerMs);
    res.once("close", () => clearTimeout(timer));
  }
}

/** Callers that come while the work is under way get its result. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  const state: { running?: Promise<T> } = {};
  return () => {
    state.running ??= work().finally(() => delete state.running);
    return state.running;
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** A request that came through a proxy, or by the public name, is from outside. */
function isNeighbour({ headers }: IncomingMessage, { publicHost }: Pages): boolean {
  const isForwarded = headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
  return !isForwarded && (publicHost === undefined || headers.host?.toLowerCase() !== publicHost.toLowerCase());
}

const PLAIN = { "Content-Type": "text/plain; charset=utf-8" };

function answer(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, PLAIN).end(`${text}\n`);
}

/** Without a listener, an error of a listening server ends the process. */
function tellTrouble(server: Server, log: Log): void {
  const warned = new Map<string, number>();
  const warn = (message: string, fields: object): void => {
    const now = performance.now();
    if (now - (warned.get(message) ?? Number.NEGATIVE_INFINITY) < SAME_WARNING_EVERY_MS) return;
    warned.set(message, now);
    log.warn(message, fields);
  };
  server.on("error", (error) => {
    const code = systemCodeOf(error);
    const isFull = code === "EMFILE" || code === "ENFILE";
    warn("accepting a connection", {
      code,
      ...(isFull && { because: "too many open files: raise the limit (ulimit -n)" }),
    });
  });
  server.on("drop", () => warn("closing new connections: too many are open", { most: server.maxConnections }));
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
