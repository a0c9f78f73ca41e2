import { describe, expect, it } from "vitest";
import type { Customization } from "../../../../src/core/customization.ts";
import { accepted, asked, notice, round, task } from "../../../fixtures/customization-fixture.ts";
import type { BotBench } from "../bot-bench.ts";
import { botBench, buttonsOf, wordsOf } from "../bot-bench.ts";
import { at, callsOf, laterProcess, requestIn } from "./card-bench.ts";

describe("a card", () => {
  it("is posted once, edited where it differs, and left alone where it does not", async () => {
    const b = await botBench();
    const c = requestIn(b);
    const ts = await b.card.show(c, "now");
    expect(b.slack.messages(b.channel)).toMatchObject([
      { ts, metadata: { event_type: "avatar_card", event_payload: { id: "AV-1" } } },
    ]);
    expect(await b.card.show(c, "now")).toBe(ts);
    expect(await b.card.show(at(c, ts), "now")).toBe(ts);
    expect(callsOf(b, "chat.postMessage")).toBe(1);
    expect(callsOf(b, "conversations.history")).toBe(0);
    await b.card.show({ ...at(c, ts, 3), state: "cancelled" }, "now");
    expect(callsOf(b, "chat.update")).toBe(1);
    expect(buttonsOf(b.slack.messages(b.channel)[0])).toEqual(["Details", "New like this"]);
  });

  it("is not edited because a little time has passed", async () => {
    const b = await botBench();
    const ago = (minutes: number) => Date.now() - minutes * 60_000;
    const running = (minutes: number, lookedAt: number): Partial<Customization> => {
      const times = { since: ago(minutes), lookedAt };
      return { state: "running", task: task({ stage: "TRAIN", status: "PROCESSING", ...times }) };
    };
    const c = requestIn(b, running(62, ago(5)));
    const ts = await b.card.show(c, "now");
    await b.card.show({ ...at(c, ts, 2), ...running(95, ago(1)) }, "now");
    expect(callsOf(b, "chat.update")).toBe(0);
    await b.card.show({ ...at(c, ts, 3), ...running(125, ago(1)) }, "now");
    expect(callsOf(b, "chat.update")).toBe(1);
  });

  it("is found again by its metadata when the answer to its post was lost", async () => {
    const b = await botBench();
    const c = requestIn(b);
    b.slack.faults.plan("chat.postMessage", { type: "lost-answer" });
    await expect(b.card.show(c, "now")).rejects.toMatchObject({ code: "slack-unreachable" });
    const ts = await b.card.show(c, "now");
    expect(b.slack.messages(b.channel)).toMatchObject([{ ts }]);
  });

  it("is found again by a later process, and somebody else's metadata is not believed", async () => {
    const b = await botBench();
    const c = requestIn(b, { createdAt: Date.now() - 1000 });
    await b.alice.post(b.channel, "AV-1");
    const ts = await b.card.show(c, "now");
    expect(await laterProcess(b).show(c, "now")).toBe(ts);
    expect(callsOf(b, "chat.postMessage")).toBe(1);
  });

  it("never goes back to something older", async () => {
    const b = await botBench();
    const c = requestIn(b);
    const ts = await b.card.show(c, "now");
    const newer: Customization = { ...at(c, ts, 5), materials: [accepted("footage")] };
    b.slack.faults.plan("chat.update", { type: "slow", delayMs: 60 });
    await Promise.all([b.card.show(newer, "progress"), b.card.show(at(c, ts, 4), "now"), b.card.show(newer, "now")]);
    await b.card.show(at(c, ts, 3), "now");
    await b.card.flush();
    expect(wordsOf(b.slack.messages(b.channel)[0])).toContain("f0footage1.bin");
    const over: Customization = { ...at(c, ts, 7), state: "cancelled" };
    await b.card.show(over, "now");
    await b.card.show(newer, "now");
    expect(wordsOf(b.slack.messages(b.channel)[0])).not.toContain("f0footage1.bin is on its way");
    expect(buttonsOf(b.slack.messages(b.channel)[0])).toEqual(["Details", "New like this"]);
  });

  it("waits out a rate limit, and says which of Slack's errors kept it from being shown", async () => {
    const b = await botBench();
    const c = requestIn(b);
    b.slack.faults.plan("chat.postMessage", { type: "status", status: 429, headers: { "retry-after": "1" } });
    const ts = await b.card.show(c, "now");
    expect(b.slack.messages(b.channel)).toMatchObject([{ ts }]);
    b.slack.faults.plan("chat.update", { type: "code", code: "is_archived" });
    const over: Customization = { ...at(c, ts), state: "cancelled" };
    await expect(b.card.show(over, "now")).rejects.toMatchObject({
      code: "channel-closed",
      resultCode: "is_archived",
    });
  });

  it("shows progress without anybody waiting, and its last state is never lost", async () => {
    const b = await botBench();
    const c = requestIn(b);
    const ts = await b.card.show(c, "now");
    b.slack.faults.plan("chat.update", { type: "status", status: 429, headers: { "retry-after": "1" } });
    for (let n = 1; n <= 20; n += 1) {
      await b.card.show({ ...at(c, ts, n + 1), materials: [accepted("footage", n)] }, "progress");
    }
    await b.slack.until(() => wordsOf(b.slack.messages(b.channel)[0]).includes("f0footage20.bin"), "the last state");
    expect(callsOf(b, "chat.update")).toBeLessThan(5);
  });
});

describe("a notice", () => {
  const question = notice({ key: "which-1", content: { type: "which-file", material: asked().id } });

  async function withQuestion(b: BotBench): Promise<Customization> {
    const c = requestIn(b, { materials: [asked()], outbox: [question] });
    return at(c, await b.card.show(c, "now"));
  }

  it("is told once in the thread, also by a later process", async () => {
    const b = await botBench();
    const c = await withQuestion(b);
    const ts = await b.card.deliver(c, question, false);
    expect(await laterProcess(b).deliver(c, question, true)).toBe(ts);
    expect(b.slack.messages(b.channel, c.conversation.card)).toMatchObject([
      { ts: c.conversation.card },
      { ts, metadata: { event_type: "avatar_notice", event_payload: { id: "AV-1", key: "which-1" } } },
    ]);
  });

  it("that was posted without an answer is found, not told again", async () => {
    const b = await botBench();
    const c = await withQuestion(b);
    b.slack.faults.plan("chat.postMessage", { type: "lost-answer" });
    await expect(b.card.deliver(c, question, false)).rejects.toMatchObject({ code: "slack-unreachable" });
    await b.card.deliver(c, question, true);
    expect(b.slack.messages(b.channel, c.conversation.card)).toHaveLength(2);
  });

  it("whose delivery could not be stored is found, not told again", async () => {
    const b = await botBench();
    const c = await withQuestion(b);
    const ts = await b.card.deliver(c, question, false);
    expect(await b.card.deliver(c, question, false)).toBe(ts);
    expect(b.slack.messages(b.channel, c.conversation.card)).toHaveLength(2);
  });

  it("settles with the record, and nobody minds when it was deleted", async () => {
    const b = await botBench();
    const c = await withQuestion(b);
    const ts = await b.card.deliver(c, question, false);
    const told = { ...at(c, undefined), outbox: [{ ...question, delivered: ts }] };
    const over: Customization = { ...told, version: 9, state: "cancelled" };
    await laterProcess(b).show(over, "now");
    const reply = b.slack.messages(b.channel, c.conversation.card).find((m) => m.ts === ts);
    expect(buttonsOf(reply)).toEqual([]);
    await b.clients.posts.chat.delete({ channel: b.channel, ts });
    expect(await laterProcess(b).show(over, "now")).toBe(c.conversation.card);
  });

  it("with buttons that somebody deleted is told anew, once, also for a later process", async () => {
    const b = await botBench();
    const c = await withQuestion(b);
    const lost = await b.card.deliver(c, question, false);
    await b.clients.posts.chat.delete({ channel: b.channel, ts: lost });
    const told = { ...at(c, undefined), version: 5, outbox: [{ ...question, delivered: lost }] };
    const replies = () => b.slack.messages(b.channel, c.conversation.card).slice(1);
    await laterProcess(b).show(told, "now");
    await laterProcess(b).show(told, "now");
    expect(replies().map(buttonsOf)).toEqual([["Authorization video", "Footage"]]);
    await laterProcess(b).show({ ...told, version: 9, state: "cancelled" }, "now");
    expect(replies().map(buttonsOf)).toEqual([[]]);
  });

  it("settles also when there is only time for progress", async () => {
    const b = await botBench();
    const c = await withQuestion(b);
    const ts = await b.card.deliver(c, question, false);
    const told = { ...at(c, undefined), outbox: [{ ...question, delivered: ts }] };
    await b.card.show({ ...told, version: 9, state: "cancelled" }, "progress");
    await b.card.flush();
    const messages = b.slack.messages(b.channel, c.conversation.card);
    expect(messages.map(buttonsOf)).toEqual([["Details", "New like this"], []]);
  });

  it("for one person is private, and says where Slack refuses", async () => {
    const b = await botBench();
    const c = await withQuestion(b);
    const refused = { code: "100005", said: "no quota", to: b.bob.id };
    const no = notice({ key: "no-1", content: { type: "launch-refused", ...refused } });
    expect(await b.card.deliver(c, no, false)).toBe("said");
    expect(b.bob.privates(b.channel)).toMatchObject([{ thread_ts: c.conversation.card }]);
    b.slack.leave(b.channel, b.bob.id);
    const gone = b.card.deliver(c, no, false);
    await expect(gone).rejects.toMatchObject({ code: "undeliverable", resultCode: "user_not_in_channel" });
  });

  it("for an approver outside a private channel comes later when Slack does not tell now who is in there", async () => {
    const b = await botBench();
    const channel = b.slack.addChannel({ name: "den", kind: "private", members: [b.alice.id] });
    const conversation = { team: b.slack.teamId, channel, visibility: "private" as const };
    const demo = notice({ key: "demo-1-bob", content: { type: "demo-direct", round: 1, to: b.bob.id } });
    const waiting = requestIn(b, { conversation, state: "awaiting-decision", rounds: [round()], outbox: [demo] });
    const c = at(waiting, await b.card.show(waiting, "now"));
    b.slack.faults.plan("conversations.members", { type: "code", code: "ratelimited" });
    await expect(b.card.deliver(c, demo, false)).rejects.toMatchObject({ code: "slack-unreachable" });
    expect(await b.card.deliver(c, demo, true)).toMatch(/^D\w+\//);
    expect(b.bob.directMessages()).toHaveLength(1);
  });

  it("waits for its card", async () => {
    const b = await botBench();
    await expect(b.card.deliver(requestIn(b), question, false)).rejects.toMatchObject({ code: "slack-unreachable" });
    expect(callsOf(b, "chat.postMessage")).toBe(0);
  });
});
