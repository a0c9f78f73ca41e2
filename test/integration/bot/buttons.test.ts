import { describe, expect, it, vi } from "vitest";
import { en } from "../../../src/bot/words/en.ts";
import type { MakeAnswer } from "../../../src/core/vendor-answer.ts";
import { demo, vendorNo } from "../../twins/twins.ts";
import type { BotBench } from "./bot-bench.ts";
import {
  botBench,
  buttonsOf,
  cardWith,
  dropMaterial,
  MATERIAL,
  openAwaiting,
  openByForm,
  replyWith,
  tickUntil,
  toldTo,
  wordsOf,
} from "./bot-bench.ts";

const LOST: MakeAnswer = { type: "unknown", because: "no answer within 60 s" };

async function openLost(b: BotBench) {
  const c = await openByForm(b);
  await dropMaterial(b, c.card);
  b.studio.makeAnswer = () => LOST;
  await b.alice.click({ channel: b.channel, ts: c.card }, "Launch");
  const message = await replyWith(b, c.card, "It was created…");
  return { ...c, at: { channel: b.channel, ts: message.ts } };
}

function messageAt(b: BotBench, card: string, ts: string) {
  return b.slack.messages(b.channel, card).find((m) => m.ts === ts);
}

describe("Launch", () => {
  it("is counted once under double click, and tells everyone else who may", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    await dropMaterial(b, card);
    const at = { channel: b.channel, ts: card };
    await b.eve.click(at, "Launch");
    await toldTo(b, b.eve, b.alice.id);
    expect(b.eve.privates()[0]?.thread_ts).toBe(card);
    expect(buttonsOf(await cardWith(b, "Launch"))).toContain("Launch");
    await Promise.all([b.alice.click(at, "Launch"), b.alice.click(at, "Launch")]);
    await b.slack.until(() => b.alice.privates().length === 1, "who launched");
    await b.jobs.idle();
    expect(b.studio.made).toHaveLength(1);
    expect(b.alice.privates()).toHaveLength(1);
  });

  it("belongs to the materials that it was shown with", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    await dropMaterial(b, card);
    b.studio.makeAnswer = () => vendorNo("100005", "no quota");
    await b.alice.click({ channel: b.channel, ts: card }, "Launch");
    await toldTo(b, b.alice, "no quota");
    b.studio.makeAnswer = undefined;
    await b.alice.upload(b.channel, [{ name: "better.pdf", path: `${MATERIAL}/consent-letter.pdf` }], {
      threadTs: card,
    });
    await vi.waitFor(async () => expect((await b.store.get("AV-1"))?.revision).toBe(3));
    await b.slack.redeliver({ last: "action", times: 1 });
    await toldTo(b, b.alice, en.refusal({ type: "materials-changed" }));
    expect(b.studio.made).toHaveLength(1);
  });

  it("whose answer is lost is settled by a person with a TaskId", async () => {
    const b = await botBench();
    const { at, card } = await openLost(b);
    await b.eve.click(at, "It was created…");
    await toldTo(b, b.eve, b.alice.id);
    await b.bob.click(at, "It was created…");
    const form = await b.slack.until(() => b.bob.openViews().at(-1), "the form");
    const wrong = await b.bob.submit(form.id, { TaskId: "nonsense" });
    expect(wrong).toMatchObject({ closed: false, errors: { TaskId: expect.stringContaining("no such task") } });
    b.studio.reports.set("task-77", demo());
    expect(await b.bob.submit(form.id, { TaskId: "task-77" })).toMatchObject({ closed: true });
    await tickUntil(b, "awaiting-decision");
    expect(await b.store.get("AV-1")).toMatchObject({ task: { id: "task-77" } });
    await b.slack.until(() => buttonsOf(messageAt(b, card, at.ts)).length === 0, "the question settled");
  });

  it("whose answer is lost is launched again by a person only", async () => {
    const b = await botBench();
    const { at } = await openLost(b);
    b.studio.makeAnswer = undefined;
    await b.alice.click(at, "It was not: launch again");
    await tickUntil(b, "running");
    expect(b.studio.made.map((order) => order.name)).toEqual(["Anchor-1", "Anchor-1"]);
  });
});

describe("which video it is", () => {
  it("is asked once for all videos of a message, and answered once by the requester", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    const files = [
      { name: "one.mp4", path: `${MATERIAL}/consent.mp4` },
      { name: "two.mp4", path: `${MATERIAL}/footage-1080p.mp4` },
    ];
    await b.alice.upload(b.channel, files, { threadTs: card });
    const asks = () => b.slack.messages(b.channel, card).filter((m) => buttonsOf(m).includes("Footage"));
    const [one] = await b.slack.until(() => (asks().length > 0 ? asks() : undefined), "the question");
    expect(buttonsOf(one)).toEqual(["Authorization video", "Footage", "Authorization video", "Footage"]);
    const at = { channel: b.channel, ts: one?.ts ?? "" };
    await b.bob.click(at, "Footage");
    await toldTo(b, b.bob, b.alice.id);
    await b.alice.click(at, "Authorization video");
    await cardWith(b, "Launch");
    const roles = (await b.store.get("AV-1"))?.materials.map((m) => [m.file.name, m.role]);
    expect(roles).toEqual([
      ["one.mp4", "identity-video"],
      ["two.mp4", "footage"],
    ]);
    await b.jobs.idle();
    const replies = b.slack.messages(b.channel, card).filter((m) => m.ts !== card);
    expect(replies.flatMap(buttonsOf)).toEqual([]);
    expect(wordsOf(replies.find((m) => m.ts === one?.ts))).toContain(b.alice.id);
  });

  it("of somebody else's videos is told with the requester's yes: one message asks about all of them", async () => {
    const b = await botBench({ policy: { operators: ["U0OPS"] } });
    const { card } = await openByForm(b);
    const files = [
      { name: "one.mp4", path: `${MATERIAL}/consent.mp4` },
      { name: "two.mp4", path: `${MATERIAL}/footage-1080p.mp4` },
      { name: "consent.pdf", path: `${MATERIAL}/consent-letter.pdf` },
    ];
    await b.eve.upload(b.channel, files, { threadTs: card });
    const { ts } = await replyWith(b, card, "Not this file");
    const asked = () => b.slack.messages(b.channel, card).find((m) => m.ts === ts);
    const video = ["Authorization video", "Footage", "Not this file"];
    expect(buttonsOf(asked())).toEqual([...video, ...video, "Use this file", "Not this file"]);
    expect(wordsOf(asked()).match(new RegExp(`<@${b.alice.id}>`, "g"))).toHaveLength(1);
    expect(wordsOf(asked())).not.toContain(`<@${b.eve.id}>`);
    const at = { channel: b.channel, ts };
    await b.eve.click(at, "Use this file");
    await toldTo(b, b.eve, `Only whoever asked for this decides which files count: <@${b.alice.id}>`);
    expect(buttonsOf(asked())).toContain("Use this file");
    await b.alice.click(at, "Authorization video");
    await b.slack.until(() => wordsOf(asked()).includes("Used as the authorization video"), "the first answer");
    expect(buttonsOf(asked())).toEqual([...video, "Use this file", "Not this file"]);
    await b.alice.click(at, "Footage");
    await cardWith(b, "Launch");
    await b.alice.click(at, "Not this file");
    await toldTo(b, b.eve, "consent.pdf wasn't accepted");
    await b.jobs.idle();
    expect(buttonsOf(asked())).toEqual([]);
    expect(wordsOf(asked())).toContain(`Not used, says <@${b.alice.id}>`);
    const launch = JSON.stringify((await cardWith(b, "Launch")).blocks);
    expect(launch).toContain(String.raw`authorization video \"one.mp4\" (eve) and footage \"two.mp4\" (eve)`);
  });
});

describe("the decision", () => {
  it("is the first approver's; requester, outsider, strangers and old buttons decide nothing", async () => {
    const b = await botBench();
    const { card } = await openAwaiting(b);
    const message = await replyWith(b, card, "Confirm");
    const at = { channel: b.channel, ts: message.ts };
    for (const person of [b.alice, b.eve, b.carol]) {
      await person.click(at, "Confirm");
      await person.click(at, "Reject…");
      await b.slack.until(() => person.privates().length === 2, "two answers");
      expect(person.openViews()).toEqual([]);
    }
    expect(b.studio.confirmed).toEqual([]);
    expect(buttonsOf(messageAt(b, card, at.ts))).toContain("Confirm");
    await Promise.all([b.bob.click(at, "Confirm"), b.bob.click(at, "Confirm")]);
    await b.slack.until(() => b.bob.privates().length === 1, "who decided");
    await tickUntil(b, "done");
    expect(b.studio.confirmed).toHaveLength(1);
    expect(buttonsOf(messageAt(b, card, at.ts))).toEqual([]);
  });

  it("against it needs a reason of at most 300 characters", async () => {
    const b = await botBench();
    const { card } = await openAwaiting(b);
    const at = { channel: b.channel, ts: (await replyWith(b, card, "Confirm")).ts };
    await b.bob.click(at, "Reject…");
    const form = await b.slack.until(() => b.bob.openViews().at(-1), "the form");
    await expect(b.bob.submit(form.id, { Reason: "x".repeat(301) })).rejects.toThrow();
    expect(await b.bob.submit(form.id, { Reason: "   " })).toMatchObject({ errors: { Reason: expect.anything() } });
    expect(await b.bob.submit(form.id, { Reason: "The lips are late" })).toMatchObject({ closed: true });
    await b.slack.until(() => b.studio.confirmed.length === 1, "customerconfirm");
    expect(b.studio.confirmed[0]).toMatchObject({ operate: "REJECT", reason: "The lips are late" });
    await vi.waitFor(async () => expect(await b.store.get("AV-1")).toMatchObject({ state: "running" }));
    await b.slack.redeliver({ last: "view", times: 1 });
    await b.slack.until(() => b.bob.privates().length === 1, "who decided");
    await b.jobs.idle();
    expect(b.studio.confirmed).toHaveLength(1);
  });
});

describe("Cancel", () => {
  it("ends a request for those who may, and says so to the others where they clicked", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    const at = { channel: b.channel, ts: card };
    await b.eve.click(at, "Cancel");
    const told = await toldTo(b, b.eve, b.alice.id);
    expect(told.thread_ts).toBeUndefined();
    await b.bob.click(at, "Cancel");
    await b.slack.until(
      () => buttonsOf(b.slack.messages(b.channel)[0]).join() === "Details,New like this",
      "the buttons of an end",
    );
    expect(await b.store.get("AV-1")).toMatchObject({ state: "cancelled" });
  });
});

describe("a click that nobody understands", () => {
  it("is answered with an id that the log has", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    b.store.get = () => Promise.reject(new Error("disk on fire"));
    await b.alice.click({ channel: b.channel, ts: card }, "Cancel");
    const told = await b.slack.until(() => b.alice.privates().at(-1), "an answer");
    const logged = b.log.lines.find((line) => "fault" in line.fields)?.fields;
    expect(logged).toMatchObject({ because: "disk on fire" });
    expect(told.text).toContain(logged && "fault" in logged ? String(logged.fault) : "an id");
    expect(told.text).not.toContain("fire");
  });
});
