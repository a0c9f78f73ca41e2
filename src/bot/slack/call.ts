import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { Fault, isFault } from "../../core/fault.ts";
import type { Clock } from "../../core/ports.ts";
import type { ChannelRefusal } from "../../core/refusal.ts";

/** Slack's error codes, each with the reason that the rest of the bot branches on. No other file knows the codes. */
const REASONS = {
  internal_error: "unavailable",
  fatal_error: "unavailable",
  service_unavailable: "unavailable",
  fetch_members_failed: "unavailable",
  request_timeout: "unavailable",
  team_added_to_org: "unavailable",
  external_channel_migrating: "unavailable",
  org_login_required: "unavailable",
  update_failed: "unavailable",
  // Too much from the whole workspace, for longer than a call can wait.
  message_limit_exceeded: "unavailable",
  ratelimited: "rate-limited",
  rate_limited: "rate-limited",
  "no-answer": "no-answer",
  message_not_found: "message-gone",
  cant_update_message: "message-gone",
  edit_window_closed: "message-gone",
  thread_not_found: "thread-gone",
  cannot_reply_to_message: "thread-closed",
  user_not_in_channel: "person-not-in-channel",
  user_not_found: "person-unknown",
  user_not_visible: "person-unknown",
  user_disabled: "person-unreachable",
  cannot_dm_bot: "person-unreachable",
  messages_tab_disabled: "direct-messages-off",
  channel_not_found: "channel-unknown",
  not_in_channel: "not-in-channel",
  channel_is_limited_access: "channel-unknown",
  is_archived: "channel-archived",
  is_inactive: "channel-archived",
  ekm_access_denied: "posting-restricted",
  file_deleted: "file-gone",
  file_not_found: "file-gone",
  channel_canvas_deleted: "file-gone",
  not_visible: "file-not-visible",
  template_not_visible: "file-not-visible",
  canvas_globally_disabled: "canvas-blocked",
  canvas_disabled_user_team: "canvas-blocked",
  canvas_disabled_file_team: "canvas-blocked",
  slack_connect_canvas_sharing_blocked: "canvas-blocked",
  access_denied: "access-denied",
  invalid_auth: "token-refused",
  not_authed: "token-refused",
  not_allowed_token_type: "token-refused",
  account_inactive: "token-refused",
  token_revoked: "token-refused",
  token_expired: "token-refused",
  no_permission: "token-refused",
  missing_scope: "missing-scope",
  unknown_method: "method-unknown",
  expired_trigger_id: "trigger-expired",
  trigger_expired: "trigger-expired",
  invalid_trigger_id: "trigger-expired",
  exchanged_trigger_id: "trigger-used",
} as const;

/** Why Slack did not do what it was asked; `unknown` is an answer that this bot has no rule for. */
export type SlackReason = (typeof REASONS)[keyof typeof REASONS] | "unknown";

const REASON_OF: ReadonlyMap<string, SlackReason> = new Map(Object.entries(REASONS));

/** What goes away by itself, so that the same call may work later. */
const TRANSIENT: readonly SlackReason[] = ["unavailable", "rate-limited", "no-answer"];

/** What `auth.test` and `apps.connections.open` say of a token that will not work. @see docs.slack.dev */
const TOKEN_REFUSED: readonly SlackReason[] = ["token-refused", "missing-scope", "access-denied"];

/** Slack's own error code (`not_in_channel`, …), or what kept it from answering: for the log and for people to quote. */
export function slackCode(error: unknown): string {
  if (isFault(error)) return String(error.resultCode);
  if (error instanceof WebAPIPlatformError) return error.data.error;
  if (error instanceof WebAPIRateLimitedError) return "ratelimited";
  if (error instanceof WebAPIHTTPError) return `http-${error.statusCode}`;
  if (error instanceof WebAPIRequestError) return "no-answer";
  return "unexpected";
}

/** @param error  what the Web API client or `callSlack` threw */
export function slackReason(error: unknown): SlackReason {
  return reasonOfCode(slackCode(error));
}

/** The reason behind a code of Slack's, for where it comes in a field instead of an error. */
export function reasonOfCode(code: string): SlackReason {
  // Restrictions come in several kinds: restricted_action_read_only_channel, …
  if (code.startsWith("restricted_action")) return "posting-restricted";
  return code.startsWith("http-5") ? "unavailable" : (REASON_OF.get(code) ?? "unknown");
}

const CLOSED: readonly ChannelRefusal["type"][] = [
  "not-in-channel",
  "channel-unknown",
  "channel-archived",
  "posting-restricted",
  "direct-messages-off",
];

/** Why this bot cannot post where it tried to; undefined for other errors. */
export function closedBy(error: unknown): ChannelRefusal["type"] | undefined {
  const reason = slackReason(error);
  return CLOSED.find((closed) => closed === reason);
}

export function isSlackReason(error: unknown, ...reasons: readonly SlackReason[]): boolean {
  return reasons.includes(slackReason(error));
}

export function isTransient(error: unknown): boolean {
  return isSlackReason(error, ...TRANSIENT);
}

/** Slack gave no answer of its own, so the start can wait for it. */
export function isUnreachable(error: unknown): boolean {
  return (
    error instanceof WebAPIHTTPError || error instanceof WebAPIRequestError || error instanceof WebAPIRateLimitedError
  );
}

export function isTokenRefused(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && isSlackReason(error, ...TOKEN_REFUSED);
}

/** @param doing  the work in progress, e.g. "posting the card of AV-12" */
export function slackFault(doing: string, cause: unknown): Fault {
  const resultCode = slackCode(cause);
  const isRefused = cause instanceof WebAPIPlatformError && !isTransient(cause);
  const code = isRefused ? "slack-refused" : "slack-unreachable";
  return new Fault(code, `${doing}: Slack said ${resultCode}`, { cause, resultCode });
}

const RATE_LIMITED_TRIES = 4;
/** chat.postMessage tells of its own limit without saying how long it lasts; it takes one message a second. */
const RATE_LIMITED_MS = 1_000;

/**
 * Calls Slack. A rate limit is waited out, because such a call was certainly not carried out; nothing else is repeated.
 * @throws {Fault} `slack-unreachable`, `slack-refused`; `resultCode` is Slack's error code, `slackReason` reads it
 */
export async function callSlack<T>(doing: string, clock: Pick<Clock, "sleep">, call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isSlackReason(error, "rate-limited") || tries === RATE_LIMITED_TRIES) throw slackFault(doing, error);
      await clock.sleep(error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : RATE_LIMITED_MS * tries);
    }
  }
}
