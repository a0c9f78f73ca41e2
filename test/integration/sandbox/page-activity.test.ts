import { describe, expect, it } from "vitest";
import type { Activity } from "../../../sandbox/page/contract.ts";
import { ActivityLog, type Happening } from "../../../sandbox/page/server/activity-log.ts";
import { blankedJson, withoutKnown } from "../../../sandbox/page/server/blank.ts";
import { logPassing } from "../../../sandbox/page/server/watch-slack.ts";
import { RequestNames } from "../../../sandbox/request-names.ts";
import type { Envelope } from "../../../sandbox/slack/delivery.ts";

const happening = (title: string, more: Partial<Happening> = {}): Happening => ({
  from: "api",
  at: 1,
  title,
  isWell: true,
  ...more,
});

function newLog(secrets: readonly string[] = [], names = new RequestNames()) {
  const log = new ActivityLog(
    secrets,
    (text) => names.about(text),
    () => undefined,
  );
  const read = (after = 0): Activity[] => log.after(after).all.map((one) => JSON.parse(one));
  return { log, names, read };
}

describe("the activities", () => {
  it("are told once; one whose outcome comes later comes again in its place", () => {
    const { log, read } = newLog();
    const first = log.add(happening("one"));
    log.add(happening("two", { details: { a: [1] } }));
    expect(read()).toMatchObject([
      { id: 1, title: "one" },
      { id: 2, title: "two", details: { a: [1] } },
    ]);
    const { upTo } = log.after(0);
    expect(read(upTo)).toEqual([]);
    log.amend(first, happening("one → no", { isWell: false }));
    expect(read(upTo)).toMatchObject([{ id: 1, title: "one → no", isWell: false }]);
  });

  it("are bounded in number and size", () => {
    const { log, read } = newLog();
    for (let i = 1; i <= 600; i += 1) log.add(happening(`no. ${i}`, { details: "x".repeat(100_000) }));
    log.amend(1, happening("too late"));
    const all = read();
    expect([all.length, all[0]?.id, all.at(-1)?.id]).toEqual([500, 101, 600]);
    expect(JSON.stringify(all).length).toBeLessThan(500 * 33_000);
    expect(all[0]?.details).toMatchObject({ length: 100_002 });
  });

  it("say whose they are as it is known when they are told", () => {
    const { log, names, read } = newLog();
    log.add(happening("make → 0", { details: { AnchorName: "Mei" } }));
    log.add(happening("about an example, AV-12"));
    log.add(happening("views.publish", { details: "AV-1 and AV-2" }));
    expect(read().map(({ request }) => request)).toEqual([undefined, undefined, undefined]);
    for (const n of [1, 2])
      names.learnMessage({
        ts: `${n}.0`,
        text: "",
        blocks: [{ text: { text: `SANDBOX · AV-${n} · ${n === 1 ? "Mei" : "Tom"}` } }],
      });
    expect(read().map(({ request }) => request)).toEqual(["AV-1", undefined, undefined]);
  });

  it("hold no secret from the moment they are written down", () => {
    const { log, read } = newLog(["s3cr=t"]);
    log.add(happening("with s3cr=t", { line: "https://x/?q=s3cr%3Dt", details: { note: "s3cr=t", Token: "abc" } }));
    expect(read()).toMatchObject([
      { title: "with [blanked]", line: "https://x/?q=[blanked]", details: { note: "[blanked]", Token: "[blanked]" } },
    ]);
  });
});

describe("blanking", () => {
  it.each([
    [{ Credentials: { Token: "t", TmpSecretId: "i", TmpSecretKey: "k" } }, /"t"|"i"|"k"/],
    [{ text: "my token is xoxb-1234567890-abc and xapp-1-A0-123456789" }, /1234567890|123456789/],
    [{ url: "http://x/demo/1.mp4?expires=1&sign=abcdef0123" }, /abcdef/],
    [{ text: "<http://x/1?a=1&amp;sign=abcdef0123|demo>\nmore" }, /abcdef/],
    [{ headers: { Authorization: "q-sign-algorithm=sha1", "x-cos-security-token": "zzz" } }, /sha1|zzz/],
    [{ id: "AKIDabcdefghijklmnop" }, /abcdefgh/],
  ])("%j", (value, secret) => {
    const json = blankedJson(value, []);
    expect(json).not.toMatch(secret);
    expect(json).toContain("[blanked]");
    expect(() => JSON.parse(json)).not.toThrow();
  });

  it("leaves what is no secret", () => {
    const value = { tokens: 3, text: "a sign=board", next: null, trigger_id: "1.2.3", expires: "sign" };
    expect(JSON.parse(blankedJson(value, [""]))).toEqual(value);
    expect(withoutKnown("?sign=abcdef", ["xyz"])).toBe("?sign=abcdef");
  });
});

describe("what goes to the bot", () => {
  const titles: readonly (readonly [string, Envelope])[] = [
    ["message with 2 files", event({ type: "message", subtype: "file_share", files: [{}, {}] })],
    ["message_changed, its own", event({ type: "message", subtype: "message_changed", message: { bot_id: "B1" } })],
    ["app_home_opened", event({ type: "app_home_opened" })],
    ["/avatar new", { kind: "slash_commands", body: { command: "/avatar", text: "new", user_name: "alice" } }],
    [
      "click on Launch",
      interaction({ type: "block_actions", actions: [{ action_id: "go", text: { text: "Launch" } }] }),
    ],
    ["choice in kind", interaction({ type: "block_actions", actions: [{ action_id: "kind" }] })],
    ["form “New request”", interaction({ type: "view_submission", view: { title: { text: "New request" } } })],
    ["shortcut new_request", interaction({ type: "shortcut", callback_id: "new_request" })],
  ];

  it.each(titles)("%s", (title, envelope) => {
    const { log, read } = newLog();
    logPassing(log, { type: "delivery", envelope, outcome: new Promise(() => undefined) }, 5);
    expect(read()).toMatchObject([
      { from: "delivery", at: 5, title, isWell: true, details: { payload: envelope.body } },
    ]);
  });

  it("is told again when nobody acknowledged it, and with what it was answered", async () => {
    const { log, read } = newLog();
    const envelope = { ...event({ type: "message" }), retry: { num: 1, reason: "timeout" } };
    const [lost, answered] = [
      Promise.resolve({ lost: "timeout" }),
      Promise.resolve({ answer: { response_action: "clear" } }),
    ];
    logPassing(log, { type: "delivery", envelope, outcome: lost }, 1);
    logPassing(log, { type: "delivery", envelope, outcome: answered }, 1);
    logPassing(
      log,
      { type: "call", method: "chat.update", args: {}, end: Promise.resolve({ ok: false, error: "no" }) },
      1,
    );
    await Promise.all([lost, answered]);
    await Promise.resolve();
    expect(read()).toMatchObject([
      { title: "message (again, 1: timeout)", isWell: false, line: "not acknowledged: timeout" },
      { isWell: true, details: { answer: { response_action: "clear" } } },
      { from: "api", title: "chat.update → no", isWell: false },
    ]);
  });
});

function event(inner: Record<string, unknown>): Envelope {
  return { kind: "events_api", body: { event: inner } };
}

function interaction(body: Record<string, unknown>): Envelope {
  return { kind: "interactive", body };
}
