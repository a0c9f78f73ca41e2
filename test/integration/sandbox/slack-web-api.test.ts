import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { callForm, callJson } from "./slack-call.ts";

let slack: SandboxSlack;
const call = (method: string, args: Record<string, unknown> = {}, token?: string) =>
  callForm(slack, method, args, token);
let alice: string;
let open: string;
let secret: string;

beforeEach(async () => {
  slack = await startSlack();
  alice = slack.addUser({ name: "alice", locale: "zh-CN" });
  open = slack.addChannel({ name: "general", kind: "public", members: [alice] });
  secret = slack.addChannel({ name: "secret", kind: "private", members: [alice], botIsMember: false });
});
afterEach(() => slack.close());

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

describe("who calls", () => {
  it("refuses unknown methods, missing and wrong tokens, the wrong kind of token, and missing scopes", async () => {
    expect(await call("files.upload")).toMatchObject({ error: "unknown_method" });
    expect(await call("auth.test", {}, "")).toMatchObject({ error: "not_authed" });
    expect(await call("auth.test", {}, "xoxb-other")).toMatchObject({ error: "invalid_auth" });
    expect(await call("auth.test", {}, slack.appToken)).toMatchObject({ error: "not_allowed_token_type" });
    expect(await call("apps.connections.open")).toMatchObject({ error: "not_allowed_token_type" });
    expect(await call("conversations.open", { users: alice })).toMatchObject({
      error: "missing_scope",
      needed: "im:write",
    });
    expect(await call("auth.test")).toMatchObject({ ok: true, user_id: slack.botUserId, team_id: slack.teamId });
    expect(await callJson(slack, "auth.test", {})).toMatchObject({ ok: true });
  });

  it("asks for the scope of each kind of channel", async () => {
    const poor = await startSlack({ scopes: ["chat:write", "groups:history"] });
    const channel = poor.addChannel({ name: "a", kind: "public", members: [] });
    const headers = { authorization: `Bearer ${poor.botToken}` };
    for (const [method, needed] of [
      ["conversations.history", "channels:history"],
      ["conversations.replies", "channels:history"],
      ["conversations.info", "channels:read"],
      ["users.info", "users:read"],
      ["files.info", "files:read"],
    ]) {
      const body = new URLSearchParams({ channel, ts: "1.2" });
      const response = await fetch(poor.apiUrl + method, { method: "POST", headers, body });
      expect(await response.json()).toMatchObject({ ok: false, error: "missing_scope", needed });
    }
    await poor.close();
  });
});

describe("where a bot may post", () => {
  it("does not see private channels, and posts only where it is a member", async () => {
    const away = slack.addChannel({ name: "away", kind: "public", members: [alice], botIsMember: false });
    expect(await call("chat.postMessage", { channel: "C404", text: "x" })).toMatchObject({
      error: "channel_not_found",
    });
    expect(await call("chat.postMessage", { channel: secret, text: "x" })).toMatchObject({
      error: "channel_not_found",
    });
    expect(await call("conversations.info", { channel: secret })).toMatchObject({ error: "channel_not_found" });
    expect(await call("chat.postMessage", { channel: away, text: "x" })).toMatchObject({ error: "not_in_channel" });
    expect(await call("conversations.history", { channel: away })).toMatchObject({ error: "not_in_channel" });
    expect(await call("conversations.info", { channel: away })).toMatchObject({ channel: { is_member: false } });
    slack.invite(away, slack.botUserId);
    expect(await call("chat.postMessage", { channel: away, text: "x" })).toMatchObject({ ok: true });
  });

  it("opens a direct message for a user id", async () => {
    const posted = await call("chat.postMessage", { channel: alice, text: "psst" });
    expect(posted.channel).toMatch(/^D/);
    expect(slack.person(alice).directMessages()).toMatchObject([{ text: "psst" }]);
    expect(await call("users.info", { user: alice, include_locale: true })).toMatchObject({
      user: { locale: "zh-CN" },
    });
    expect(await call("conversations.members", { channel: open, limit: 1 })).toMatchObject({ members: [alice] });
  });

  it("answers thread_not_found, no_text, msg_too_long, user_not_in_channel", async () => {
    const { ts } = await call("chat.postMessage", { channel: open, text: "root" });
    const reply = await call("chat.postMessage", { channel: open, text: "reply", thread_ts: ts });
    const bob = slack.addUser({ name: "bob" });
    const at = { channel: open };
    expect(await call("chat.postMessage", { ...at, text: "x", thread_ts: "1.1" })).toMatchObject({
      error: "thread_not_found",
    });
    expect(await call("chat.postMessage", { ...at, text: "x", thread_ts: reply.ts })).toMatchObject({
      error: "thread_not_found",
    });
    expect(await call("chat.postMessage", { ...at, blocks: [] })).toMatchObject({ error: "no_text" });
    expect(await call("chat.postMessage", { ...at, text: "x".repeat(40_001) })).toMatchObject({
      error: "msg_too_long",
    });
    expect(await call("chat.update", { ...at, ts, text: "x".repeat(4001) })).toMatchObject({ error: "msg_too_long" });
    expect(await call("chat.postEphemeral", { ...at, user: bob, text: "x" })).toMatchObject({
      error: "user_not_in_channel",
    });
    expect(await call("chat.postEphemeral", { ...at, text: "x" })).toMatchObject({ error: "invalid_arguments" });
  });
});

describe("editing", () => {
  it("changes only the bot's own messages, and keeps what is left out", async () => {
    const metadata = { event_type: "avatar", event_payload: { id: "AV-1" } };
    const posted = { channel: open, text: "a", blocks: [section("a")], metadata };
    const { ts } = await call("chat.postMessage", posted);
    await call("chat.update", { channel: open, ts, text: "b" });
    expect(slack.messages(open)[0]).toMatchObject({ text: "b", blocks: [{ type: "section" }], metadata });
    await call("chat.update", { channel: open, ts, text: "c", blocks: [], metadata: {} });
    expect(slack.messages(open)[0]).toMatchObject({ text: "c", blocks: [] });
    expect(slack.messages(open)[0]).not.toHaveProperty("metadata");

    const theirs = await slack.person(alice).post(open, "mine");
    const private_ = await call("chat.postEphemeral", { channel: open, user: alice, text: "x" });
    expect(await call("chat.update", { channel: open, ts: theirs, text: "x" })).toMatchObject({
      error: "cant_update_message",
    });
    expect(await call("chat.update", { channel: open, ts: private_.message_ts, text: "x" })).toMatchObject({
      error: "message_not_found",
    });
    expect(await call("chat.delete", { channel: open, ts: theirs })).toMatchObject({ error: "cant_delete_message" });
    expect(
      await call("chat.postMessage", { ...posted, metadata: { event_type: "a b", event_payload: {} } }),
    ).toMatchObject({
      error: "invalid_metadata_format",
    });
  });

  it("leaves a tombstone where a root with replies was", async () => {
    const { ts } = await call("chat.postMessage", { channel: open, text: "root" });
    const reply = await call("chat.postMessage", { channel: open, text: "reply", thread_ts: ts });
    await call("chat.delete", { channel: open, ts });
    expect(slack.messages(open, ts)).toMatchObject([{ subtype: "tombstone" }, { text: "reply" }]);
    expect(await call("chat.update", { channel: open, ts, text: "x" })).toMatchObject({ error: "message_not_found" });
    expect(await call("chat.getPermalink", { channel: open, message_ts: reply.ts })).toMatchObject({
      permalink: expect.stringContaining(`thread_ts=${ts}`),
    });
  });

  it("pages through a thread, with metadata only when asked", async () => {
    const metadata = { event_type: "avatar", event_payload: { id: "AV-1" } };
    const { ts } = await call("chat.postMessage", { channel: open, text: "0", metadata });
    for (const text of ["1", "2", "3", "4"]) await call("chat.postMessage", { channel: open, text, thread_ts: ts });
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await call("conversations.replies", { channel: open, ts, limit: 2, ...(cursor && { cursor }) });
      seen.push(...(page.messages ?? []).map((m) => m.text));
      cursor = page.response_metadata?.next_cursor ?? "";
    } while (cursor);
    expect(seen).toEqual(["0", "1", "2", "3", "4"]);
    expect((await call("conversations.replies", { channel: open, ts })).messages?.[0]).not.toHaveProperty("metadata");
    const full = await call("conversations.replies", { channel: open, ts, include_all_metadata: true });
    expect(full.messages?.[0]).toMatchObject({ metadata, reply_count: 4, thread_ts: ts });
    expect(await call("conversations.replies", { channel: open, ts: "1.1" })).toMatchObject({
      error: "thread_not_found",
    });
    expect(await call("conversations.replies", { channel: open, ts, cursor: "zzz" })).toMatchObject({
      error: "invalid_cursor",
    });
    expect((await call("conversations.history", { channel: open })).messages).toHaveLength(1);
  });
});

describe("faults", () => {
  it("answers as planned, and remembers every call", async () => {
    slack.faults.plan("chat.postMessage", { type: "status", status: 429, headers: { "retry-after": "1" } });
    slack.faults.plan("chat.postMessage", { type: "code", code: "internal_error" });
    slack.faults.plan("chat.postMessage", { type: "lost-answer" });
    slack.faults.plan("chat.postMessage", { type: "reset" });
    slack.faults.plan("chat.postMessage", { type: "cut", afterBytes: 5 });
    const post = () => call("chat.postMessage", { channel: open, text: "x" });
    const limited = await fetch(`${slack.apiUrl}chat.postMessage`, { method: "POST" });
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(await post()).toMatchObject({ ok: false, error: "internal_error" });
    await expect(post()).rejects.toThrow();
    expect(slack.messages(open)).toHaveLength(1);
    await expect(post()).rejects.toThrow();
    expect(slack.messages(open)).toHaveLength(1);
    await expect(post()).rejects.toThrow();
    expect(slack.messages(open)).toHaveLength(2);
    expect(slack.calls.map((c) => c.error)).toEqual(["status", "internal_error", undefined, "reset", undefined]);
    expect(slack.calls[1]?.args).toEqual({ channel: open, text: "x" });
  });

  it("says what it waited for, and what happened meanwhile", async () => {
    await call("chat.postMessage", { channel: open, text: "only this" });
    const waiting = slack.until(() => slack.messages(open)[1], "a second message", 20);
    await expect(waiting).rejects.toThrow(/a second message.*only this.*chat\.postMessage ok/s);
  });
});
