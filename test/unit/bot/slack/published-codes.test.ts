import { WebAPIPlatformError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import type { SlackReason } from "../../../../src/bot/slack/call.ts";
import { callSlack, closedBy, isTransient, reasonOfCode } from "../../../../src/bot/slack/call.ts";
import { slackReference } from "../../../fixtures/slack-reference.ts";

/** What each of Slack's published codes means to the bot. */
const MEANS: Readonly<Partial<Record<SlackReason, readonly string[]>>> = {
  unavailable: [
    "external_channel_migrating",
    "fatal_error",
    "fetch_members_failed",
    "internal_error",
    "message_limit_exceeded",
    "org_login_required",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
    "update_failed",
  ],
  "rate-limited": ["rate_limited", "ratelimited"],
  "not-in-channel": ["not_in_channel"],
  "channel-unknown": ["channel_is_limited_access", "channel_not_found"],
  "channel-archived": ["is_archived", "is_inactive"],
  "posting-restricted": [
    "ekm_access_denied",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_thread_only_channel",
  ],
  "direct-messages-off": ["messages_tab_disabled"],
  "message-gone": ["cant_update_message", "edit_window_closed", "message_not_found"],
  "thread-gone": ["thread_not_found"],
  "thread-closed": ["cannot_reply_to_message"],
  "person-not-in-channel": ["user_not_in_channel"],
  "person-unknown": ["user_not_found", "user_not_visible"],
  "file-gone": ["channel_canvas_deleted", "file_deleted", "file_not_found"],
  "file-not-visible": ["not_visible", "template_not_visible"],
  "canvas-blocked": [
    "canvas_disabled_file_team",
    "canvas_disabled_user_team",
    "canvas_globally_disabled",
    "slack_connect_canvas_sharing_blocked",
  ],
  "access-denied": ["access_denied"],
  "token-refused": [
    "account_inactive",
    "invalid_auth",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
  ],
  "missing-scope": ["missing_scope"],
  "trigger-expired": ["expired_trigger_id", "invalid_trigger_id"],
  "trigger-used": ["exchanged_trigger_id"],
};

/** They say that a call is wrong, or come from what the bot never does: people get the code to quote. */
const OUR_MISTAKE: readonly RegExp[] = [
  /^(?:invalid|missing|too_many|duplicate|deprecated|method)_(?!auth$|scope$|trigger)/,
  /^(?:as_user|markdown|metadata|msg|no_text|no_dual|view_too|block_mismatch|cant_broadcast|attachment|insecure)/,
  /^(?:streaming_state_conflict|hash_conflict|not_enabled|not_implemented|list_record_comment_fetch_failed|not_found)$/,
  /^slack_connect_(?:file_link|lists)_sharing_blocked$/,
  /^(?:accesslimited|enterprise_is_restricted|forbidden_team|team_access_not_granted|team_not_found|two_factor_setup_required)$/,
];

/** The bot goes on without what they refuse: with links instead of a film, with people instead of groups. */
const DOES_WITHOUT: readonly RegExp[] = [
  /^file_(?:type_blocked|update_failed|upload_size_restricted|uploads_disabled)$/,
  /^(?:storage_limit_reached|posting_to_channel_denied|unknown_snippet_type)$/,
  /^(?:no_such_subteam|permission_denied|plan_upgrade_required)$/,
];

const { everyMethod, methods } = slackReference;
const CODES = [...new Set([...everyMethod, ...Object.values(methods).flatMap(({ errors }) => errors)])].sort();

function meaningOf(code: string): string {
  const found = Object.entries(MEANS).find(([, codes]) => codes.includes(code));
  if (found) return found[0];
  return [...OUR_MISTAKE, ...DOES_WITHOUT].some((form) => form.test(code)) ? "unknown" : "no row of this test";
}

describe("a published code of Slack's", () => {
  it.each(CODES)("has the reason that it was given: %s", (code) => {
    expect(reasonOfCode(code)).toBe(meaningOf(code));
  });

  const passing = [...(MEANS.unavailable ?? []), ...(MEANS["rate-limited"] ?? [])];
  const HTTP = ["http-500", "http-502", "http-503", "http-504", "http-599", "no-answer"];

  it("passes, and so is repeated, exactly where it says so", () => {
    const isPassing = (code: string): boolean => isTransient(new WebAPIPlatformError({ ok: false, error: code }));
    expect([...CODES, ...HTTP].filter(isPassing).sort()).toEqual([...passing, ...HTTP].sort());
  });

  it.each(passing)("that passes is a call that may be made again: %s", async (error) => {
    const clock = { sleep: () => Promise.resolve() };
    const call = (): Promise<never> => Promise.reject(new WebAPIPlatformError({ ok: false, error }));
    await expect(callSlack("posting", clock, call)).rejects.toMatchObject({ code: "slack-unreachable" });
  });

  it("closes a channel for a reason that has a sentence", () => {
    const closed = CODES.flatMap((error) => {
      const why = closedBy(new WebAPIPlatformError({ ok: false, error }));
      return why ? [`${error}: ${why}`] : [];
    });
    const reasons = ["not-in-channel", "channel-unknown", "channel-archived", "posting-restricted"] as const;
    const expected = [...reasons, "direct-messages-off" as const].flatMap((reason) =>
      (MEANS[reason] ?? []).map((error) => `${error}: ${reason}`),
    );
    expect(closed.sort()).toEqual(expected.sort());
  });
});
