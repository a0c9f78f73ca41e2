import { describe, expect, it, vi } from "vitest";
import type { Upload } from "../../../sandbox/slack/files.ts";
import { en } from "../../../src/bot/words/en.ts";
import { catchUp } from "../../../src/flow/resume.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, buttonsOf, MATERIAL, openByForm, startBot, toldTo, wordsOf } from "./bot-bench.ts";
import { sendForm } from "./send-form.ts";

const LETTER: Upload = { name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` };
const PDF = Buffer.from("%PDF-1.7\n%letter\n");

async function accepted(b: BotBench, count: number): Promise<void> {
  await vi.waitFor(async () => {
    const c = await b.store.get("AV-1");
    const done = c?.materials.filter((m) => m.state === "accepted").length;
    if (done !== count) throw new Error(`${done} accepted`);
  });
}

describe("files in a thread that is no request's", () => {
  it("are nobody's concern, also when Slack does not tell whose thread it is", async () => {
    const b = await botBench();
    const ts = await b.alice.post(b.channel, "holiday pictures");
    b.slack.faults.plan("conversations.replies", { type: "code", code: "internal_error" });
    await b.alice.upload(b.channel, [LETTER], { threadTs: ts });
    await vi.waitFor(() =>
      expect(b.log.lines.map((line) => line.message)).toContain("looking up the request of a thread"),
    );
    await b.jobs.idle();
    expect(b.alice.privates()).toEqual([]);
  });
});

describe("files in a request's thread", () => {
  it("are received once, however often Slack says it", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    await b.alice.upload(b.channel, [LETTER], { threadTs: card });
    await b.slack.redeliver({ last: "message", times: 5 });
    await b.slack.redeliver({ last: "message", times: 6, newEventIds: true });
    await accepted(b, 1);
    await b.jobs.idle();
    expect(b.vault.relayed).toHaveLength(1);
    expect((await b.store.get("AV-1"))?.materials).toHaveLength(1);
  });

  it.each([
    ["from another service", { name: "a.mp4", mode: "external" }, "external-file"],
    ["deleted", { name: "a.mp4", mode: "tombstone" }, "file-gone"],
    ["beyond the free plan", { name: "a.mp4", mode: "hidden_by_limit" }, "file-hidden"],
    [
      "of the wrong type, whatever its name",
      { name: "a.mp4", path: `${MATERIAL}/broken/text-renamed.mp4` },
      "wrong-format",
    ],
    ["an animated picture", { name: "a.png", path: `${MATERIAL}/broken/photo.gif` }, "wrong-format"],
    ["a web page", { name: "face.html", path: `${MATERIAL}/face.html`, mimetype: "text/html" }, "wrong-format"],
    ["empty", { name: "a.mp4", path: `${MATERIAL}/broken/empty.mp4` }, "empty-file"],
    ["too large", { name: "a.pdf", bytes: PDF, declaredSize: 11 * 1024 ** 2 }, "too-large"],
  ] as [string, Upload, string][])(
    "that are %s are refused privately, with a line on the card",
    async (_what, file, why) => {
      const b = await botBench();
      const { card } = await openByForm(b);
      await b.eve.upload(b.channel, [file], { threadTs: card });
      const told = await b.slack.until(() => b.eve.privates()[0], "why");
      expect(told.thread_ts).toBe(card);
      expect(await b.store.get("AV-1")).toMatchObject({ materials: [{ refusal: { type: why } }] });
      await b.slack.until(() => buttonsOf(b.slack.messages(b.channel)[0]).includes("Why?"), "Why?");
      await b.bob.click({ channel: b.channel, ts: card }, "Why?");
      await b.slack.until(() => b.bob.privates().length === 1, "why");
      expect(b.vault.relayed).toEqual([]);
    },
  );

  it("are not mistaken for Slack's login page, nor it for them", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    b.slack.faults.plan("download", { type: "code", code: "login-page" });
    await b.alice.upload(b.channel, [LETTER], { threadTs: card });
    await toldTo(b, b.alice, "files:read");
  });

  it("are taken once Slack has scanned them, and when Slack Connect sends a stub", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    await b.alice.upload(b.channel, [{ ...LETTER, scanAfterLooks: 2 }], { threadTs: card });
    await accepted(b, 1);
    await b.alice.upload(b.channel, [{ ...LETTER, name: "other.pdf", mode: "file_access" }], { threadTs: card });
    await vi.waitFor(async () => {
      const c = await b.store.get("AV-1");
      expect(c?.materials[1]).toMatchObject({ state: "accepted", file: { name: "other.pdf" } });
    });
  });

  it("of other workspaces are refused privately", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    await b.carol.upload(b.channel, [LETTER], { threadTs: card });
    await b.slack.until(() => b.carol.privates().length === 1, "why not");
    expect(wordsOf(b.carol.privates()[0])).toContain(en.refusal({ type: "other-workspace" }));
    expect(await b.store.get("AV-1")).toMatchObject({ materials: [] });
  });

  it("find their request by the card's metadata when they overtake the answer to its post", async () => {
    const b = await botBench();
    b.slack.faults.plan("chat.postMessage", { type: "lost-answer" });
    await sendForm(b);
    const card = await b.slack.until(() => b.slack.messages(b.channel)[0], "the card");
    Object.defineProperty(b.store, "byCard", { value: async () => undefined });
    await b.alice.upload(b.channel, [LETTER], { threadTs: card.ts });
    await vi.waitFor(async () => expect((await b.store.get("AV-1"))?.materials).toHaveLength(1));
  });

  it("that came while the bot was away are found at the next start", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    await b.app.stop();
    await b.alice.upload(b.channel, [LETTER], { threadTs: card, text: "the letter" });
    await b.carol.upload(b.channel, [{ ...LETTER, name: "theirs.pdf" }], { threadTs: card });
    const next = await startBot(b.slack, {}, b.store);
    await catchUp(next.ports, next.transfers);
    await accepted(b, 1);
    const c = await b.store.get("AV-1");
    expect(c?.materials).toMatchObject([{ file: { by: b.alice.id, caption: "the letter" } }]);
    await catchUp(next.ports, next.transfers);
    expect((await b.store.get("AV-1"))?.materials).toHaveLength(1);
    expect(b.carol.privates()).toHaveLength(1);
    await next.app.stop();
  });
});

describe("files in the channel", () => {
  it("get one hint per request, whose button takes them in", async () => {
    const b = await botBench();
    await openByForm(b);
    await b.eve.upload(b.channel, [LETTER]);
    await b.alice.upload(b.channel, [LETTER]);
    const hint = await toldTo(b, b.alice, "Use it for AV-1");
    await b.alice.upload(b.channel, [{ ...LETTER, name: "again.pdf" }]);
    await b.jobs.idle();
    expect(b.alice.privates()).toHaveLength(1);
    expect(b.eve.privates()).toEqual([]);
    await b.alice.click({ channel: b.channel, ts: hint.ts }, "Use it for AV-1");
    await accepted(b, 1);
    await b.jobs.idle();
    expect(b.alice.privates().map(wordsOf).join()).not.toContain("Use it for");
    expect((await b.store.get("AV-1"))?.materials).toMatchObject([{ file: { name: "letter.pdf", by: b.alice.id } }]);
  });

  it("of nobody's request are not even written down", async () => {
    const b = await botBench();
    const sights = vi.spyOn(b.store, "markSeen");
    const lookups = () => b.slack.calls.filter((call) => call.method === "conversations.replies").length;
    const topic = await b.alice.post(b.channel, "lunch?");
    await b.alice.upload(b.channel, [LETTER], { threadTs: topic });
    await b.alice.upload(b.channel, [LETTER]);
    await b.slack.until(() => lookups() > 0, "whose thread it is");
    await b.jobs.idle();
    expect(sights).not.toHaveBeenCalled();
    // Slack is asked once whose thread it is.
    for (let n = 0; n < 3; n += 1) await b.alice.post(b.channel, `text: no. ${n}`, { threadTs: topic });
    await b.jobs.idle();
    expect(lookups()).toBe(1);
  });

  it("of nobody's request, in other threads, or without a request that collects, are left alone", async () => {
    const b = await botBench();
    const topic = await b.alice.post(b.channel, "lunch?");
    await b.alice.upload(b.channel, [LETTER], { threadTs: topic });
    await b.alice.upload(b.channel, [LETTER]);
    await b.jobs.idle();
    expect(b.alice.privates()).toEqual([]);
    expect(b.log.lines.filter((line) => line.level === "error")).toEqual([]);
  });
});
