import { WebAPIPlatformError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { callSlack, isSlackReason, isTransient, reasonOfCode, slackReason } from "../../../../src/bot/slack/call.ts";
import { Fault } from "../../../../src/core/fault.ts";

function faultWith(resultCode: string): Fault {
  return new Fault("slack-refused", `posting: Slack said ${resultCode}`, { resultCode });
}

describe("a code of Slack's", () => {
  it.each([
    ["not_in_channel", "not-in-channel"],
    ["restricted_action_read_only_channel", "posting-restricted"],
    ["restricted_action", "posting-restricted"],
    ["is_archived", "channel-archived"],
    ["http-503", "unavailable"],
    ["http-403", "unknown"],
    ["internal_error", "unavailable"],
    ["rate_limited", "rate-limited"],
    ["message_limit_exceeded", "unavailable"],
    ["request_timeout", "unavailable"],
    ["a_code_of_next_year", "unknown"],
    ["toString", "unknown"],
  ] as const)("has a reason: %s", (code, reason) => {
    expect(reasonOfCode(code)).toBe(reason);
    expect(slackReason(faultWith(code))).toBe(reason);
    expect(isSlackReason(faultWith(code), "message-gone", reason)).toBe(true);
  });

  it.each([
    ["http-502", true],
    ["ratelimited", true],
    ["no-answer", true],
    ["http-500", true],
    ["http-504", true],
    ["rate_limited", true],
    ["message_limit_exceeded", true],
    ["restricted_action_thread_locked", false],
    ["not_in_channel", false],
    ["is_archived", false],
    ["unexpected", false],
  ])("is transient or not: %s", (code, transient) => {
    expect(isTransient(faultWith(code))).toBe(transient);
  });
});

it("what is no error of Slack's has no reason", () => {
  expect(slackReason(new Error("no"))).toBe("unknown");
  expect(slackReason(undefined)).toBe("unknown");
});

it("a rate limit that does not say how long it lasts is waited out, more patiently each time", async () => {
  const waits: number[] = [];
  const clock = { sleep: async (ms: number) => void waits.push(ms) };
  const error = new WebAPIPlatformError({ ok: false, error: "rate_limited" });
  const answers: Array<() => Promise<string>> = [
    () => Promise.reject(error),
    () => Promise.reject(error),
    () => Promise.resolve("posted"),
  ];
  expect(await callSlack("posting", clock, () => answers.shift()?.() ?? Promise.reject(error))).toBe("posted");
  expect(waits).toEqual([1_000, 2_000]);
  await expect(callSlack("posting", clock, () => Promise.reject(error))).rejects.toMatchObject({
    code: "slack-unreachable",
  });
});

it.each([
  ["message_limit_exceeded", "slack-unreachable"],
  ["is_archived", "slack-refused"],
  ["a_code_of_next_year", "slack-refused"],
  ["internal_error", "slack-unreachable"],
])("a call that Slack answers with %s is %s", async (error, code) => {
  const clock = { sleep: () => Promise.resolve() };
  const call = (): Promise<never> => Promise.reject(new WebAPIPlatformError({ ok: false, error }));
  await expect(callSlack("posting", clock, call)).rejects.toMatchObject({ code, resultCode: error });
});
