import { isFault } from "../core/fault.ts";
import type { VendorReason } from "../core/vendor-answer.ts";
import { NOT_SENT } from "../core/vendor-answer.ts";

/**
 * The gateway's result codes (`Header.Code`, with HTTP 200). No other file knows them.
 * @see docs/tencent-api.md, Result codes (vendor page 62081)
 */
const CODE = {
  badParameters: 100001,
  badValue: 100002,
  badParametersToo: 100003,
  notAuthorised: 100005,
  quotaUsedUp: 100008,
  tooFrequent: 100012,
  hoursUsedUp: 100013,
  noQuota: 100014,
  recordExists: 110005,
  noSuchTask: 110006,
} as const;

/** The `resultCode` of an answer without one of its own. This is the answer for a route that does not exist. */
const NO_SUCH_ROUTE = httpStatusCode(404);

const PARAMETERS = [CODE.badParameters, CODE.badValue, CODE.badParametersToo];

/**
 * Codes after which the vendor has certainly done nothing and never will: one closed list per call. Any other code,
 * also one that nobody has published, passes: a read is repeated, and after a write nobody knows.
 */
const DEFINITE_NO: Readonly<Record<string, readonly number[]>> = {
  make: [...PARAMETERS, CODE.notAuthorised, CODE.quotaUsedUp, CODE.tooFrequent, CODE.noQuota, CODE.recordExists],
  customerconfirm: [...PARAMETERS, CODE.notAuthorised, CODE.tooFrequent, CODE.noSuchTask],
  getprogress: [CODE.noSuchTask],
  tts: [...PARAMETERS, CODE.notAuthorised, CODE.hoursUsedUp, CODE.tooFrequent],
  videomake: [...PARAMETERS, CODE.notAuthorised, CODE.hoursUsedUp, CODE.tooFrequent],
  gettext: PARAMETERS,
  audioevaluation: PARAMETERS,
  getaudioevaluationstate: [CODE.noSuchTask],
  detectaudioquality: PARAMETERS,
  getdetectprogress: [CODE.noSuchTask],
  // 100005: the account has no face detection.
  facedetect: [...PARAMETERS, CODE.notAuthorised],
  getfacedetectstate: [CODE.noSuchTask, CODE.notAuthorised],
};

const REASONS: ReadonlyMap<string, VendorReason> = new Map([
  [NOT_SENT, "not-sent"],
  [String(CODE.badParameters), "bad-parameters"],
  [String(CODE.badValue), "bad-value"],
  [String(CODE.badParametersToo), "bad-parameters"],
  [String(CODE.notAuthorised), "not-authorised"],
  [String(CODE.quotaUsedUp), "quota-used-up"],
  [String(CODE.noQuota), "no-quota"],
  [String(CODE.hoursUsedUp), "hours-used-up"],
  [String(CODE.tooFrequent), "too-frequent"],
  [String(CODE.recordExists), "record-exists"],
  [String(CODE.noSuchTask), "no-such-task"],
]);

/** @param code  as a record keeps it */
export function vendorReason(code: string): VendorReason {
  return REASONS.get(code) ?? "other";
}

export function httpStatusCode(status: number): string {
  return `http-${status}`;
}

/** @param operation  the last word of the call's path */
export function isDefiniteNo(operation: string, code: number): boolean {
  return DEFINITE_NO[operation]?.includes(code) ?? false;
}

export function refusesParameters(error: unknown): boolean {
  const codes: readonly unknown[] = PARAMETERS;
  return isFault(error, "gateway-refused") && codes.includes(error.resultCode);
}

export function isNoSuchRoute(error: unknown): boolean {
  return isFault(error, "gateway-unclear") && error.resultCode === NO_SUCH_ROUTE;
}

/** Every code that the vendor has published, for one service of the gateway or another. */
const PUBLISHED: readonly unknown[] = [
  ...Object.values(CODE),
  ...[-100000, -101000, -101001, -101003, 100000, 100007, 801000, 801002, 801004],
];

/**
 * The gateway has no such route (HTTP 404), has it but not for this account, or answers with a code that nobody has
 * published. For what is only advised, and blocks no request.
 */
export function isAbsent(error: unknown): boolean {
  if (isNoSuchRoute(error)) return true;
  if (isFault(error, "gateway-refused")) return error.resultCode === CODE.notAuthorised;
  return (
    isFault(error, "gateway-unclear") && typeof error.resultCode === "number" && !PUBLISHED.includes(error.resultCode)
  );
}
