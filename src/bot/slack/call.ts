import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { Fault, isFault } from "../../core/fault.ts";
import type { Clock } from "../../core/ports.ts";

/** Slack's own error code (`not_in_channel`, …), else what kept it from answering. */
export function slackCode(error: unknown): string {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  if (error instanceof WebAPIRateLimitedError) return "ratelimited";
  if (error instanceof WebAPIHTTPError) return `http-${error.statusCode}`;
  if (error instanceof WebAPIRequestError) return "no-answer";
  return "unexpected";
}

/** Slack gave no answer of its own, so that asking again may help. */
export function isUnreachable(error: unknown): boolean {
  return (
    error instanceof WebAPIHTTPError || error instanceof WebAPIRequestError || error instanceof WebAPIRateLimitedError
  );
}

/** Slack's codes for troubles of its own. */
const PASSING: readonly unknown[] = [
  "no-answer",
  "ratelimited",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "fetch_members_failed",
];

/** Whether what kept Slack from answering passes by itself. */
export function isPassing(error: unknown): boolean {
  const code = isFault(error) ? error.resultCode : slackCode(error);
  return PASSING.includes(code) || String(code).startsWith("http-5");
}

/** What `auth.test` and `apps.connections.open` say of a token. @see docs.slack.dev, errors of these methods */
const TOKEN_CODES = [
  "invalid_auth",
  "not_authed",
  "not_allowed_token_type",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "missing_scope",
  "no_permission",
  "access_denied",
];

export function isTokenRefused(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && TOKEN_CODES.includes(error.data.error);
}

/** @param doing  the work in progress, e.g. "posting the card of AV-12" */
export function slackFault(doing: string, cause: unknown): Fault {
  const resultCode = slackCode(cause);
  return new Fault("slack-unreachable", `${doing}: Slack said ${resultCode}`, { cause, resultCode });
}

const RATE_LIMITED_TRIES = 4;

/**
 * Calls Slack. A rate limit is waited out, since such a call was certainly not carried out; nothing else is repeated.
 * @throws {Fault} `slack-unreachable` with Slack's error code as `resultCode`
 */
export async function callSlack<T>(doing: string, clock: Pick<Clock, "sleep">, call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof WebAPIRateLimitedError) || tries === RATE_LIMITED_TRIES) throw slackFault(doing, error);
      await clock.sleep(error.retryAfter * 1000);
    }
  }
}
