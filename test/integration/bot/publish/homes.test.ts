import { describe, expect, it, vi } from "vitest";
import { FIRST_PAGES } from "../../../../src/bot/cards/home.ts";
import { slackHomes } from "../../../../src/bot/publish/homes.ts";
import { languages } from "../../../../src/bot/slack/languages.ts";
import { slackPeople } from "../../../../src/bot/slack/people.ts";
import { en } from "../../../../src/bot/words/en.ts";
import { keyedMutex } from "../../../../src/flow/keyed-mutex.ts";
import { embeddedEngine } from "../../../../src/store/embedded-engine.ts";
import { vendorReason } from "../../../../src/tencent/result-codes.ts";
import { asked as askedFixture, customization, newCustomization } from "../../../fixtures/customization-fixture.ts";
import type { BotBench } from "../bot-bench.ts";
import { botBench, openAwaiting, openByForm, wordsOf } from "../bot-bench.ts";
import { homeSays, mine, open, placeIn, publishedTo } from "../home-bench.ts";

describe("a Home that is kept fresh", () => {
  it("holds up no page that somebody turns, and does not turn it back", async () => {
    const b = await botBench();
    for (let n = 1; n <= 12; n += 1) {
      const over = { formId: `V${n}`, name: `Mine-${n}`, requester: b.alice.id };
      await b.store.create(newCustomization({ ...over, conversation: placeIn(b, `${n}.1`) }));
    }
    await b.alice.openHome();
    await homeSays(b, b.alice, mine, "1 to 10 of 12");
    await b.jobs.idle();
    b.slack.faults.plan("views.publish", { type: "slow", delayMs: 1000 });
    b.homes.changed(customization({ conversation: placeIn(b) }));
    await b.slack.until(() => b.slack.faults.strikes.length === 1, "one under way");
    await b.alice.click({ viewId: b.alice.home()?.id ?? "" }, "Older");
    await homeSays(b, b.alice, mine, "11 to 12 of 12");
    expect(publishedTo(b)).toHaveLength(2);
    await b.slack.until(() => publishedTo(b).length === 4, "the late one, and the right one once more");
    await homeSays(b, b.alice, mine, "11 to 12 of 12");
  });

  it("is logged and shown later where Slack did not take it; clicks, cards and others' Homes go on", async () => {
    const b = await botBench();
    b.slack.faults.plan("views.publish", { type: "status", status: 429, headers: { "retry-after": "1" } });
    await b.alice.openHome();
    await b.slack.until(() => publishedTo(b).length === 1, "a Home that was not taken");
    await b.bob.openHome();
    await openByForm(b);
    await homeSays(b, b.bob, open, "Anchor-1");
    await homeSays(b, b.alice, mine, "Anchor-1");
    expect(b.log.lines.map(({ message }) => message)).toContain("showing a Home");
    b.slack.faults.plan("views.publish", { type: "code", code: "not_enabled" });
    await b.alice.command(b.channel, "/avatar cancel AV-1");
    await b.slack.until(() => b.log.lines.some(({ message }) => message === "refreshing a Home"), "a line");
    await b.slack.until(() => wordsOf(b.slack.messages(b.channel)[0]).includes("Cancelled"), "the card");
  });

  it("follows what it shows, and is left alone by the rest: an upload's progress, an old state that is shown again", async () => {
    const b = await botBench();
    await openAwaiting(b);
    const homes = homesOf(b);
    const shownTo = ({ id }: { id: string }) => publishedTo(b).filter((user) => user === id).length;
    await homes.show(b.carol.id, FIRST_PAGES);
    await homes.show(b.bob.id, FIRST_PAGES);
    const c = await b.store.get("AV-1");
    if (!c?.task) throw new Error("no AV-1 under way");
    const replaced = { ...c, approvers: [b.eve.id] };
    const questioned = { ...replaced, materials: [...c.materials, askedFixture()] };
    for (const [n, changed] of [c, replaced, questioned].entries()) {
      homes.changed(changed);
      await b.slack.until(() => shownTo(b.bob) === n + 2, `change ${n}`);
    }
    for (let n = 0; n < 5; n += 1) homes.changed({ ...questioned, version: c.version + n });
    homes.changed({ ...questioned, task: { ...c.task, lookedAt: Date.now() } });
    // Had one of these been heeded, it would be under way by now.
    await homes.show(b.eve.id, FIRST_PAGES);
    await homes.close();
    expect([shownTo(b.bob), shownTo(b.carol)]).toEqual([4, 1]);
  });

  it("is first that of those who may have to act", async () => {
    const b = await botBench();
    for (const person of [b.eve, b.alice, b.bob]) await person.openHome();
    await b.slack.until(() => publishedTo(b).length === 3, "three Homes");
    await b.jobs.idle();
    b.homes.changed(customization({ requester: b.alice.id, approvers: [b.bob.id], conversation: placeIn(b) }));
    await b.slack.until(() => publishedTo(b).length === 6, "three more");
    expect(publishedTo(b).slice(3)).toEqual([b.alice.id, b.bob.id, b.eve.id]);
  });

  it("is one of the hundred that were opened last", async () => {
    const b = await botBench();
    const homes = homesOf(b);
    const people = Array.from({ length: 101 }, (_, n) => b.slack.addUser({ name: `p${n}` }));
    for (const id of people) await homes.show(id, FIRST_PAGES);
    homes.changed(customization({ conversation: placeIn(b) }));
    await b.slack.until(() => publishedTo(b).length === 201, "a hundred more");
    await homes.close();
    expect(publishedTo(b).slice(101).sort()).toEqual(people.slice(1).sort());
  });

  it("is published once for many changes that come together", async () => {
    const b = await botBench();
    await b.alice.openHome();
    await homeSays(b, b.alice, mine, "You have asked");
    const changes = Array.from({ length: 20 }, (_, n) => customization({ id: `AV-${n}`, conversation: placeIn(b) }));
    for (const c of changes) b.homes.changed(c);
    await vi.waitFor(() => expect(publishedTo(b)).toHaveLength(2));
    await b.homes.close();
    expect(publishedTo(b)).toHaveLength(2);
  });
});

/** Homes beside the bench's own, that follow at once. */
function homesOf(b: BotBench) {
  const { clients: slack, store, log } = b;
  const { mutex, rates, shown, locales, homes: opened } = embeddedEngine(store, b.ports.clock, keyedMutex());
  const { settings, channels, clock } = b.ports;
  const view = { words: en, policy: settings.policy, environment: undefined, usualMs: () => undefined, vendorReason };
  const people = slackPeople({ slack, clock, log });
  return slackHomes({
    slack,
    people,
    store,
    mutex,
    rates,
    shown,
    opened,
    settings,
    channels,
    clock,
    log,
    view: () => ({ ...view, now: Date.now() }),
    languages: languages({ channels: locales, people, usual: "en" }),
    paceMs: 0,
  });
}
