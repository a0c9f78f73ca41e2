import type { IncomingMessage } from "node:http";
import { CosError } from "./errors.ts";

export type CosOperation =
  | "PutObject"
  | "InitiateMultipartUpload"
  | "UploadPart"
  | "ListParts"
  | "CompleteMultipartUpload"
  | "AbortMultipartUpload"
  | "HeadObject"
  | "DeleteObject";

/** A parsed request. Virtual-hosted: bucket and region are in the Host header. */
export interface Route {
  readonly operation: CosOperation;
  readonly method: string;
  readonly host: string;
  readonly bucket: string;
  readonly region: string;
  /** decoded, without the leading slash */
  readonly key: string;
  /** decoded; names in lower case */
  readonly params: ReadonlyMap<string, string>;
}

const HOST = /^([a-z\d-]+-\d+)\.cos\.([a-z\d-]+)\.(?:myqcloud\.com|tencentcos\.cn)$/;
const LONGEST_KEY_BYTES = 850;

/** @throws {CosError} for a host without a bucket, a path without a key, or an unsupported method */
export function readRoute(request: IncomingMessage): Route {
  const method = request.method ?? "";
  const host = request.headers.host ?? "";
  const [, bucket, region] = HOST.exec(host) ?? [];
  if (bucket === undefined || region === undefined) throw new CosError("NoSuchBucket");

  const [path = "", query = ""] = split(request.url ?? "/", "?");
  const key = decode(path).slice(1);
  const params = new Map<string, string>();
  for (const pair of query.split("&").filter((p) => p !== "")) {
    const [name = "", value = ""] = split(pair, "=");
    params.set(decode(name).toLowerCase(), decode(value));
  }
  const operation = operationOf(method, params);
  if (key === "" || operation === undefined) throw new CosError("MethodNotAllowed");
  if (/^[/\\]/.test(key)) throw new CosError("InvalidURI", "The object key must not begin with a slash.");
  if (Buffer.byteLength(key) > LONGEST_KEY_BYTES) throw new CosError("KeyTooLong");
  return { operation, method, host, bucket, region, key, params };
}

function operationOf(method: string, params: ReadonlyMap<string, string>): CosOperation | undefined {
  const upload = params.has("uploadid");
  if (method === "PUT") return upload && params.has("partnumber") ? "UploadPart" : upload ? undefined : "PutObject";
  if (method === "POST")
    return upload ? "CompleteMultipartUpload" : params.has("uploads") ? "InitiateMultipartUpload" : undefined;
  if (method === "GET") return upload ? "ListParts" : undefined;
  if (method === "DELETE") return upload ? "AbortMultipartUpload" : "DeleteObject";
  return method === "HEAD" ? "HeadObject" : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new CosError("InvalidURI");
  }
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
