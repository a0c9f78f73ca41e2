import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { CosError } from "./errors.ts";
import type { Route } from "./route.ts";

/** How far ahead of COS a client's clock may be; the real tolerance is not published. */
const EARLY_SECONDS = 300;
const FIELDS = [
  "q-sign-algorithm",
  "q-ak",
  "q-sign-time",
  "q-key-time",
  "q-header-list",
  "q-url-param-list",
  "q-signature",
] as const;

interface Signature {
  readonly secretId: string;
  readonly signTime: string;
  readonly keyTime: string;
  readonly headerList: readonly string[];
  readonly paramList: readonly string[];
  readonly signature: string;
}

/** @throws {CosError} when there is no Authorization, or one that is not a q-sign */
export function readSignature(authorization: string | undefined): Signature {
  if (authorization === undefined) throw new CosError("AccessDenied");
  const fields = new Map<string, string>();
  for (const pair of authorization.split("&")) {
    const equals = pair.indexOf("=");
    fields.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  for (const name of FIELDS) {
    if (!fields.has(name)) throw new CosError("InvalidArgument", `authorization without ${name}`);
  }
  if (fields.get("q-sign-algorithm") !== "sha1") throw new CosError("InvalidArgument", "q-sign-algorithm is not sha1");
  return {
    secretId: fields.get("q-ak") ?? "",
    signTime: fields.get("q-sign-time") ?? "",
    keyTime: fields.get("q-key-time") ?? "",
    headerList: list(fields.get("q-header-list")),
    paramList: list(fields.get("q-url-param-list")),
    signature: fields.get("q-signature") ?? "",
  };
}

/**
 * Checks times and signature of a request.
 * @param now  Unix seconds
 * @throws {CosError} AccessDenied "Request has expired", RequestTimeTooSkewed, SignatureDoesNotMatch
 */
export function verifySignature(
  signed: Signature,
  request: { route: Route; headers: IncomingHttpHeaders; secretKey: string; now: number },
): void {
  verifyTime(signed.keyTime, request.now);
  verifyTime(signed.signTime, request.now);
  const { format, toSign, signature } = sign(signed, request);
  if (signature === signed.signature) return;
  throw new CosError("SignatureDoesNotMatch", undefined, { StringToSign: toSign, FormatString: format });
}

function sign(signed: Signature, request: { route: Route; headers: IncomingHttpHeaders; secretKey: string }) {
  const { route, headers, secretKey } = request;
  const params = pairs(signed.paramList, route.params);
  const heads = pairs(
    signed.headerList,
    new Map(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  );
  const format = `${route.method.toLowerCase()}\n/${route.key}\n${params}\n${heads}\n`;
  const toSign = `sha1\n${signed.signTime}\n${createHash("sha1").update(format).digest("hex")}\n`;
  return { format, toSign, signature: hmac(hmac(secretKey, signed.keyTime), toSign) };
}

/** A listed name that the request lacks counts as empty, so its signature does not match. */
function pairs(listed: readonly string[], given: ReadonlyMap<string, string>): string {
  const values = new Map([...given].map(([name, value]) => [encode(name).toLowerCase(), encode(value)]));
  const sorted = [...listed].sort();
  return sorted.map((name) => `${name}=${values.get(name) ?? ""}`).join("&");
}

function verifyTime(window: string, now: number): void {
  const [, start, end] = /^(\d+);(\d+)$/.exec(window) ?? [];
  if (start === undefined || end === undefined || Number(start) > Number(end)) {
    throw new CosError("InvalidArgument", "q-sign-time or q-key-time is not start;end");
  }
  if (now > Number(end)) throw new CosError("AccessDenied", "Request has expired");
  if (now < Number(start) - EARLY_SECONDS) throw new CosError("RequestTimeTooSkewed");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string, text: string): string {
  return createHmac("sha1", key).update(text).digest("hex");
}

function list(text = ""): string[] {
  return text.split(";").filter((name) => name !== "");
}
