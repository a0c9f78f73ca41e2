import { describe, expect, it, vi } from "vitest";
import type { Person } from "../../sandbox/slack/person.ts";
import { en } from "../../src/bot/words/en.ts";
import { customization, newCustomization } from "../customization-fixture.ts";
import { demo } from "../flow/twins.ts";
import type { BotBench } from "./bot-bench.ts";
import {
  botBench,
  buttonsOf,
  dropMaterial,
  MATERIAL,
  openAwaiting,
  openByForm,
  replyWith,
  startBot,
  tickUntil,
  WISH,
  wordsOf,
} from "./bot-bench.ts";

/** What stands under each heading of somebody's Home. */
function homeOf(person: Person): Record<string, string> {
  const parts: Record<string, string> = {};
  let heading = "";
  for (const block of person.home()?.blocks ?? []) {
    if (block.type === "header") heading = block.text.text;
    parts[heading] = (parts[heading] ?? "") + JSON.stringify(block);
  }
  return parts;
}

const { waiting, mine, open } = en.home.heading;

/** A Home, once it says something under a heading. */
function homeSays(b: BotBench, person: Person, heading: string, words: string): Promise<true> {
  return b.slack.until(() => homeOf(person)[heading]?.includes(words) && (true as const), `a Home with ${words}`);
}

function publishes(b: BotBench): number {
  return b.slack.calls.filter(({ method }) => method === "views.publish").length;
}

/** Nobody knows when nothing comes: what the bot does with what was sent has been done. */
async function settled(b: BotBench): Promise<void> {
  await b.jobs.idle();
}

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
    await settled(b);
    expect(publishes(b)).toBe(0);
    await b.alice.openHome();
    await b.alice.openHome();
    await b.slack.until(() => publishes(b) === 2, "two Homes");
  });

  it("follows what happens to a request, for everybody concerned and for nobody else", async () => {
    const b = await botBench();
    for (const person of [b.alice, b.bob]) await person.openHome();
    const { card } = await openByForm(b);
    await homeSays(b, b.bob, open, "Waiting for material");
    await dropMaterial(b, card);
    await homeSays(b, b.alice, waiting, "press _Launch_");
    expect(homeOf(b.bob)[waiting]).toContain("Nothing waits for you.");
    await b.alice.click({ channel: b.channel, ts: card }, "Launch");
    await tickUntil(b, "running");
    await homeSays(b, b.alice, waiting, "Nothing waits for you.");
    b.studio.reports.set("task-1", demo());
    await tickUntil(b, "awaiting-decision");
    await homeSays(b, b.bob, waiting, "look at demo 1 in the thread");
    await homeSays(b, b.alice, mine, "Demo waits for a decision");
    expect(homeOf(b.alice)[waiting]).toContain("Nothing waits for you.");
    await b.bob.click({ channel: b.channel, ts: (await replyWith(b, card, "Confirm")).ts }, "Confirm");
    await tickUntil(b, "done");
    await homeSays(b, b.alice, mine, "Done");
    await homeSays(b, b.bob, open, "Nobody else has an open request");
    expect(b.eve.home()).toBeUndefined();
  });

  it("names the question which video it is, to whoever dropped it and the requester", async () => {
    const b = await botBench();
    for (const person of [b.alice, b.bob, b.eve]) await person.openHome();
    const { card } = await openByForm(b);
    const files = ["one.mp4", "two.mp4"].map((name) => ({ name, path: `${MATERIAL}/footage-1080p.mp4` }));
    await b.eve.upload(b.channel, files, { threadTs: card });
    for (const person of [b.alice, b.eve])
      for (const name of ["one.mp4", "two.mp4"]) await homeSays(b, person, waiting, `say what ${name} is`);
    expect(homeOf(b.bob)[waiting]).toContain("Nothing waits for you.");
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
    await settled(b);
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
      await b.store.create(newCustomization({ ...over, place: place(b, `${n}.1`) }));
      const theirs = { formId: `W${n}`, name: `Theirs-${n}`, requester: b.eve.id, approvers: [b.bob.id] };
      await b.store.create(newCustomization({ ...theirs, place: place(b, `${n}.2`) }));
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

  it("is not held up by one that is kept fresh, nor left at an older page by it", async () => {
    const b = await botBench();
    for (let n = 1; n <= 12; n += 1) {
      const over = { formId: `V${n}`, name: `Mine-${n}`, requester: b.alice.id };
      await b.store.create(newCustomization({ ...over, place: place(b, `${n}.1`) }));
    }
    await b.alice.openHome();
    await homeSays(b, b.alice, mine, "1 to 10 of 12");
    await settled(b);
    b.slack.faults.plan("views.publish", { do: "slow", delayMs: 400 });
    b.homes.changed(customization({ place: place(b) }));
    await b.slack.until(() => b.slack.faults.strikes.length === 1, "one under way");
    await b.alice.click({ viewId: b.alice.home()?.id ?? "" }, "Older");
    await homeSays(b, b.alice, mine, "11 to 12 of 12");
    expect(publishes(b)).toBe(2);
    await b.slack.until(() => publishes(b) === 4, "the late one, and the right one once more");
    await homeSays(b, b.alice, mine, "11 to 12 of 12");
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

  it("that Slack does not take is logged and shown later; clicks, cards and others' Homes go on", async () => {
    const b = await botBench();
    b.slack.faults.plan("views.publish", { do: "status", status: 429, headers: { "retry-after": "1" } });
    await b.alice.openHome();
    await b.slack.until(() => publishes(b) === 1, "a Home that was not taken");
    await b.bob.openHome();
    await openByForm(b);
    await homeSays(b, b.bob, open, "Anchor-1");
    await homeSays(b, b.alice, mine, "Anchor-1");
    expect(b.log.lines.map(({ message }) => message)).toContain("showing a Home");
    b.slack.faults.plan("views.publish", { do: "code", code: "not_enabled" });
    await b.alice.command(b.channel, "/avatar cancel AV-1");
    await b.slack.until(() => b.log.lines.some(({ message }) => message === "keeping a Home fresh"), "a line");
    await b.slack.until(() => wordsOf(b.slack.messages(b.channel)[0]).includes("Cancelled"), "the card");
  });

  it("is left alone by what it does not show: progress of an upload, an old state that is shown again", async () => {
    const b = await botBench();
    await openAwaiting(b);
    await b.bob.openHome();
    await homeSays(b, b.bob, waiting, "look at demo 1");
    const c = await b.store.get("AV-1");
    if (!c) throw new Error("no AV-1");
    b.homes.changed(c);
    await b.slack.until(() => publishes(b) === 2, "the first time that it is heard of");
    for (let n = 0; n < 5; n += 1) b.homes.changed({ ...c, version: c.version + n });
    if (c.task) b.homes.changed({ ...c, task: { ...c.task, lookedAt: Date.now() } });
    await b.homes.close();
    expect(publishes(b)).toBe(2);
  });

  it("is published once for many changes that come together", async () => {
    const b = await botBench();
    await b.alice.openHome();
    await homeSays(b, b.alice, mine, "You have asked");
    const changes = Array.from({ length: 20 }, (_, n) => customization({ id: `AV-${n}`, place: place(b) }));
    for (const c of changes) b.homes.changed(c);
    await vi.waitFor(() => expect(publishes(b)).toBe(2));
    await b.homes.close();
    expect(publishes(b)).toBe(2);
  });
});

function place(b: BotBench, card = "1.1") {
  return { team: b.slack.teamId, channel: b.channel, visibility: "public" as const, card };
}
