import { z } from "zod";
import { Fault, isFault } from "../core/fault.ts";
import { visible } from "../core/visible.ts";

/** What the SDK throws: an Error built from COS's XML, or a plain object. @see docs/cos-sdk.md §5 */
const sdkErrorSchema = z.object({
  code: z.union([z.string(), z.number()]).nullish(),
  name: z.string().nullish(),
  message: z.string().nullish(),
  statusCode: z.number().nullish(),
  RequestId: z.string().nullish(),
  error: z
    .object({ Code: z.string().nullish(), Message: z.string().nullish(), RequestId: z.string().nullish() })
    .nullish()
    .catch(undefined),
  headers: z.object({ date: z.string().nullish() }).nullish().catch(undefined),
});

/** Server errors, which COS may also send with HTTP 200 when a multipart upload is completed. */
const SERVER_CODES = ["InternalError", "ServiceUnavailable", "SlowDown"];
/** The body was damaged in transit, or the clocks differ, which the SDK corrects after the first refusal. */
const WORTH_REPEATING = ["BadDigest", "IncompleteBody", "EntitySizeNotMatch", "RequestTimeout", "RequestTimeTooSkewed"];
const CREDENTIALS_ENDED = ["ExpiredToken", "InvalidAccessKeyId", "InvalidToken"];
const FORBIDDEN = ["AccessDenied", "401", "403"];
const REQUEST_EXPIRED = "Request has expired";
const BAD_CERTIFICATE = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** @param work  the work in progress, e.g. "sending part 3" */
export function cosFault(work: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const sdkError = sdkErrorSchema.safeParse(error).data ?? {};
  const resultCode = String(sdkError.code || sdkError.error?.Code || sdkError.name || "unknown error");
  const said = sdkError.error?.Message ?? sdkError.message ?? undefined;
  const requestId = sdkError.RequestId ?? sdkError.error?.RequestId ?? undefined;
  const isServers = !sdkError.statusCode || sdkError.statusCode >= 500 || SERVER_CODES.includes(resultCode);
  const status = sdkError.statusCode ? ` ${sdkError.statusCode}` : "";
  const id = requestId ? ` (RequestId ${requestId})` : "";
  return new Fault(isServers ? "cos-unreachable" : "cos-refused", `${work}: COS${status} ${resultCode}${id}`, {
    resultCode,
    ...(said && { said: visible(said) }),
    ...(requestId && { requestId }),
  });
}

/** How far COS's clock is ahead of ours, if it refused a request for its time. @returns ms */
export function clockOffsetIn(error: unknown, now: number = Date.now()): number | undefined {
  const { error: refused, headers } = sdkErrorSchema.safeParse(error).data ?? {};
  const isSkewed = refused?.Code === "RequestTimeTooSkewed" || refused?.Message === REQUEST_EXPIRED;
  const theirs = Date.parse(headers?.date ?? "");
  return isSkewed && !Number.isNaN(theirs) ? theirs - now : undefined;
}

/** The same request may succeed a little later. */
export function mayPassLater(error: unknown): boolean {
  if (isFault(error, "cos-mismatch")) return true;
  if (isFault(error, "cos-unreachable")) return !BAD_CERTIFICATE.test(String(error.resultCode));
  if (!isFault(error, "cos-refused")) return false;
  return WORTH_REPEATING.includes(String(error.resultCode)) || error.said === REQUEST_EXPIRED;
}

/** Only other credentials help. */
export function isOfCredentials(error: unknown): boolean {
  return isFault(error, "cos-refused") && CREDENTIALS_ENDED.includes(String(error.resultCode));
}

/** Refused without a reason. An answer without a body has only its status as code. */
export function isForbidden(error: unknown): boolean {
  return isFault(error, "cos-refused") && FORBIDDEN.includes(String(error.resultCode));
}
