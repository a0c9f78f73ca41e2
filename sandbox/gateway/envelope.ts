import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { GatewayRefusal } from "./refusal.ts";

const MOST_BYTES = 1024 * 1024;

const Envelope = z.strictObject({
  Header: z.looseObject({ RequestID: z.string().max(128).optional() }),
  Payload: z.looseObject({}),
});

export interface Asked {
  readonly header: unknown;
  readonly payload: unknown;
  /** the caller's own, or one of the gateway's */
  readonly requestId: string;
  /** why this is no request in the gateway's form */
  readonly refusal: GatewayRefusal | undefined;
}

/** Reads content type and body; what is wrong with them is told, not thrown, so that the call is still recorded. */
export async function readEnvelope(request: IncomingMessage): Promise<Asked> {
  const none = { header: undefined, payload: undefined, requestId: randomBytes(16).toString("hex") };
  const refuse = (why: string): Asked => ({ ...none, refusal: new GatewayRefusal(100001, why) });
  const text = await readText(request);
  if (!/^application\/json *(; *charset=utf-?8 *)?$/i.test(request.headers["content-type"] ?? "")) {
    return refuse("Content-Type is not application/json;charset=utf-8");
  }
  const parsed = Envelope.safeParse(parseJson(text));
  if (!parsed.success) return refuse("the body is not {Header, Payload}");
  const { Header, Payload } = parsed.data;
  return { header: Header, payload: Payload, requestId: Header.RequestID || none.requestId, refusal: undefined };
}

export function renderAnswer(requestId: string, payload: unknown): string {
  return JSON.stringify({
    Header: { Code: 0, DialogID: "", Message: "", RequestID: requestId, SessionID: "" },
    Payload: payload,
  });
}

/** @param withPayload  the gateway leaves Payload out of an error, or gives an empty one */
export function renderError(requestId: string, error: { code: number; message: string }, withPayload: boolean): string {
  const Header = { Code: error.code, Message: error.message, RequestID: requestId };
  return JSON.stringify(withPayload ? { Header, Payload: {} } : { Header });
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new RangeError("a body over 1 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
