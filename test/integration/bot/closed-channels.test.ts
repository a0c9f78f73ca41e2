import { describe, expect, it, vi } from "vitest";
import { en } from "../../../src/bot/words/en.ts";
import type { ChannelRefusal } from "../../../src/core/refusal.ts";
import { tick } from "../../../src/flow/ticker.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, toldTo } from "./bot-bench.ts";
import { sendForm, WISH } from "./send-form.ts";

function sentence(type: ChannelRefusal["type"]): string {
  return en.refusal({ type }, "avatar-bot");
}

describe("a request whose card Slack does not take", () => {
  it.each([
    ["not_in_channel", "not-in-channel"],
    ["channel_not_found", "channel-unknown"],
    ["is_archived", "channel-archived"],
    ["restricted_action", "posting-restricted"],
    ["restricted_action_read_only_channel", "posting-restricted"],
    ["ekm_access_denied", "posting-restricted"],
    ["messages_tab_disabled", "direct-messages-off"],
  ] as const)("ends with a sentence of its own: %s", async (code, closed) => {
    const b = await botBench();
    b.slack.faults.plan("chat.postMessage", { type: "code", code });
    await sendForm(b);
    await toldTo(b, b.alice, sentence(closed));
    expect(await b.store.get("AV-1")).toMatchObject({ state: "cancelled" });
    await tick(b.ports, b.transfers);
    expect(b.slack.messages(b.channel)).toEqual([]);
  });

  it.each([
    ["internal_error", { type: "code", code: "internal_error" }],
    ["fatal_error", { type: "code", code: "fatal_error" }],
    ["service_unavailable", { type: "code", code: "service_unavailable" }],
    ["message_limit_exceeded", { type: "code", code: "message_limit_exceeded" }],
    ["rate_limited", { type: "code", code: "rate_limited" }],
    ["HTTP 500", { type: "status", status: 500 }],
    ["HTTP 503", { type: "status", status: 503 }],
    ["HTTP 429", { type: "status", status: 429, headers: { "retry-after": "1" } }],
    ["no answer, though it was posted", { type: "lost-answer" }],
  ] as const)("waits for what passes, and gets one card: %s", async (_what, fault) => {
    const b = await botBench();
    b.slack.faults.plan("chat.postMessage", fault);
    await sendForm(b);
    await untilCard(b);
    expect(b.slack.messages(b.channel)).toHaveLength(1);
    expect(await b.store.get("AV-1")).toMatchObject({ state: "collecting" });
    expect(b.alice.privates()).toEqual([]);
  });
});

async function untilCard(b: BotBench): Promise<void> {
  await vi.waitFor(async () => {
    await tick(b.ports, b.transfers);
    const c = await b.store.get("AV-1");
    if (c?.conversation.card === undefined) throw new Error("no card yet");
  }, 20_000);
}

it("an archived channel that was chosen in the form has its own sentence beside the field", async () => {
  const b = await botBench();
  const old = b.slack.addChannel({ name: "old", kind: "public", members: [b.alice.id] });
  await b.alice.changeChannel(old, { type: "archive" });
  await b.alice.globalShortcut("request_new");
  const view = await b.slack.until(() => b.alice.openViews().at(-1), "the form");
  const sent = await b.alice.submit(view.id, { ...WISH, Approvers: [b.bob.id], Channel: old });
  expect(sent.errors?.Channel).toBe(en.fieldError({ type: "channel-archived" }));
});

describe("/avatar new where the bot cannot post", () => {
  it.each([
    ["without the bot", "public", "not-in-channel"],
    ["private, without the bot", "private", "channel-unknown"],
  ] as const)("says why instead of opening the form: %s", async (_what, kind, closed) => {
    const b = await botBench();
    const away = b.slack.addChannel({ name: "away", kind, members: [b.alice.id], botIsMember: false });
    await b.alice.command(away, "/avatar new");
    await toldTo(b, b.alice, sentence(closed));
    expect(b.alice.openViews()).toEqual([]);
  });
});
