import { describe, expect, it } from "vitest";
import { botBench, MATERIAL, openByForm, toldTo } from "./bot-bench.ts";

describe("somebody who talks to the bot", () => {
  it("is told privately how it goes, where they named it or in a direct message", async () => {
    const b = await botBench();
    await b.eve.post(b.channel, "@avatar-bot an avatar please");
    await toldTo(b, b.eve, "/avatar new");
    const direct = b.slack.addChannel({ name: "", kind: "im", members: [b.alice.id] });
    await b.alice.post(direct, "hello");
    expect(await toldTo(b, b.alice, "/avatar new")).toMatchObject({ channel: direct });
    await b.carol.post(b.channel, "@avatar-bot hello");
    await toldTo(b, b.carol, "workspace");
    expect(b.slack.messages(b.channel).filter(({ user }) => user === b.slack.botUserId)).toEqual([]);
  });

  it("can say the words of a command; in a request's thread they mean that request", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    await b.eve.post(b.channel, "@avatar-bot details", { threadTs: card });
    await toldTo(b, b.eve, "Details of AV-1");
    await b.bob.post(b.channel, "@avatar-bot: status", { threadTs: card });
    expect(await toldTo(b, b.bob, "AV-1")).toMatchObject({ thread_ts: card });
    await b.alice.post(b.channel, "@avatar-bot cancel", { threadTs: card });
    await b.slack.until(async () => (await b.store.get("AV-1"))?.state === "cancelled", "the end of AV-1");
  });

  it("gets a button for a new request, and one that runs the command they meant", async () => {
    const b = await botBench();
    const direct = b.slack.addChannel({ name: "", kind: "im", members: [b.alice.id] });
    await b.alice.post(direct, "I need an avatar of our CEO");
    const offered = await toldTo(b, b.alice, "short form");
    await b.alice.click({ channel: direct, ts: offered.ts }, "New request");
    await b.slack.until(() => b.alice.openViews().length === 1, "the form");
    await b.eve.post(b.channel, "@avatar-bot lsit");
    const meant = await toldTo(b, b.eve, "Did you mean");
    await b.eve.click({ channel: b.channel, ts: meant.ts }, "Run /avatar list");
    await toldTo(b, b.eve, "no open request that you can see");
  });

  it("makes a photo avatar of a photo sent directly, which is not dropped again", async () => {
    const b = await botBench();
    const direct = b.slack.addChannel({ name: "", kind: "im", members: [b.alice.id] });
    await b.alice.upload(direct, [{ name: "me.png", path: `${MATERIAL}/photo.png` }]);
    const offered = await toldTo(b, b.alice, "Make a photo avatar of this?");
    await b.alice.click({ channel: direct, ts: offered.ts }, "Make a photo avatar");
    const form = await b.slack.until(() => b.alice.openViews().at(-1), "the form");
    expect(form.state.values.kind?.value).toMatchObject({ selected_option: { value: "IMAGE_PHOTO" } });
    await b.alice.submit(form.id, { Name: "Ana", Sex: "FEMALE" });
    await b.slack.until(() => b.vault.relayed.length === 1, "the photo");
    expect(await b.store.get("AV-1")).toMatchObject({ kind: "IMAGE_PHOTO", materials: [{ role: "photo" }] });
  });

  it("gets help for small talk once an hour", async () => {
    const b = await botBench();
    for (const said of ["hello", "hello again", "anybody?"]) await b.eve.post(b.channel, `@avatar-bot ${said}`);
    await toldTo(b, b.eve, "/avatar new");
    await b.jobs.idle();
    expect(b.eve.privates()).toHaveLength(1);
  });

  it("is answered once, however often Slack says it, and other people's talk is left alone", async () => {
    const b = await botBench();
    await b.alice.post(b.channel, "who made the avatar?");
    await b.eve.post(b.channel, "@avatar-bot?");
    await b.slack.redeliver({ last: "message", times: 3 });
    await b.slack.redeliver({ last: "message", times: 11, newEventIds: true });
    await toldTo(b, b.eve, "/avatar new");
    await b.jobs.idle();
    expect([b.alice.privates().length, b.eve.privates().length]).toEqual([0, 1]);
  });

  it("is told too when they come with a file that belongs to no request", async () => {
    const b = await botBench();
    const direct = b.slack.addChannel({ name: "", kind: "im", members: [b.alice.id] });
    const photo = { name: "me.png", path: `${MATERIAL}/photo.png` };
    await b.alice.upload(direct, [{ name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` }]);
    await b.slack.redeliver({ last: "message", times: 3, newEventIds: true });
    expect(await toldTo(b, b.alice, "/avatar new")).toMatchObject({ channel: direct });
    await b.eve.upload(b.channel, [photo], { text: "@avatar-bot here" });
    await toldTo(b, b.eve, "/avatar new");
    await b.bob.upload(b.channel, [photo], { text: "my holidays" });
    await b.jobs.idle();
    expect([b.alice, b.eve, b.bob].map((person) => person.privates().length)).toEqual([1, 1, 0]);
  });
});
