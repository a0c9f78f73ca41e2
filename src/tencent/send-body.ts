import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Agent as HttpAgent, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import COS from "cos-nodejs-sdk-v5";
import { abortFault } from "./race-abort.ts";

export interface BodyRequest {
  readonly url: URL;
  /** Where to connect instead of the URL's host, which stays in the Host header. */
  readonly endpoint: URL | undefined;
  readonly headers: Readonly<Record<string, string | number>>;
  /** Must not change until the call has ended. */
  readonly body: Uint8Array;
  readonly agent: HttpAgent | undefined;
  /** How long the connection may be idle. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const MOST_ANSWER_BYTES = 64 * 1024;

/** Keeps connections open between the parts of one transfer. Destroy it at the end. */
export function keepAliveAgent(endpoint: string | undefined): HttpAgent {
  const isPlain = endpoint !== undefined && new URL(endpoint).protocol === "http:";
  return isPlain ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
}

/**
 * PUTs bytes to COS in one write: the SDK would copy a buffer twice, and read a stream in pieces. Redirects are not followed.
 * @returns the headers of a 2xx
 * @throws the same as the SDK: an object with `code`, and with `statusCode`, `error`, `RequestId` if COS answered
 */
export async function sendBody(ask: BodyRequest): Promise<IncomingHttpHeaders> {
  const { signal } = ask;
  if (signal.aborted) throw abortFault(signal);
  const request = open(ask);
  const stop = () => request.destroy(abortFault(signal));
  request.on("error", () => {});
  request.on("timeout", () => request.destroy(Object.assign(new Error("time-out"), { code: "ESOCKETTIMEDOUT" })));
  signal.addEventListener("abort", stop, { once: true });
  try {
    const answered = once(request, "response");
    request.end(ask.body);
    const [response]: IncomingMessage[] = await answered;
    if (!response) throw new Error("no response");
    const text = await readText(response);
    if (isSuccess(response.statusCode)) return response.headers;
    throw answerError(response, text);
  } finally {
    signal.removeEventListener("abort", stop);
    // After an early answer the rest is still being written, from memory that will be reused.
    if (!request.writableFinished) request.destroy();
  }
}

function open({ url, endpoint = url, headers, agent, timeoutMs }: BodyRequest) {
  const send = endpoint.protocol === "http:" ? requestHttp : requestHttps;
  return send({
    method: "PUT",
    hostname: endpoint.hostname,
    port: endpoint.port,
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, Host: url.host },
    agent,
    timeout: timeoutMs,
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > MOST_ANSWER_BYTES) throw new Error(`an answer of more than ${MOST_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function isSuccess(status = 0): boolean {
  return status >= 200 && status < 300;
}

function answerError({ statusCode, headers }: IncomingMessage, text: string): object {
  const error: unknown = text.trimStart().startsWith("<") ? COS.util.xml2json(text).Error : undefined;
  const RequestId = headers["x-cos-request-id"];
  return { statusCode, headers, error, RequestId, code: error ? undefined : String(statusCode) };
}
