import { escapeXml } from "./xml.ts";

const ERRORS = {
  AccessDenied: [403, "Access Denied."],
  BadDigest: [400, "The Content-MD5 you specified did not match what we received."],
  BucketAccelerateNotEnabled: [400, "The bucket is not enabled accelerate."],
  EntityTooLarge: [400, "Your proposed upload exceeds the maximum allowed object size."],
  EntityTooSmall: [400, "Your proposed upload is smaller than the minimum allowed object size."],
  ExpiredToken: [400, "The provided token has expired."],
  IncompleteBody: [400, "You did not provide the number of bytes specified by the Content-Length HTTP header."],
  InternalError: [500, "We encountered an internal error. Please try again."],
  InvalidAccessKeyId: [403, "The Access Key Id you provided does not exist in our records."],
  InvalidArgument: [400, "Invalid Argument."],
  InvalidDigest: [400, "The Content-MD5 you specified was invalid."],
  InvalidPart: [400, "One or more of the specified parts could not be found."],
  InvalidPartOrder: [400, "The list of parts was not in ascending order."],
  InvalidToken: [400, "The provided token is malformed or otherwise invalid."],
  InvalidURI: [400, "Could not parse the specified URI."],
  KeyTooLong: [400, "Your key is too long."],
  MalformedXML: [400, "The XML you provided was not well-formed or did not validate against our published schema."],
  MethodNotAllowed: [405, "The specified method is not allowed against this resource."],
  NoSuchBucket: [404, "The specified bucket does not exist."],
  NoSuchKey: [404, "The specified key does not exist."],
  NoSuchUpload: [404, "The specified multipart upload does not exist."],
  NotImplemented: [501, "A header you provided implies functionality that is not implemented."],
  RequestTimeTooSkewed: [403, "The difference between the request time and the server's time is too large."],
  ServiceUnavailable: [503, "Please reduce your request rate."],
  SignatureDoesNotMatch: [403, "The Signature you specified is invalid."],
  SlowDown: [503, "Please reduce your request rate."],
} as const satisfies Record<string, readonly [number, string]>;

type CosErrorCode = keyof typeof ERRORS;

/** An answer that COS gives as status and XML body; `extra` are further elements of that body. */
export class CosError extends Error {
  readonly code: string;
  readonly status: number;
  readonly extra: Readonly<Record<string, string>>;

  constructor(code: CosErrorCode, message: string = ERRORS[code][1], extra: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.status = ERRORS[code][0];
    this.extra = extra;
  }
}

/** The status and message that COS gives with a code; a code that is not in the table is a 400. */
export function knownError(code: string): { status: number; message: string } {
  const known = Object.entries(ERRORS).find(([name]) => name === code);
  return known ? { status: known[1][0], message: known[1][1] } : { status: 400, message: code };
}

/** The code in the body for a plain status, e.g. 503 → ServiceUnavailable. */
export function codeOfStatus(status: number): string {
  if (status === 403) return "AccessDenied";
  if (status === 503) return "ServiceUnavailable";
  return Object.entries(ERRORS).find(([, [known]]) => known === status)?.[0] ?? "InternalError";
}

export function errorXml(error: {
  code: string;
  message: string;
  resource: string;
  requestId: string;
  extra?: Readonly<Record<string, string>>;
}): string {
  const elements = {
    Code: error.code,
    Message: error.message,
    ...error.extra,
    Resource: error.resource,
    RequestId: error.requestId,
    TraceId: Buffer.from(`trace of ${error.requestId}`).toString("base64"),
  };
  const body = Object.entries(elements).map(([name, value]) => `\t<${name}>${escapeXml(value)}</${name}>\n`);
  return `<?xml version='1.0' encoding='utf-8' ?>\n<Error>\n${body.join("")}</Error>\n`;
}
