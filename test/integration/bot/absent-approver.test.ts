import { readFile } from "node:fs/promises";
import { expect, it, vi } from "vitest";
import type { SlackMessage } from "../../../sandbox/slack/messages.ts";
import { demo } from "../../twins/twins.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, buttonsOf, MATERIAL, openByForm, tickUntil, toldTo, wordsOf } from "./bot-bench.ts";

/** A request in some channel of alice's whose demo waits for bob. */
async function awaiting(b: BotBench, channel: string): Promise<string> {
  const { card } = await openByForm(b, {}, channel);
  const files = ["consent-letter.pdf", "footage-1080p.mp4"].map((name) => ({ name, path: `${MATERIAL}/${name}` }));
  await b.alice.upload(channel, files, { threadTs: card });
  const at = { channel, ts: card };
  const cardNow = (): SlackMessage | undefined => b.slack.messages(channel).find((m) => m.ts === card);
  await b.slack.until(() => buttonsOf(cardNow()).includes("Launch"), "Launch");
  await b.alice.click(at, "Launch");
  await tickUntil(b, "running");
  b.studio.reports.set("task-1", demo());
  await tickUntil(b, "awaiting-decision");
  return card;
}

const demoFor = (person: BotBench["bob"]): SlackMessage | undefined =>
  person.directMessages().find((m) => wordsOf(m).includes("demo.example.com"));

it("an approver outside the direct message is sent the demo and can decide there", async () => {
  const b = await botBench();
  const [channel = "", bobs = ""] = [b.alice, b.bob].map(({ id }) =>
    b.slack.addChannel({ name: "", kind: "im", members: [id] }),
  );
  await awaiting(b, channel);
  const told = await b.slack.until(() => demoFor(b.bob), "the demo for bob");
  expect(buttonsOf(told)).toEqual(["Open the demo", "Confirm", "Reject…", "Pass to…"]);
  await b.bob.click({ channel: bobs, ts: told.ts }, "Confirm");
  await tickUntil(b, "done");
  await b.slack.until(() => demoFor(b.bob) && buttonsOf(demoFor(b.bob)).length === 0, "the settled demo");
  expect(b.studio.confirmed).toHaveLength(1);
  expect(b.bob.directMessages()).toHaveLength(1);
});

it("whoever is put in an approver's place while the demo waits is sent it, and can decide", async () => {
  const operator = "U000000003";
  const b = await botBench({ policy: { operators: [operator] } });
  expect(b.eve.id).toBe(operator);
  const eves = b.slack.addChannel({ name: "", kind: "im", members: [b.eve.id] });
  await awaiting(b, b.channel);
  await b.eve.command(b.channel, "/avatar approver AV-1 @bob @eve");
  const told = await b.slack.until(() => demoFor(b.eve), "the demo for eve");
  await b.eve.click({ channel: eves, ts: told.ts }, "Confirm");
  await tickUntil(b, "done");
  await b.slack.until(() => demoFor(b.eve) && buttonsOf(demoFor(b.eve)).length === 0, "the settled demo");
  expect(b.studio.confirmed).toHaveLength(1);
  expect([b.eve, b.bob].map((person) => person.directMessages().length)).toEqual([1, 0]);
});

it("a replaced approver keeps neither demo nor buttons in the direct message", async () => {
  const b = await botBench({ policy: { operators: ["U000000003"] } });
  const channel = b.slack.addChannel({ name: "den", kind: "private", members: [b.alice.id, b.eve.id] });
  await awaiting(b, channel);
  const sent = await b.slack.until(() => demoFor(b.bob), "the demo for bob");
  await b.eve.command(channel, "/avatar approver AV-1 @bob @eve");
  const after = await b.slack.until(() => {
    const now = b.bob.directMessages().find((m) => m.ts === sent.ts);
    return now && !wordsOf(now).includes("demo.example.com") && now;
  }, "a message without the demo");
  expect(wordsOf(after)).toContain("AV-1 no longer waits for you");
  expect(buttonsOf(after)).toEqual([]);
});

it("an approver who cannot be mentioned is chosen by a button", async () => {
  const b = await botBench({ policy: { operators: ["U000000003"] } });
  await openByForm(b);
  const { text } = await recordedCommand();
  expect(text).toMatch(/approver AV-12 @gone <@/);
  await b.eve.command(b.channel, "/avatar approver AV-1 @gone @eve");
  const offer = await toldTo(b, b.eve, "I know nobody called @gone");
  expect(buttonsOf(offer)).toEqual(["Instead of bob"]);
  await b.eve.click({ channel: b.channel, ts: offer.ts }, "Instead of bob");
  await vi.waitFor(async () => expect((await b.store.get("AV-1"))?.approvers).toEqual([b.eve.id]));
  await b.eve.command(b.channel, `/avatar approver AV-1 ${b.eve.id} ${b.bob.id}`);
  await vi.waitFor(async () => expect((await b.store.get("AV-1"))?.approvers).toEqual([b.bob.id]));
});

it.each([
  ["a stranger", { teamId: "T0OTHER" }, "cannot approve here"],
  ["another app", { standing: "app" }, "cannot approve here"],
  ["somebody deactivated", { standing: "deactivated" }, "cannot approve here"],
  ["a guest outside the channel", { standing: "guest" }, "cannot approve here"],
] as const)("%s takes no approver's place", async (_what, user, said) => {
  const b = await botBench({ policy: { operators: ["U000000003"] } });
  await openByForm(b);
  const other = b.slack.addUser({ name: "other", ...user });
  await b.eve.command(b.channel, `/avatar approver AV-1 @bob ${other}`);
  await toldTo(b, b.eve, said);
  await b.eve.command(b.channel, "/avatar approver AV-1 @bob U0NOBODY");
  await toldTo(b, b.eve, "U0NOBODY cannot approve here");
  b.slack.faults.plan("users.info", { type: "code", code: "missing_scope" });
  await b.eve.command(b.channel, `/avatar approver AV-1 @bob ${b.alice.id}X`);
  await toldTo(b, b.eve, "Slack does not say at the moment whether");
  expect(await b.store.get("AV-1")).toMatchObject({ approvers: [b.bob.id] });
});

it("a guest takes no approver's place while Slack does not say whether they are in the channel", async () => {
  const b = await botBench({ policy: { operators: ["U000000003"] } });
  await openByForm(b);
  const guest = b.slack.addUser({ name: "guest", standing: "guest" });
  b.slack.invite(b.channel, guest);
  b.slack.faults.plan("conversations.members", { type: "code", code: "missing_scope" });
  await b.eve.command(b.channel, `/avatar approver AV-1 @bob ${guest}`);
  await toldTo(b, b.eve, "Slack does not say at the moment whether");
  expect(await b.store.get("AV-1")).toMatchObject({ approvers: [b.bob.id] });
});

async function recordedCommand(): Promise<{ readonly text: string }> {
  const file = new URL("../../recorded/slack/command-deactivated-approver.json", import.meta.url);
  return JSON.parse(await readFile(file, "utf8"));
}

it("whoever takes an approver's place before there is a demo is mentioned by it alone", async () => {
  const operator = "U000000003";
  const b = await botBench({ policy: { operators: [operator] } });
  await openByForm(b);
  await b.eve.command(b.channel, "/avatar approver AV-1 @bob @eve");
  await toldTo(b, b.eve, "AV-1");
  await b.jobs.idle();
  expect(b.eve.directMessages()).toEqual([]);
});

it("an approver who is in the private channel is told once, in its thread", async () => {
  const b = await botBench();
  const channel = b.slack.addChannel({ name: "den", kind: "private", members: [b.alice.id, b.bob.id] });
  await awaiting(b, channel);
  await vi.waitFor(async () => {
    const [c] = await b.store.list();
    expect(c?.outbox.every((notice) => notice.delivered !== undefined)).toBe(true);
  });
  expect(b.bob.directMessages()).toEqual([]);
});

it("an approver can decide from the answer to a typed status, which then says how it stands", async () => {
  const b = await botBench();
  const channel = b.slack.addChannel({ name: "den", kind: "private", members: [b.alice.id] });
  await awaiting(b, channel);
  await b.bob.command(b.channel, "/avatar AV-1");
  const status = await toldTo(b, b.bob, "AV-1");
  expect(buttonsOf(status)).toEqual(["Open the demo", "Confirm", "Reject…", "Pass to…"]);
  await b.alice.command(channel, "/avatar AV-1");
  expect(buttonsOf(await toldTo(b, b.alice, "AV-1"))).toEqual([]);
  await b.bob.click({ channel: status.channel, ts: status.ts }, "Confirm");
  await b.slack.until(() => buttonsOf(b.bob.privates().at(-1)).length === 0, "the answer without buttons");
  await vi.waitFor(() => expect(b.studio.confirmed).toHaveLength(1));
});
