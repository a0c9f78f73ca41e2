import { expect, it } from "vitest";
import { demo } from "../../twins/twins.ts";
import { botBench, cardWith, dropMaterial, openByForm, replyWith, tickUntil, toldTo, wordsOf } from "./bot-bench.ts";

const DESIGN = "S0DESIGN1";

it("a user group approves: whoever is in it at the click decides, its requester never", async () => {
  const b = await botBench();
  const group = (...users: string[]) => ({ id: DESIGN, name: "Design", handle: "design", users });
  b.slack.groups.set(DESIGN, group(b.alice.id));
  await b.alice.command(b.channel, "/avatar new");
  const view = await b.slack.until(() => b.alice.openViews().at(-1), "the form");
  const form = { Kind: "IMAGE", Name: "Anchor-1", Sex: "MALE", "Approver groups": [DESIGN] };
  expect((await b.alice.submit(view.id, form)).errors).toMatchObject({
    Approvers: expect.stringContaining("somebody else"),
  });
  b.slack.groups.set(DESIGN, group(b.alice.id, b.bob.id));
  expect((await b.alice.submit(view.id, form)).errors).toBeUndefined();
  const card = await cardWith(b, "Edit…");
  await dropMaterial(b, card.ts);
  await b.alice.click({ channel: b.channel, ts: card.ts }, "Launch");
  await tickUntil(b, "running");
  b.studio.reports.set("task-1", demo());
  await tickUntil(b, "awaiting-decision");
  const asked = await replyWith(b, card.ts, "Confirm");
  expect(wordsOf(asked)).toContain(`<!subteam^${DESIGN}>`);
  const at = { channel: b.channel, ts: asked.ts };
  await b.alice.click(at, "Confirm");
  await toldTo(b, b.alice, "You asked for this request");
  b.slack.groups.set(DESIGN, group(b.alice.id));
  await b.bob.click(at, "Confirm");
  await toldTo(b, b.bob, "You are not an approver");
  b.slack.groups.delete(DESIGN);
  await b.bob.click(at, "Confirm");
  await toldTo(b, b.bob, "Slack does not tell me at the moment");
  expect((await b.store.get("AV-1"))?.state).toBe("awaiting-decision");
  b.slack.groups.set(DESIGN, group(b.bob.id));
  await b.bob.click(at, "Confirm");
  await b.slack.until(() => b.studio.confirmed[0], "the confirmation");
});

it("a user group in OPERATORS is asked about at the click", async () => {
  const b = await botBench({ policy: { operators: [DESIGN] } });
  b.slack.groups.set(DESIGN, { id: DESIGN, name: "Design", handle: "design", users: [b.eve.id] });
  const c = await openByForm(b);
  await b.eve.command(b.channel, `/avatar cancel ${c.id}`);
  await b.slack.until(() => (wordsOf(b.eve.privates().at(-1)).includes("Cancelled") ? true : undefined), "the end");
  expect((await b.store.get(c.id))?.state).toBe("cancelled");
});
