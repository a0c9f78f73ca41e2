import { describe, expect, it, vi } from "vitest";
import type { Upload } from "../../../sandbox/slack/files.ts";
import type { Person } from "../../../sandbox/slack/person.ts";
import { en } from "../../../src/bot/words/en.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, buttonsOf, MATERIAL, openAwaiting, openByForm, replyWith, toldTo, wordsOf } from "./bot-bench.ts";

const LETTER: Upload = { name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` };
const FOOTAGE: Upload = { name: "take.mp4", path: `${MATERIAL}/footage-1080p.mp4` };

/** *Add to a request* at a message, as far as the form. */
async function shortcut(b: BotBench, person: Person, channel: string, ts: string) {
  await person.messageShortcut("request_attach", channel, ts);
  return b.slack.until(() => person.openViews().at(-1), "the form");
}

async function attach(b: BotBench, person: Person, channel: string, ts: string, id = "AV-1"): Promise<void> {
  const form = await shortcut(b, person, channel, ts);
  expect(await person.submit(form.id, { Request: id })).toMatchObject({ closed: true });
}

function optionsOf(form: { readonly blocks: unknown }): string[] {
  return [...JSON.stringify(form.blocks).matchAll(/"value":"(AV-\d+)"/g)].map(([, id]) => id ?? "");
}

async function accepted(b: BotBench, count: number, id = "AV-1"): Promise<void> {
  await vi.waitFor(async () => {
    const done = (await b.store.get(id))?.materials.filter((m) => m.state === "accepted").length;
    if (done !== count) throw new Error(`${done} accepted`);
  });
}

describe.each(["socket", "http"] as const)("Add to a request, over %s", (mode) => {
  it("takes in the files of a message elsewhere, once however often the form comes", async () => {
    const b = await botBench({ mode });
    const { card } = await openByForm(b);
    const lounge = b.slack.addChannel({ name: "lounge", kind: "public", members: [b.bob.id, b.alice.id] });
    const { ts } = await b.bob.upload(lounge, [LETTER], { text: "for Mia" });
    await attach(b, b.alice, lounge, ts);
    // Written down before the form closed: a bot that is killed now has it.
    expect((await b.store.get("AV-1"))?.materials).toHaveLength(1);
    await b.slack.redeliver({ last: "view", times: 3 });
    await accepted(b, 1);
    await b.jobs.idle();
    expect(b.vault.relayed).toHaveLength(1);
    expect((await b.store.get("AV-1"))?.materials).toMatchObject([
      { file: { name: "letter.pdf", by: b.alice.id, caption: "for Mia", from: { channel: lounge, author: b.bob.id } } },
    ]);
    const told = b.alice.privates();
    expect(told).toMatchObject([{ channel: lounge }]);
    expect(wordsOf(told[0])).toContain(`archives/${b.channel}/p${card.replace(".", "")}`);
    await b.alice.command(b.channel, "/avatar history AV-1");
    const history = wordsOf(await toldTo(b, b.alice, "Details of AV-1"));
    expect(history).toContain(`letter.pdf added from a message of <@${b.bob.id}> · <@${b.alice.id}>`);
  });
});

describe("Add to a request", () => {
  it("says at the message what is already there, and takes nothing twice", async () => {
    const b = await botBench();
    await openByForm(b);
    const { ts } = await b.bob.upload(b.channel, [LETTER]);
    await attach(b, b.alice, b.channel, ts);
    await toldTo(b, b.alice, "Added to");
    await attach(b, b.bob, b.channel, ts);
    await toldTo(b, b.bob, "already");
    await accepted(b, 1);
    expect(b.vault.relayed).toHaveLength(1);
  });

  it("works at a reply in another thread, and answers there", async () => {
    const b = await botBench();
    await openByForm(b);
    const root = await b.bob.post(b.channel, "pictures of the day");
    for (let n = 0; n < 4; n += 1) await b.bob.post(b.channel, `no. ${n}`, { threadTs: root });
    const { ts } = await b.bob.upload(b.channel, [LETTER], { threadTs: root });
    await attach(b, b.alice, b.channel, ts);
    await accepted(b, 1);
    const told = await toldTo(b, b.alice, "Added to");
    expect(told.thread_ts).toBe(root);
  });

  it("takes a reply in the request's own thread that was never delivered as if it had been", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    b.slack.faults.plan("event", { type: "code", code: "lost" });
    const { ts } = await b.alice.upload(b.channel, [LETTER], { threadTs: card });
    await attach(b, b.alice, b.channel, ts);
    await accepted(b, 1);
    const c = await b.store.get("AV-1");
    expect(c?.materials).toMatchObject([{ file: { ts, by: b.alice.id } }]);
    expect(c?.materials[0]?.file).not.toHaveProperty("from");
    expect(c?.history.map(({ event }) => event.type)).not.toContain("file-added");
  });

  it("lets a file that is added later take the place of one that was dropped before, whenever it was posted", async () => {
    const b = await botBench();
    const old = await b.bob.upload(b.channel, [{ ...LETTER, name: "old.pdf" }]);
    const { card } = await openByForm(b);
    await b.alice.upload(b.channel, [LETTER], { threadTs: card });
    await accepted(b, 1);
    await attach(b, b.alice, b.channel, old.ts);
    await accepted(b, 2);
    expect((await b.store.get("AV-1"))?.materials.map((m) => m.replacedBy !== undefined)).toEqual([true, false]);
  });

  it("asks the requester in the request's thread about a video that somebody else added, also with one open already", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    await b.bob.upload(b.channel, [FOOTAGE], { threadTs: card });
    await replyWith(b, card, "Footage");
    const { ts } = await b.bob.upload(b.channel, [{ ...FOOTAGE, name: "other.mp4" }]);
    await attach(b, b.eve, b.channel, ts);
    await toldTo(b, b.eve, `other.mp4: waits for a yes from <@${b.alice.id}>`);
    const asked = await b.slack.until(
      () => b.slack.messages(b.channel, card).find((m) => wordsOf(m).includes("other.mp4") && m.ts !== card),
      "the question",
    );
    const at = { channel: b.channel, ts: asked.ts };
    await b.eve.click(at, "Footage");
    await toldTo(b, b.eve, "Only whoever asked for this decides");
    await b.alice.click(at, "Footage");
    await accepted(b, 1);
    expect(b.slack.messages(b.channel, card).flatMap(buttonsOf)).toContain("Authorization video");
  });

  it("refuses where the person acted, also when the bot has left that place since", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    const lounge = b.slack.addChannel({ name: "lounge", kind: "public", members: [b.eve.id] });
    const text = { name: "a.mp4", path: `${MATERIAL}/broken/text-renamed.mp4` };
    const { ts } = await b.eve.upload(lounge, [text]);
    await attach(b, b.eve, lounge, ts);
    const why = await toldTo(b, b.eve, "a.mp4 wasn't accepted.");
    expect(why).toMatchObject({ channel: lounge });
    expect(wordsOf(why)).toContain("It was added to *AV-1 · Anchor-1*");
    await toldTo(b, b.eve, "Nothing was added to");
    expect(b.slack.messages(b.channel, card)).toHaveLength(1);
    await b.slack.until(() => buttonsOf(b.slack.messages(b.channel)[0]).includes("Why?"), "Why?");
    const second = await b.eve.upload(lounge, [{ ...text, name: "b.mp4" }]);
    b.slack.faults.plan("chat.postEphemeral", { type: "code", code: "not_in_channel" });
    await attach(b, b.eve, lounge, second.ts);
    await b.slack.until(() => b.eve.directMessages().some((m) => wordsOf(m).includes("b.mp4")), "a direct message");
  });

  it("offers only requests that take files and that this person can see, newest first", async () => {
    const b = await botBench();
    const secret = b.slack.addChannel({ name: "secret", kind: "private", members: [b.alice.id, b.bob.id] });
    await openByForm(b, { Name: "Anchor-1" });
    await openByForm(b, { Name: "Anchor-2" }, secret);
    await openByForm(b, { Name: "Anchor-3" });
    await openByForm(b, { Name: "Anchor-4" });
    await b.alice.command(b.channel, "/avatar cancel AV-3");
    const { ts } = await b.eve.upload(b.channel, [LETTER]);
    await vi.waitFor(async () => expect(await b.store.get("AV-3")).toMatchObject({ state: "cancelled" }));
    expect(optionsOf(await shortcut(b, b.eve, b.channel, ts))).toEqual(["AV-4", "AV-1"]);
    expect(optionsOf(await shortcut(b, b.bob, b.channel, ts))).toEqual(["AV-4", "AV-2", "AV-1"]);
  });

  it("says what to do where there is nothing to add, or nothing to add it to", async () => {
    const b = await botBench();
    const talk = await b.eve.post(b.channel, "no file here");
    const { ts } = await b.eve.upload(b.channel, [LETTER]);
    await b.eve.messageShortcut("request_attach", b.channel, talk);
    await toldTo(b, b.eve, en.refusal({ type: "no-files", byApp: false }));
    await b.eve.messageShortcut("request_attach", b.channel, ts);
    await toldTo(b, b.eve, en.refusal({ type: "no-open-request" }));
    expect(b.eve.openViews()).toEqual([]);
  });

  it("says so where the bot is not, publicly and in private", async () => {
    const b = await botBench();
    await openByForm(b);
    for (const kind of ["public", "private"] as const) {
      const away = b.slack.addChannel({ name: `away-${kind}`, kind, members: [b.eve.id], botIsMember: false });
      const { ts } = await b.eve.upload(away, [LETTER]);
      await b.eve.messageShortcut("request_attach", away, ts);
      const told = await b.slack.until(() => b.eve.privates(away).at(-1), "what to do");
      expect(wordsOf(told)).toContain("/invite @avatar-bot");
    }
    expect(b.eve.openViews()).toEqual([]);
  });

  it("says so when the request is over, the file gone or the bot sent away before the form was sent", async () => {
    const b = await botBench();
    await openByForm(b);
    const { ts } = await b.eve.upload(b.channel, [LETTER]);
    const [first, second, third] = [
      await shortcut(b, b.eve, b.channel, ts),
      await shortcut(b, b.bob, b.channel, ts),
      await shortcut(b, b.alice, b.channel, ts),
    ];
    b.slack.faults.plan("conversations.replies", { type: "code", code: "not_in_channel" });
    await b.eve.submit(first.id, { Request: "AV-1" });
    await toldTo(b, b.eve, "This app is not in this conversation");
    b.slack.faults.plan("conversations.replies", { type: "code", code: "thread_not_found" });
    await b.bob.submit(second.id, { Request: "AV-1" });
    await toldTo(b, b.bob, "It was deleted in Slack");
    await b.alice.command(b.channel, "/avatar cancel AV-1");
    await toldTo(b, b.alice, "Nothing was spent");
    await b.alice.submit(third.id, { Request: "AV-1" });
    await toldTo(b, b.alice, "AV-1 was cancelled and takes no more files");
    expect((await b.store.get("AV-1"))?.materials).toEqual([]);
  });

  it("does nothing to a request after Launch, and names it", async () => {
    const b = await botBench();
    await openByForm(b, { Name: "Anchor-2" });
    const { ts } = await b.eve.upload(b.channel, [LETTER]);
    const form = await shortcut(b, b.eve, b.channel, ts);
    const c = await b.store.get("AV-1");
    if (c) await b.store.replace({ ...c, state: "running" });
    await b.eve.submit(form.id, { Request: "AV-1" });
    await toldTo(b, b.eve, "AV-1 stands at “In production” and takes no more files");
  });

  it("is not for people of other workspaces", async () => {
    const b = await botBench();
    await openByForm(b);
    const { ts } = await b.carol.upload(b.channel, [LETTER]);
    await b.carol.messageShortcut("request_attach", b.channel, ts);
    await toldTo(b, b.carol, en.refusal({ type: "other-workspace" }));
    expect(b.carol.openViews()).toEqual([]);
  });

  it("says how to go on when Slack's trigger has expired, and breaks with an id to quote at the message", async () => {
    const b = await botBench();
    await openByForm(b);
    const { ts } = await b.eve.upload(b.channel, [LETTER]);
    b.slack.faults.plan("views.open", { type: "code", code: "expired_trigger_id" });
    await b.eve.messageShortcut("request_attach", b.channel, ts);
    await toldTo(b, b.eve, "Use _Add to a request_ at the message again");
    b.slack.faults.plan("conversations.replies", { type: "code", code: "internal_error" });
    await attach(b, b.eve, b.channel, ts);
    await toldTo(b, b.eve, "tell the operator this id");
    await attach(b, b.eve, b.channel, ts);
    await toldTo(b, b.eve, "Added to");
  });

  it("is open to whoever sees a request, not to its requester alone, and waits for nobody's demo", async () => {
    const b = await botBench();
    await openAwaiting(b);
    const { ts } = await b.eve.upload(b.channel, [LETTER]);
    await b.eve.messageShortcut("request_attach", b.channel, ts);
    await toldTo(b, b.eve, "No request that you can see takes files now");
  });
});
