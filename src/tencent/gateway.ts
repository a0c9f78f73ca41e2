import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import nodeFetch, { AbortError, FetchError } from "node-fetch";
import pRetry from "p-retry";
import { z } from "zod";
import type { FaultCode, FaultDetails } from "../core/fault.ts";
import { describeFault, Fault, isFault } from "../core/fault.ts";
import type { GatewayName } from "../core/material.ts";
import type { Clock, Log } from "../core/ports.ts";
import type { RateSlots } from "../core/replica-ports.ts";
import { makeVisible } from "../core/visible.ts";
import { GatewayTurns } from "./gateway-turns.ts";
import { httpStatusCode, isDefiniteNo, isNoSuchRoute } from "./result-codes.ts";
import { signedQuery } from "./sign.ts";

const TIMEOUT_MS = 15_000;
const LARGEST_ANSWER_BYTES = 1024 * 1024;
const READ_RETRIES = 3;
const FIRST_RETRY_MS = 500;

export interface GatewayOptions {
  readonly baseUrl: string;
  readonly appkey: string;
  readonly accessToken: string;
  /** Calls a second, at most, of all replicas together. */
  readonly rate: number;
  readonly rates: RateSlots;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after every attempt: its route and the result code, HTTP status or reason that it ended with. */
  readonly onCall?: (call: { readonly route: string; readonly code: string }) => void;
  /** For calls without their own. */
  readonly timeoutMs?: number;
  /** The wait before a read's first retry. It doubles each time, plus jitter of up to the same length. */
  readonly firstRetryMs?: number;
  readonly fetch?: typeof nodeFetch;
}

export interface GatewayCall<T> {
  readonly path: string;
  readonly payload: object;
  /** Schema of `Payload`, which is `{}` if the gateway omits it. */
  readonly answer: z.ZodType<T>;
  /** Reads are retried; a write is sent at most once. */
  readonly kind: "read" | "write";
  /** Who waits for a read; a person unless said otherwise. A write goes before all of them. */
  readonly waits?: "person" | "upload" | "nobody";
  /** Sent as `Header.RequestID`. */
  readonly claim?: string;
  readonly timeoutMs?: number;
}

export interface GatewayAnswer<T> {
  readonly payload: T;
  readonly requestId: string | undefined;
}

export interface Gateway {
  /** @throws {Fault} `gateway-not-sent`, `gateway-refused` (a result code), `gateway-unclear` (the call may have been carried out) */
  call<T>(ask: GatewayCall<T>): Promise<GatewayAnswer<T>>;
  /** Resolves when fewer calls wait than about half a second takes, to how many more a second takes. */
  room(): Promise<number>;
}

const MAINLAND_HOST = "gw.tvs.qq.com";

/** Which gateway an address is; any other than the mainland's counts as the international one. */
export function gatewayName(baseUrl: string): GatewayName {
  return new URL(baseUrl).hostname === MAINLAND_HOST ? "mainland" : "international";
}

/** The vendor's gateway: signed, rate-limited calls with a time-out, each on its own connection. @see docs/tencent-api.md, Gateway and signature */
export function gateway(options: GatewayOptions): Gateway {
  const turns = new GatewayTurns(options);
  async function takeTurn(ask: GatewayCall<unknown>): Promise<void> {
    try {
      await turns.take(ask.kind === "write" ? "spends" : (ask.waits ?? "person"));
    } catch (error) {
      throw fault(ask, "gateway-not-sent", `its turn cannot be asked for: ${describeFault(error)}`);
    }
  }

  async function attempt<T>(ask: GatewayCall<T>): Promise<GatewayAnswer<T>> {
    const route = operationOf(ask);
    try {
      const answer = await send(ask);
      options.onCall?.({ route, code: "0" });
      return answer;
    } catch (error) {
      options.onCall?.({ route, code: isFault(error) ? String(error.resultCode ?? error.code) : "unexpected" });
      throw error;
    }
  }

  async function send<T>(ask: GatewayCall<T>): Promise<GatewayAnswer<T>> {
    const query = signedQuery(options.appkey, options.accessToken, Math.floor(options.clock.now() / 1000));
    const url = new URL(`${options.baseUrl.replace(/\/+$/, "")}${ask.path}?${query}`);
    const startedAt = options.clock.now();
    const { status, text } = await post(options, url, ask);
    const operation = operationOf(ask);
    options.log.debug("the gateway answered", {
      operation,
      claim: ask.claim,
      status,
      ms: options.clock.now() - startedAt,
    });
    return readAnswer(ask, status, text);
  }

  return {
    room: () => turns.room(),

    call(ask) {
      const once = async () => {
        await takeTurn(ask);
        return attempt(ask);
      };
      if (ask.kind === "write") return once();
      return pRetry(once, {
        retries: READ_RETRIES,
        minTimeout: options.firstRetryMs ?? FIRST_RETRY_MS,
        randomize: true,
        shouldRetry: ({ error }) => isFault(error, "gateway-not-sent", "gateway-unclear") && !isNoSuchRoute(error),
      });
    },
  };
}

async function post(
  options: GatewayOptions,
  url: URL,
  ask: GatewayCall<unknown>,
): Promise<{ status: number; text: string }> {
  const timeoutMs = ask.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS;
  let isReady = false;
  const agent = ownConnection(url.protocol, () => {
    isReady = true;
  });
  try {
    const response = await (options.fetch ?? nodeFetch)(url.href, {
      method: "POST",
      headers: { "Content-Type": "application/json;charset=utf-8" },
      body: JSON.stringify({ Header: ask.claim === undefined ? {} : { RequestID: ask.claim }, Payload: ask.payload }),
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      size: LARGEST_ANSWER_BYTES,
      agent,
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    // node-fetch's message contains the signed URL: pass on only the code.
    const reason = error instanceof AbortError ? `no answer within ${timeoutMs / 1000} s` : codeOf(error);
    throw fault(ask, isReady ? "gateway-unclear" : "gateway-not-sent", reason);
  } finally {
    agent.destroy();
  }
}

/** Only passed on to people: an unexpected type must not make the whole answer unreadable. */
const word = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

const envelopeSchema = z.object({
  Header: z.object({
    Code: z.union([
      z.number(),
      z
        .string()
        .regex(/^-?\d+$/)
        .transform(Number),
    ]),
    Message: word,
    RequestID: word,
  }),
  Payload: z.unknown().optional(),
});

/** @see docs/tencent-api.md, Result codes (vendor page 62081): they come with HTTP 200 */
function readAnswer<T>(ask: GatewayCall<T>, status: number, text: string): GatewayAnswer<T> {
  const http = status < 300 ? {} : { resultCode: httpStatusCode(status) };
  const envelope = envelopeSchema.safeParse(parseJson(text));
  if (!envelope.success) throw fault(ask, "gateway-unclear", `HTTP ${status} without a readable answer`, http);
  const { Header, Payload } = envelope.data;
  const requestId = Header.RequestID || undefined;
  const details = { ...http, ...(requestId && { requestId }), ...(Header.Message && { said: Header.Message }) };
  const isFromElsewhere = status >= 500 || (status >= 300 && status < 400);
  if (isFromElsewhere) throw fault(ask, "gateway-unclear", `HTTP ${status}`, details);
  if (Header.Code !== 0) {
    const code = isDefiniteNo(operationOf(ask), Header.Code) ? "gateway-refused" : "gateway-unclear";
    throw fault(ask, code, `code ${Header.Code}`, { ...details, resultCode: Header.Code });
  }
  const payload = ask.answer.safeParse(Payload ?? {});
  if (status < 300 && payload.success) return { payload: payload.data, requestId };
  const wrong = payload.error?.issues[0]?.path.join(".") || "Payload";
  throw fault(ask, "gateway-unclear", `HTTP ${status}, code 0, but ${wrong} is missing or malformed`, details);
}

/** Numeric ids may be longer than JSON.parse keeps exact. */
function parseJson(text: string): unknown {
  try {
    return makeVisible(JSON.parse(text.replace(/"(TaskId|TextId|AudioId)"\s*:\s*(\d{16,})/g, '"$1":"$2"')));
  } catch {
    return undefined;
  }
}

function fault(ask: GatewayCall<unknown>, code: FaultCode, reason: string, details: FaultDetails = {}): Fault {
  const said = details.said ? ` ${details.said}` : "";
  const id = details.requestId ? ` (RequestID ${details.requestId})` : "";
  return new Fault(code, `calling ${operationOf(ask)}: ${reason}${said}${id}`, details);
}

function operationOf(ask: GatewayCall<unknown>): string {
  return ask.path.split("/").at(-1) ?? ask.path;
}

function codeOf(error: unknown): string {
  if (error instanceof FetchError) return error.code ?? error.type;
  return error instanceof Error ? error.name : "unknown error";
}

/**
 * An agent that opens a new connection for each request. A kept-alive one may already be dead, and then it would be
 * unclear whether a call that must not be repeated was made.
 * @param protocol  as a URL has it: `https:`, or `http:` for a gateway on this machine
 * @param onReady  called once connected, including TLS: before that nothing can have been sent
 */
function ownConnection(protocol: string, onReady: () => void): HttpAgent {
  const isTls = protocol === "https:";
  const agent: HttpAgent = isTls ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    socket?.once(isTls ? "secureConnect" : "connect", onReady);
    return socket;
  };
  return agent;
}
