import { expect, it, vi } from "vitest";
import type { ProgressReport } from "../../../src/core/poll-plan.ts";
import { botBench, buttonsOf, cardWith, dropMaterial, openByForm, tickUntil, toldTo, wordsOf } from "./bot-bench.ts";

const FAIL: ProgressReport = {
  status: "FAIL",
  stage: "TRAIN",
  stageStatus: "FAIL",
  demos: [],
  trainRecord: "",
  assets: [],
  failMessage: "the lips cannot be seen",
};

it("a failed request is tried again from its card, and its answers fill another form", async () => {
  const b = await botBench();
  const c = await openByForm(b, { Notes: "calm" });
  await dropMaterial(b, c.card);
  await b.alice.click({ channel: b.channel, ts: c.card }, "Launch");
  await tickUntil(b, "running");
  b.studio.reports.set("task-1", FAIL);
  await tickUntil(b, "failed");
  const card = await cardWith(b, "Try again");
  expect(buttonsOf(card)).toEqual(["Try again", "Details", "New like this"]);
  await b.eve.click({ channel: b.channel, ts: c.card }, "Try again");
  await toldTo(b, b.eve, "cannot change");
  await b.alice.click({ channel: b.channel, ts: c.card }, "Try again");
  const again = await vi.waitFor(async () => {
    const c = await b.store.get("AV-2");
    if (c?.state !== "ready") throw new Error(`AV-2 is ${c?.state}`);
    return c;
  });
  expect(again.materials.map(({ role }) => role).sort()).toEqual(["footage", "identity-letter"]);
  await b.slack.until(() => wordsOf(cardNow(c.card)).includes("Tried again as `AV-2`"), "the link to AV-2");
  expect(wordsOf(cardNow(again.conversation.card))).toContain("Tries `AV-1` again");

  await b.alice.click({ channel: b.channel, ts: c.card }, "New like this");
  const form = await b.slack.until(() => b.alice.openViews().at(-1), "the form");
  expect(form.state.values).toMatchObject({ notes: { value: { value: "calm" } } });

  function cardNow(ts: string | undefined) {
    return b.slack.messages(b.channel).find((m) => m.ts === ts);
  }
});

it("asks in the new thread for what Slack has no more", async () => {
  const b = await botBench();
  const c = await openByForm(b);
  await dropMaterial(b, c.card);
  const ready = await b.store.get(c.id);
  const letter = ready?.materials.find(({ role }) => role === "identity-letter");
  if (!ready || !letter) throw new Error("no letter");
  await b.store.replace({ ...ready, state: "failed" });
  b.slack.deleteFile(letter.file.id);
  const shown = await b.store.get(c.id);
  if (shown) await b.card.show(shown, "now");
  await b.alice.click({ channel: b.channel, ts: c.card }, "Try again");
  const again = await vi.waitFor(async () => {
    const card = (await b.store.get("AV-2"))?.conversation.card;
    if (!card) throw new Error("AV-2 has no card yet");
    return card;
  });
  const asked = await b.slack.until(
    () => b.slack.messages(b.channel, again).find((m) => wordsOf(m).includes("dropped again")),
    "the question",
  );
  expect(wordsOf(asked)).toContain("letter.pdf");
  expect(wordsOf(asked)).not.toContain("footage.mp4");
});
