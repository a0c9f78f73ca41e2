import { describe, expect, it } from "vitest";
import { en } from "../../../src/bot/words/en.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, openByForm, toldTo } from "./bot-bench.ts";
import { sendForm, WISH } from "./send-form.ts";

async function shortcutForm(b: BotBench) {
  await b.alice.globalShortcut("request_new");
  return b.slack.until(() => b.alice.openViews().at(-1), "the form");
}

describe("the form", () => {
  it("keeps open with errors beside the fields", async () => {
    const b = await botBench();
    await openByForm(b);
    await b.alice.command(b.channel, "/avatar new");
    const view = await b.slack.until(() => b.alice.openViews().at(-1), "the form");
    const alone = await b.alice.submit(view.id, { ...WISH, Name: "a b", Approvers: [b.alice.id] });
    expect(alone.closed).toBe(false);
    expect(Object.keys(alone.errors ?? {}).sort()).toEqual(["Approvers", "Name"]);
    const taken = await b.alice.submit(view.id, { ...WISH, Name: "anchor-1", Approvers: [b.bob.id] });
    expect(taken.errors?.Name).toContain("AV-1");
    const free = await b.alice.submit(view.id, { ...WISH, Name: "Anchor-2", Approvers: [b.bob.id] });
    expect(free).toMatchObject({ closed: true });
    await b.slack.until(() => b.slack.messages(b.channel).length === 2, "two cards");
  });

  it("asks for the channel when it is opened by the shortcut, and says where the bot is not", async () => {
    const b = await botBench();
    const away = b.slack.addChannel({ name: "away", kind: "public", members: [b.alice.id], botIsMember: false });
    const secret = b.slack.addChannel({ name: "secret", kind: "private", members: [b.alice.id, b.bob.id] });
    const view = await shortcutForm(b);
    const wish = { ...WISH, Approvers: [b.bob.id] };
    const refused = await b.alice.submit(view.id, { ...wish, Channel: away });
    expect(refused.errors?.Channel).toContain("/invite @avatar-bot");
    expect(await b.store.list()).toEqual([]);
    expect(await b.alice.submit(view.id, { ...wish, Channel: secret })).toMatchObject({ closed: true });
    await b.slack.until(() => b.slack.messages(secret).length === 1, "the card");
    expect(await b.store.get("AV-1")).toMatchObject({ conversation: { channel: secret, visibility: "private" } });
  });

  it("refuses a voice that nobody could decide about, and follows the kind with what was entered", async () => {
    const b = await botBench();
    await b.alice.command(b.channel, "/avatar new");
    const view = await b.slack.until(() => b.alice.openViews().at(-1), "the form");
    const alone = await b.alice.submit(view.id, { ...WISH, Kind: "ZERO_SHOT_VOICE" });
    expect(Object.keys(alone.errors ?? {})).toEqual(["Approvers"]);
    expect(labelsOf(b)).toContain("Language");
    expect(labelsOf(b)).not.toContain("Reference text");
    await b.alice.fill(view.id, { Kind: "VOICE", "Reference text": "Hello." });
    expect(labelsOf(b)).toContain("Language");
    await b.alice.fill(view.id, { Kind: "IMAGE", Background: "green", Approvers: [b.bob.id] });
    expect(labelsOf(b)).toEqual(["Kind", "Name", "Sex", "Approvers", "Notes", "Demo text", "Background"]);
    expect(await b.alice.submit(view.id)).toMatchObject({ closed: true });
    expect(await b.store.get("AV-1")).toMatchObject({ kind: "IMAGE", name: WISH.Name, background: "green" });
    expect(await b.store.get("AV-1")).not.toHaveProperty("referenceText");
  });

  it("starts with the approvers of the person's last request in the channel", async () => {
    const b = await botBench();
    await openByForm(b, { Approvers: [b.bob.id] });
    await b.alice.command(b.channel, "/avatar new");
    const view = await b.slack.until(() => b.alice.openViews().at(-1), "the form");
    expect(view.state.values.approvers?.value).toMatchObject({ selected_users: [b.bob.id] });
  });

  it("takes a voice with its reference text", async () => {
    const b = await botBench();
    const voice = await openByForm(b, { Kind: "VOICE", "Reference text": "Hello.\nThis is Ada." });
    // Its language is preset from alice's locale.
    expect(voice).toMatchObject({ kind: "VOICE", referenceText: "Hello.\nThis is Ada.", language: "eng" });
  });

  it("works in a direct message with the bot", async () => {
    const b = await botBench();
    const direct = b.slack.addChannel({ name: "", kind: "im", members: [b.alice.id] });
    const { conversation, card } = await openByForm(b, {}, direct);
    expect(conversation).toMatchObject({ channel: direct, visibility: "direct" });
    await b.alice.upload(direct, [{ name: "letter.pdf", path: "sandbox/material/consent-letter.pdf" }], {
      threadTs: card,
    });
    await b.slack.until(() => b.vault.relayed.length === 1, "the letter");
  });

  it("sent twice is one request with one card", async () => {
    const b = await botBench();
    await openByForm(b);
    await b.slack.redeliver({ last: "view", times: 3 });
    await b.jobs.idle();
    expect(await b.store.list()).toHaveLength(1);
    expect(b.slack.messages(b.channel)).toHaveLength(1);
  });

  it("ends the request when the bot was sent away before the card was posted", async () => {
    const b = await botBench();
    b.slack.faults.plan("chat.postMessage", { type: "code", code: "not_in_channel" });
    await sendForm(b);
    await toldTo(b, b.alice, "/invite @avatar-bot");
    expect(await b.store.get("AV-1")).toMatchObject({ state: "cancelled" });
  });

  it("keeps what was typed and says so when the request could not be written down", async () => {
    const b = await botBench();
    const create = b.store.create;
    b.store.create = () => Promise.reject(new Error("no space left on device"));
    await b.alice.command(b.channel, "/avatar new");
    const view = await b.slack.until(() => b.alice.openViews().at(-1), "the form");
    const wish = { ...WISH, Approvers: [b.bob.id] };
    const failed = await b.alice.submit(view.id, wish);
    const [said] = Object.values(failed.errors ?? {});
    const logged = b.log.lines.find((line) => "fault" in line.fields)?.fields;
    expect(logged).toMatchObject({ because: "no space left on device" });
    expect(said).toContain(logged && "fault" in logged ? String(logged.fault) : "an id");
    expect(said).not.toContain("no space");
    b.store.create = create;
    expect(await b.alice.submit(view.id, wish)).toMatchObject({ closed: true });
  });

  it("is not for people of other workspaces", async () => {
    const b = await botBench();
    await b.carol.globalShortcut("request_new");
    await b.slack.until(
      () => b.carol.directMessages().some((m) => m.text === en.refusal({ type: "other-workspace" })),
      "why not",
    );
    expect(b.carol.openViews()).toEqual([]);
  });
});

/** The labels of the form that is open. */
function labelsOf(b: BotBench): string[] {
  return (b.alice.openViews().at(-1)?.blocks ?? []).flatMap((block) =>
    block.type === "input" ? [block.label.text] : [],
  );
}
