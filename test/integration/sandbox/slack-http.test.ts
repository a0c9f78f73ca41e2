import type { App } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Person } from "../../../sandbox/slack/person.ts";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { startHttpApp } from "./slack-bolt-app.ts";

let slack: SandboxSlack;
let app: App;
let stop: () => Promise<unknown>;
let alice: Person;
let channel: string;

beforeEach(async () => {
  slack = await startSlack({ mode: "http" });
  alice = slack.person(slack.addUser({ name: "alice" }));
  channel = slack.addChannel({ name: "avatars", kind: "private", members: [alice.id] });
  ({ app, stop } = await startHttpApp(slack));
});
afterEach(async () => {
  await stop();
  await slack.close();
});

const row = (...labels: string[]) => ({
  type: "actions" as const,
  elements: labels.map((label) => ({
    type: "button" as const,
    action_id: label,
    text: { type: "plain_text" as const, text: label },
  })),
});

describe("a Bolt app over signed HTTP", () => {
  it("answers the challenge, and gets commands with escaped names", async () => {
    await slack.verifyEventsUrl();
    const bodies: unknown[] = [];
    app.command("/avatar", async ({ ack, body }) => {
      bodies.push(body);
      await ack(`you said ${body.text}`);
    });
    slack.addUser({ name: "bob" });
    await alice.command(channel, "/avatar  ask @bob & @nobody");
    expect(bodies[0]).toMatchObject({
      command: "/avatar",
      text: expect.stringMatching(/^ask <@U\w+\|bob> & @nobody$/),
      channel_id: channel,
      channel_name: "privategroup",
      user_id: alice.id,
      team_id: slack.teamId,
      api_app_id: slack.appId,
      is_enterprise_install: "false",
      response_url: expect.stringContaining("http://127.0.0.1:"),
    });
    expect(alice.privates().at(-1)?.text).toMatch(/^you said ask/);
  });

  it("clicks messages in threads, and private ones without their message", async () => {
    const bodies: unknown[] = [];
    app.action(/go|gone/, async ({ ack, body }) => {
      await ack();
      bodies.push(body);
    });
    const text = "x";
    const root = await app.client.chat.postMessage({ channel, text });
    const thread_ts = root.ts ?? "";
    const reply = await app.client.chat.postMessage({ channel, text, thread_ts, blocks: [row("go")] });
    await alice.click({ channel, ts: reply.ts ?? "" }, "go");
    expect(bodies[0]).toMatchObject({
      type: "block_actions",
      user: { id: alice.id, team_id: slack.teamId },
      container: { type: "message", message_ts: reply.ts, channel_id: channel, is_ephemeral: false, thread_ts },
      message: { ts: reply.ts, thread_ts, bot_id: "B0SANDBOX1" },
      channel: { id: channel, name: "privategroup" },
      actions: [{ action_id: "go", type: "button", action_ts: expect.any(String) }],
    });
    const shown = await app.client.chat.postEphemeral({ channel, user: alice.id, text, blocks: [row("gone")] });
    await alice.click({ channel, ts: shown.message_ts ?? "" }, "gone");
    expect(bodies[1]).toMatchObject({ container: { is_ephemeral: true, message_ts: shown.message_ts } });
    expect(bodies[1]).not.toHaveProperty("message");
    const bob = slack.person(slack.addUser({ name: "bob" }));
    await expect(bob.click({ channel, ts: reply.ts ?? "" }, "go")).rejects.toThrow("bob is not in channel");
  });

  it("answers to a response_url five times, and replaces and deletes originals", async () => {
    const urls: string[] = [];
    app.action("go", async ({ ack, body }) => {
      await ack();
      urls.push(z.looseObject({ response_url: z.string() }).parse(body).response_url);
    });
    const shown = await app.client.chat.postEphemeral({ channel, user: alice.id, text: "a", blocks: [row("go")] });
    await alice.click({ channel, ts: shown.message_ts ?? "" }, "go");
    const post = async (body: object) => {
      const headers = { "content-type": "application/json" };
      const response = await fetch(urls[0] ?? "", { method: "POST", headers, body: JSON.stringify(body) });
      return [response.status, await response.json()];
    };
    const good = [200, { ok: true }];
    expect(await post({ text: "b", replace_original: true })).toEqual(good);
    expect(alice.privates()).toMatchObject([{ text: "b", blocks: [] }]);
    expect(await post({ text: "c", replace_original: false })).toEqual(good);
    expect(alice.privates()).toHaveLength(2);
    expect(await post({ delete_original: true })).toEqual(good);
    expect(alice.privates()).toMatchObject([{ text: "c" }]);
    expect(await post({ text: "d", response_type: "in_channel", thread_ts: "1.1" })).toEqual([
      400,
      { ok: false, error: "thread_not_found" },
    ]);
    expect(await post({ text: "d", response_type: "in_channel" })).toEqual(good);
    expect(slack.messages(channel)).toMatchObject([{ text: "d" }]);
    expect(await post({ text: "e" })).toEqual([404, { ok: false, error: "used_url" }]);
  });

  it("gets the message of a message shortcut", async () => {
    const bodies: unknown[] = [];
    app.shortcut({ type: "message_action", callback_id: "attach" }, async ({ ack, body }) => {
      await ack();
      bodies.push(body);
    });
    const ts = await alice.post(channel, "a <b> & c");
    await alice.messageShortcut("attach", channel, ts);
    expect(bodies[0]).toMatchObject({
      message_ts: ts,
      message: { text: "a &lt;b&gt; &amp; c" },
      channel: { id: channel },
    });
  });

  it("sees people of Slack Connect, and stubs of their files", async () => {
    const events: unknown[] = [];
    app.event("message", async ({ event, body }) => {
      if (!("bot_id" in event)) events.push({ ...event, shared: body.is_ext_shared_channel });
    });
    const guest = slack.person(slack.addUser({ name: "guest", teamId: "T0ELSEWHERE" }));
    slack.invite(channel, guest.id);
    const { ts, fileIds } = await guest.upload(channel, [{ name: "a.mp4", bytes: Buffer.from("x") }]);
    await slack.until(() => events.length === 1, "the event");
    expect(events[0]).toMatchObject({
      user_team: "T0ELSEWHERE",
      shared: true,
      files: [{ id: fileIds[0], mode: "file_access", file_access: "check_file_info" }],
    });
    const { file } = await app.client.files.info({ file: fileIds[0] ?? "" });
    expect(file).toMatchObject({ name: "a.mp4", mode: "hosted", url_private_download: expect.any(String) });
    const replies = await app.client.conversations.replies({ channel, ts });
    expect(replies.messages?.[0]?.files?.[0]).toMatchObject({ name: "a.mp4", user_team: "T0ELSEWHERE" });
    const { user } = await app.client.users.info({ user: guest.id });
    expect(user).toMatchObject({ team_id: "T0ELSEWHERE" });
  });

  it("is told the same thing eleven times", async () => {
    const ids: string[] = [];
    app.event("message", async ({ body }) => {
      ids.push(body.event_id);
    });
    await alice.upload(channel, [{ name: "a.mp4", bytes: Buffer.from("x") }]);
    await slack.redeliver({ last: "message", times: 5 });
    await slack.redeliver({ last: "message", times: 5, newEventIds: true });
    await slack.until(() => ids.length === 11, "eleven deliveries");
    expect(new Set(ids).size).toBe(6);
  });

  it("hears its own posts and edits", async () => {
    const seen: unknown[] = [];
    app.event("message", async ({ event }) => {
      seen.push(event);
    });
    const { ts = "" } = await app.client.chat.postMessage({ channel, text: "a" });
    await app.client.chat.update({ channel, ts, text: "b" });
    await slack.until(() => seen.length === 1, "message_changed, for Bolt keeps the post itself to itself");
    expect(seen[0]).toMatchObject({
      subtype: "message_changed",
      hidden: true,
      message: { text: "b", ts },
      previous_message: { text: "a" },
    });
  });
});
