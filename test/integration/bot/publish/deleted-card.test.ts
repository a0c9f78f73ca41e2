import { describe, expect, it, vi } from "vitest";
import type { Customization } from "../../../../src/core/customization.ts";
import { botBench, openAwaiting, replyWith, toldTo } from "../bot-bench.ts";
import { at, requestIn } from "./card-bench.ts";

describe("a card that somebody deleted", () => {
  it("is posted anew", async () => {
    const b = await botBench();
    const c = requestIn(b);
    const lost = (await b.card.show(c, "now")) ?? "";
    await b.clients.posts.chat.delete({ channel: b.channel, ts: lost });
    const changed: Customization = { ...at(c, lost), state: "cancelled" };
    const ts = await b.card.show(changed, "now");
    expect(ts).not.toBe(lost);
    expect(await b.card.show(changed, "now")).toBe(ts);
    expect(b.slack.messages(b.channel)).toHaveLength(1);
  });

  it("is posted anew also when the first new post fails", async () => {
    const b = await botBench();
    const c = requestIn(b);
    const lost = (await b.card.show(c, "now")) ?? "";
    await b.clients.posts.chat.delete({ channel: b.channel, ts: lost });
    const changed: Customization = { ...at(c, lost), state: "cancelled" };
    b.slack.faults.plan("chat.postMessage", { type: "status", status: 503 });
    await expect(b.card.show(changed, "now")).rejects.toMatchObject({ code: "slack-unreachable" });
    const ts = await b.card.show(changed, "now");
    expect(b.slack.messages(b.channel)).toMatchObject([{ ts }]);
  });

  it("is posted anew when there is only time for progress", async () => {
    const b = await botBench();
    const c = requestIn(b);
    const lost = (await b.card.show(c, "now")) ?? "";
    await b.clients.posts.chat.delete({ channel: b.channel, ts: lost });
    await b.card.show({ ...at(c, lost), state: "cancelled" }, "progress");
    await b.card.flush();
    expect(b.slack.messages(b.channel)).toMatchObject([{ metadata: { event_payload: { id: "AV-1" } } }]);
  });

  it("comes back by itself while the request is open, with its new address, and stays away afterwards", async () => {
    const b = await botBench();
    const { card: lost } = await openAwaiting(b);
    await b.clients.posts.chat.delete({ channel: b.channel, ts: lost });
    const back = await vi.waitFor(async () => {
      const { conversation } = (await b.store.get("AV-1")) ?? {};
      expect(conversation?.card).not.toBe(lost);
      return conversation?.card ?? "";
    });
    const c = await b.store.get("AV-1");
    if (c) await b.store.replace({ ...c, state: "failed" });
    await b.clients.posts.chat.delete({ channel: b.channel, ts: back });
    await b.alice.command(b.channel, "/avatar status AV-1");
    await toldTo(b, b.alice, "AV-1");
    await b.jobs.idle();
    expect((await b.store.get("AV-1"))?.conversation.card).toBe(back);
  });

  it("comes back with the buttons of a deleted notice", async () => {
    const b = await botBench();
    const { card } = await openAwaiting(b);
    const demo = await replyWith(b, card, "Confirm");
    await b.clients.posts.chat.delete({ channel: b.channel, ts: demo.ts });
    await vi.waitFor(async () => expect((await replyWith(b, card, "Confirm")).ts).not.toBe(demo.ts));
  });
});
