import type { Fault } from "../core/fault.ts";
import { isFault } from "../core/fault.ts";
import type { VendorReason } from "../core/vendor-answer.ts";
import { NOT_SENT } from "../core/vendor-answer.ts";

/**
 * The gateway's result codes (`Header.Code`, with HTTP 200). No other file knows them.
 * @see docs/tencent-api.md, Result codes (vendor page 62081)
 */
const CODE = {
  internalError: 100000,
  badParameters: 100001,
  badValue: 100002,
  badParametersToo: 100003,
  notAuthorised: 100005,
  quotaUsedUp: 100008,
  noQuota: 100014,
  noSuchTask: 110006,
} as const;

/** The `resultCode` of an answer without one of its own. This is the answer for a route that does not exist. */
const NO_SUCH_ROUTE = httpStatusCode(404);

/** Codes after which the vendor has certainly done nothing, one closed list per call. After any other code, nobody knows. */
const DEFINITE_NO = {
  make: [CODE.badParameters, CODE.badValue, CODE.badParametersToo, CODE.notAuthorised, CODE.quotaUsedUp, CODE.noQuota],
  customerconfirm: [CODE.badParameters, CODE.badValue, CODE.badParametersToo, CODE.notAuthorised, CODE.noSuchTask],
} as const satisfies Readonly<Record<string, readonly number[]>>;

const PARAMETER_CODES: readonly unknown[] = [CODE.badParameters, CODE.badValue, CODE.badParametersToo];

const REASONS: ReadonlyMap<string, VendorReason> = new Map([
  [NOT_SENT, "not-sent"],
  [String(CODE.badParameters), "bad-parameters"],
  [String(CODE.badValue), "bad-value"],
  [String(CODE.badParametersToo), "bad-parameters"],
  [String(CODE.notAuthorised), "not-authorised"],
  [String(CODE.quotaUsedUp), "quota-used-up"],
  [String(CODE.noQuota), "no-quota"],
  [String(CODE.noSuchTask), "no-such-task"],
]);

/** @param code  as a record keeps it */
export function vendorReason(code: string): VendorReason {
  return REASONS.get(code) ?? "other";
}

export function httpStatusCode(status: number): string {
  return `http-${status}`;
}

/** The gateway failed; the call may have been carried out. */
export function isInternalError(code: number): boolean {
  return code === CODE.internalError;
}

export function isDefiniteNo(error: unknown, operation: keyof typeof DEFINITE_NO): error is Fault {
  const codes: readonly unknown[] = DEFINITE_NO[operation];
  return isFault(error, "gateway-refused") && codes.includes(error.resultCode);
}

export function refusesParameters(error: unknown): boolean {
  return isFault(error, "gateway-refused") && PARAMETER_CODES.includes(error.resultCode);
}

export function isNoSuchRoute(error: unknown): boolean {
  return isFault(error, "gateway-unclear") && error.resultCode === NO_SUCH_ROUTE;
}

/** The gateway has no such route (HTTP 404), or has it but not for this account. */
export function isAbsent(error: unknown): boolean {
  const isRefused = isFault(error, "gateway-refused") && error.resultCode === CODE.notAuthorised;
  return isRefused || isNoSuchRoute(error);
}
