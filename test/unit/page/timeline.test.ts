import { describe, expect, it } from "vitest";
import { channelTimeline, rowsOf, threadTimeline } from "../../../sandbox/page/client/timeline.ts";
import { channel, message, shownTo, ts } from "./page-fixture.ts";

const DAY = 86_400;

describe("a channel", () => {
  const all = channel([
    message(100, { thread_ts: ts(100), reply_count: 1 }),
    message(110, { thread_ts: ts(100) }),
    message(300),
    message(310, { thread_ts: ts(100), subtype: "thread_broadcast" }),
  ]);

  it("has its top level and what only this person sees, by time", () => {
    const seen = channelTimeline(all, [shownTo("U1", 200), shownTo("U1", 120, 100)]);
    expect(seen.map((row) => [row.type, row.ts])).toEqual([
      ["message", ts(100)],
      ["private", ts(200)],
      ["message", ts(300)],
      ["message", ts(310)],
    ]);
  });

  it("has threads, each with its root and its own private answers", () => {
    const { root, replies } = threadTimeline(all, ts(100), [shownTo("U1", 200), shownTo("U1", 120, 100)]);
    expect(root?.ts).toBe(ts(100));
    expect(replies.map((row) => row.ts)).toEqual([ts(110), ts(120), ts(310)]);
    expect(threadTimeline(all, ts(999), []).root).toBeUndefined();
  });
});

describe("rows", () => {
  const rows = (...messages: ReturnType<typeof message>[]) =>
    rowsOf(channelTimeline(channel(messages), []), "UTC").map(({ isContinued, beginsDay }) =>
      beginsDay ? "day" : isContinued ? "continued" : "new",
    );

  it("join what one author says in one breath", () => {
    expect(rows(message(100), message(160), message(170, { user: "U2" }), message(180))).toEqual([
      "day",
      "continued",
      "new",
      "new",
    ]);
    expect(rows(message(100), message(500))).toEqual(["day", "new"]);
  });

  it("begin anew after a thread, after a deleted message and on another day", () => {
    expect(rows(message(100, { reply_count: 1 }), message(110))).toEqual(["day", "new"]);
    expect(rows(message(100, { subtype: "tombstone" }), message(110))).toEqual(["day", "new"]);
    expect(rows(message(DAY - 10), message(DAY + 10))).toEqual(["day", "day"]);
  });

  it("are told apart in a blink, also two thousand of them: it is done at each change", () => {
    const seen = channelTimeline(channel(Array.from({ length: 2_000 }, (_, n) => message(n))), []);
    rowsOf(seen);
    const startedAt = performance.now();
    rowsOf(seen);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});
