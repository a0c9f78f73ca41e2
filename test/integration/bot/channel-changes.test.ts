import { expect, it, vi } from "vitest";
import type { SlackMessage } from "../../../sandbox/slack/messages.ts";
import type { Person } from "../../../sandbox/slack/person.ts";
import type { Customization } from "../../../src/core/customization.ts";
import { catchUp } from "../../../src/flow/resume.ts";
import { demo, success } from "../../twins/twins.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, buttonsOf, dropMaterial, openAwaiting, openByForm, tickUntil, wordsOf } from "./bot-bench.ts";

const told = (b: BotBench, person: Person, words: string): Promise<SlackMessage> =>
  b.slack.until(() => person.directMessages().find((m) => wordsOf(m).includes(words)), `a direct message: ${words}`);

const recorded = async (b: BotBench): Promise<Customization> => {
  const [c] = await b.store.list();
  if (!c) throw new Error("no request");
  return c;
};

const until = (b: BotBench, where: Partial<Customization["conversation"]>): Promise<void> =>
  vi.waitFor(async () => expect((await recorded(b)).conversation).toMatchObject(where));

const cardOf = (b: BotBench, ts: string): string => wordsOf(b.slack.messages(b.channel).find((m) => m.ts === ts));
const errors = (b: BotBench, code: string): number => b.slack.calls.filter(({ error }) => error === code).length;

it("an archived channel's request goes on in direct messages, and in its card again afterwards", async () => {
  const b = await botBench();
  const { card } = await openByForm(b);
  await dropMaterial(b, card);
  await b.alice.changeChannel(b.channel, { type: "archive" });
  const copy = await told(b, b.alice, "The channel of AV-1 was archived.");
  expect(buttonsOf(copy)).toEqual(["Launch", "Details", "Edit…", "Approvers…", "Cancel"]);

  const [dm] = b.slack.state().channels.filter((c) => c.kind === "im" && c.members.includes(b.alice.id));
  await b.alice.click({ channel: dm?.id ?? "", ts: copy.ts }, "Launch");
  await tickUntil(b, "running");
  b.studio.reports.set("task-1", demo());
  await tickUntil(b, "awaiting-decision");
  const offered = await told(b, b.bob, "Demo 1 of Anchor-1 is there.");
  await told(b, b.alice, "Demo 1 of Anchor-1 is there.");
  expect(cardOf(b, card)).toContain("Ready to launch");

  const [bobs] = b.slack.state().channels.filter((c) => c.kind === "im" && c.members.includes(b.bob.id));
  await b.bob.click({ channel: bobs?.id ?? "", ts: offered.ts }, "Confirm");
  b.studio.reports.set("task-1", success());
  await tickUntil(b, "done");
  await told(b, b.alice, "AV-1 is done.");
  expect(b.bob.directMessages().filter((m) => buttonsOf(m).includes("Confirm"))).toEqual([]);
  expect(b.alice.directMessages().filter((m) => wordsOf(m).includes("was archived"))).toHaveLength(1);

  await b.alice.changeChannel(b.channel, { type: "unarchive" });
  await b.alice.command(b.channel, "/invite @avatar-bot");
  await b.slack.until(() => cardOf(b, card).includes(": Done"), "the card, redrawn");
  await told(b, b.alice, "AV-1 is back in its channel.");
});

it("finds out about an archived channel by the first message that Slack refuses, and tries no other one", async () => {
  const b = await botBench();
  const { card } = await openByForm(b);
  b.slack.faults.plan("event", { type: "code", code: "lost" }, 20);
  await b.alice.changeChannel(b.channel, { type: "archive" });
  b.slack.faults.clear();
  await b.alice.command(
    b.slack.addChannel({ name: "x", kind: "public", members: [b.alice.id] }),
    "/avatar cancel AV-1",
  );
  await until(b, { closed: "archived" });
  expect(errors(b, "is_archived")).toBe(1);
  expect(cardOf(b, card)).toContain("needs 2 files");
});

it("whose channel is archived while a demo waits, is sent it to decide about", async () => {
  const b = await botBench();
  await openAwaiting(b);
  await b.alice.changeChannel(b.channel, { type: "archive" });
  const offered = await told(b, b.bob, "Demo 1 of Anchor-1 is there.");
  expect(buttonsOf(offered)).toContain("Confirm");
});

it("tells those who are not in a channel that was made private, and shows them a copy of the card", async () => {
  const b = await botBench();
  await openAwaiting(b);
  for (const { id } of [b.alice, b.bob]) b.slack.leave(b.channel, id);
  await b.eve.changeChannel(b.channel, { type: "make-private" });
  await told(b, b.alice, "The channel of AV-1 is private now.");
  expect(buttonsOf(await told(b, b.bob, "Demo 1 of Anchor-1 is there."))).toContain("Confirm");
  await until(b, { visibility: "private" });
  await b.eve.changeChannel(b.channel, { type: "make-public" });
  await until(b, { visibility: "public" });
  await told(b, b.alice, "AV-1 is back in its channel.");
});

it("what was private stays hidden until Slack says that it is public", async () => {
  const b = await botBench();
  await openByForm(b);
  await b.alice.changeChannel(b.channel, { type: "make-private" });
  await until(b, { visibility: "private" });
  b.slack.faults.plan("conversations.info", { type: "code", code: "internal_error" }, 100);
  await b.alice.changeChannel(b.channel, { type: "make-public" });
  await b.jobs.idle();
  expect((await recorded(b)).conversation.visibility).toBe("private");
  b.slack.faults.clear();
  await catchUp(b.ports, b.transfers);
  expect((await recorded(b)).conversation.visibility).toBe("public");
});

it("catches up with what became of a channel while the bot was away", async () => {
  const b = await botBench();
  await openByForm(b);
  b.slack.faults.plan("event", { type: "code", code: "lost" }, 20);
  await b.alice.changeChannel(b.channel, { type: "make-private" });
  expect((await recorded(b)).conversation.visibility).toBe("public");
  b.slack.faults.clear();
  await catchUp(b.ports, b.transfers);
  expect((await recorded(b)).conversation.visibility).toBe("private");
});

it("a removed bot goes on in direct messages, and in its card again once somebody invites it", async () => {
  const b = await botBench();
  const { card } = await openByForm(b);
  await dropMaterial(b, card);
  await b.eve.changeChannel(b.channel, { type: "remove-bot" });
  await b.alice.click({ channel: b.channel, ts: card }, "Launch");
  await told(b, b.alice, "This app is no longer in the channel of AV-1.");
  await b.eve.command(b.channel, "/invite @avatar-bot");
  await b.slack.until(() => cardOf(b, card).includes("In production"), "the card, redrawn");
  expect((await recorded(b)).conversation.closed).toBeUndefined();
});

it("says nothing of a renamed channel, and of what has not changed", async () => {
  const b = await botBench();
  await openByForm(b);
  const before = await recorded(b);
  await b.alice.changeChannel(b.channel, { type: "rename", name: "stage" });
  await b.jobs.idle();
  await catchUp(b.ports, b.transfers);
  expect(await recorded(b)).toEqual(before);
  expect(b.alice.directMessages()).toEqual([]);
});

const OUTSIDE = "People of another organisation are in this channel";

it("the card and the first demo warn of people of another organisation, as long as they are there", async () => {
  const b = await botBench();
  const { card } = await openByForm(b);
  expect(cardOf(b, card)).toContain(OUTSIDE);
  for (const { id } of [b.carol]) b.slack.leave(b.channel, id);
  await b.alice.changeChannel(b.channel, { type: "unshare" });
  await b.slack.until(() => !cardOf(b, card).includes(OUTSIDE), "a card without a warning");
  await b.alice.changeChannel(b.channel, { type: "share" });
  await b.slack.until(() => cardOf(b, card).includes(OUTSIDE), "the warning");
  await dropMaterial(b, card);
  await b.alice.click({ channel: b.channel, ts: card }, "Launch");
  await tickUntil(b, "running");
  b.studio.reports.set("task-1", demo());
  await tickUntil(b, "awaiting-decision");
  await b.slack.until(
    () => b.slack.messages(b.channel, card).some((m) => wordsOf(m).includes("and can see this demo")),
    "a demo with a warning",
  );
});

it("the card warns of an organisation that is only invited, once the bot looks", async () => {
  const b = await botBench();
  b.slack.leave(b.channel, b.carol.id);
  const { card } = await openByForm(b);
  expect(cardOf(b, card)).not.toContain(":warning:");
  await b.alice.changeChannel(b.channel, { type: "invite-organisation" });
  await catchUp(b.ports, b.transfers);
  await b.slack.until(() => cardOf(b, card).includes("Another organisation is invited"), "the warning");
});
