import { describe, expect, it } from "vitest";
import { en } from "../../../src/bot/words/en.ts";
import { newCustomization } from "../../fixtures/customization-fixture.ts";
import { demo } from "../../twins/twins.ts";
import {
  botBench,
  buttonsOf,
  dropMaterial,
  MATERIAL,
  openByForm,
  replyWith,
  startBot,
  tickUntil,
} from "./bot-bench.ts";
import { homeOf, homeSays, mine, open, placeIn, publishedTo, waiting } from "./home-bench.ts";
import { WISH } from "./send-form.ts";

describe.each(["socket", "http"] as const)("a Home over %s", (mode) => {
  it("says how to begin, and its button opens the form that asks for the channel", async () => {
    const b = await botBench({ mode });
    await b.alice.openHome();
    await homeSays(b, b.alice, waiting, "Nothing waits for you.");
    expect(Object.keys(homeOf(b.alice))).toEqual([`SANDBOX · ${en.home.title}`, waiting, mine, open]);
    expect(JSON.stringify(b.alice.home()?.blocks)).toContain("How it goes");
    expect(buttonsOf({ blocks: b.alice.home()?.blocks })).toEqual(["New request"]);
    await b.alice.click({ viewId: b.alice.home()?.id ?? "" }, "New request");
    const form = await b.slack.until(() => b.alice.openViews().at(-1), "the form");
    const wish = { ...WISH, Approvers: [b.bob.id] };
    await expect(b.alice.submit(form.id, wish)).rejects.toThrow('"Channel" is required');
    expect(await b.alice.submit(form.id, { ...wish, Channel: b.channel })).toMatchObject({ closed: true });
    await homeSays(b, b.alice, mine, "Anchor-1");
    const card = await b.slack.until(() => b.slack.messages(b.channel)[0], "the card");
    await homeSays(b, b.alice, mine, `archives/${b.channel}/p${card.ts.replace(".", "")}|AV-1 · Anchor-1`);
  });
});

describe("a Home", () => {
  it("is shown for its own tab only, and once more to whoever opens it again", async () => {
    const b = await botBench();
    await b.alice.openHome("messages");
    await b.jobs.idle();
    expect(publishedTo(b)).toHaveLength(0);
    await b.alice.openHome();
    await b.alice.openHome();
    await b.slack.until(() => publishedTo(b).length === 2, "two Homes");
  });

  it("follows what happens to a request, for everybody concerned and for nobody else", async () => {
    const b = await botBench();
    for (const person of [b.alice, b.bob]) await person.openHome();
    const { card } = await openByForm(b);
    await homeSays(b, b.bob, open, "needs 2 files");
    await dropMaterial(b, card);
    await homeSays(b, b.alice, waiting, "press _Launch_");
    expect(homeOf(b.bob)[waiting]).toContain("Nothing waits for you.");
    await b.alice.click({ channel: b.channel, ts: card }, "Launch");
    await tickUntil(b, "running");
    await homeSays(b, b.alice, waiting, "Nothing waits for you.");
    b.studio.reports.set("task-1", demo());
    await tickUntil(b, "awaiting-decision");
    await homeSays(b, b.bob, waiting, "look at demo 1 in the thread");
    await homeSays(b, b.alice, mine, "Demo ready for review");
    expect(homeOf(b.alice)[waiting]).toContain("Nothing waits for you.");
    await b.bob.click({ channel: b.channel, ts: (await replyWith(b, card, "Confirm")).ts }, "Confirm");
    await tickUntil(b, "done");
    await homeSays(b, b.alice, mine, "Done");
    await homeSays(b, b.bob, open, "Nobody else has an open request");
    expect(b.eve.home()).toBeUndefined();
  });

  it("names the question which video it is, and what others offer, to the requester", async () => {
    const b = await botBench();
    for (const person of [b.alice, b.bob, b.eve]) await person.openHome();
    const { card } = await openByForm(b);
    const files = ["one.mp4", "two.mp4"].map((name) => ({ name, path: `${MATERIAL}/footage-1080p.mp4` }));
    await b.alice.upload(b.channel, files, { threadTs: card });
    for (const name of ["one.mp4", "two.mp4"]) await homeSays(b, b.alice, waiting, `say what ${name} is`);
    await b.eve.upload(b.channel, [{ name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` }], { threadTs: card });
    await homeSays(b, b.alice, waiting, "eve offers letter.pdf");
    for (const person of [b.bob, b.eve]) expect(homeOf(person)[waiting]).toContain("Nothing waits for you.");
  });

  it("shows a private channel's request to its people and members only, also after they have left", async () => {
    const b = await botBench({ policy: { operators: ["U000000003"] } });
    const members = [b.alice.id, b.bob.id];
    const secret = b.slack.addChannel({ name: "secret", kind: "private", members: [...members, b.eve.id] });
    const dan = b.slack.person(b.slack.addUser({ name: "dan" }));
    const fay = b.slack.person(b.slack.addUser({ name: "fay" }));
    b.slack.invite(secret, fay.id);
    for (const person of [b.alice, b.bob, b.eve, dan, fay]) await person.openHome();
    await openByForm(b, {}, secret);
    await homeSays(b, b.alice, mine, "Anchor-1");
    for (const person of [b.bob, b.eve, fay]) await homeSays(b, person, open, "Anchor-1");
    await dan.openHome();
    await b.jobs.idle();
    expect(JSON.stringify(dan.home())).not.toContain("Anchor-1");
    b.slack.leave(secret, fay.id);
    await fay.openHome();
    await b.slack.until(() => !JSON.stringify(fay.home()).includes("Anchor-1"), "a Home without it");
  });

  it("tells people of other workspaces that it is not for them", async () => {
    const b = await botBench();
    await openByForm(b);
    await b.carol.openHome();
    await b.slack.until(() => b.carol.home(), "a Home");
    expect(JSON.stringify(b.carol.home())).toContain("Only people of the workspace");
    expect(JSON.stringify(b.carol.home())).not.toContain("Anchor-1");
    expect(buttonsOf({ blocks: b.carol.home()?.blocks })).toEqual([]);
  });

  it("turns the pages of each list by itself, keeps them while it is kept fresh, and begins anew when opened", async () => {
    const b = await botBench();
    for (let n = 1; n <= 12; n += 1) {
      const over = { formId: `V${n}`, name: `Mine-${n}`, requester: b.alice.id, approvers: [b.bob.id] };
      await b.store.create(newCustomization({ ...over, conversation: placeIn(b, `${n}.1`) }));
      const theirs = { formId: `W${n}`, name: `Theirs-${n}`, requester: b.eve.id, approvers: [b.bob.id] };
      await b.store.create(newCustomization({ ...theirs, conversation: placeIn(b, `${n}.2`) }));
    }
    await b.alice.openHome();
    await homeSays(b, b.alice, mine, "1 to 10 of 12");
    const at = { viewId: b.alice.home()?.id ?? "" };
    await b.alice.click(at, "avatar.page.home.mine.1");
    await homeSays(b, b.alice, mine, "11 to 12 of 12");
    await b.alice.click(at, "avatar.page.home.open.1");
    await homeSays(b, b.alice, open, "Theirs-1>");
    expect(homeOf(b.alice)[mine]).toContain("11 to 12 of 12");
    const asked = await b.store.get("AV-2");
    if (!asked) throw new Error("no AV-2");
    const moved = await b.store.replace({ ...asked, state: "cancelled" });
    b.homes.changed(moved ?? asked);
    await homeSays(b, b.alice, open, "11 to 11 of 11");
    expect(homeOf(b.alice)[mine]).toContain("11 to 12 of 12");
    await b.alice.openHome();
    await homeSays(b, b.alice, mine, "1 to 10 of 12");
  });

  it("takes a click also from a Home that an earlier process has shown", async () => {
    const b = await botBench();
    await b.alice.openHome();
    await homeSays(b, b.alice, mine, "You have asked for nothing yet");
    await b.app.stop();
    const next = await startBot(b.slack, {}, b.store);
    await b.alice.click({ viewId: b.alice.home()?.id ?? "" }, "New request");
    await b.slack.until(() => b.alice.openViews().length === 1, "the form");
    await next.app.stop();
  });
});
