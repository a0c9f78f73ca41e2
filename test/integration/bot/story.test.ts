import { expect, it } from "vitest";
import { botBench, openAwaiting, replyWith, tickUntil, toldTo, wordsOf } from "./bot-bench.ts";

it.each(["socket", "http"] as const)("carries a request from the form to the assets (%s)", async (mode) => {
  const b = await botBench({ mode });
  const { card, id } = await openAwaiting(b);
  expect(b.vault.relayed).toHaveLength(2);
  expect(b.studio.made).toHaveLength(1);

  const demo = await replyWith(b, card, "Confirm");
  await b.bob.click({ channel: b.channel, ts: demo.ts }, "Open the demo");
  await toldTo(b, b.bob, "demo.example.com/one.mp4");
  await b.bob.click({ channel: b.channel, ts: demo.ts }, "Confirm");
  await tickUntil(b, "done");
  await b.slack.until(() => wordsOf(b.slack.messages(b.channel)[0]).includes("vk-1"), "the assets on the card");
  expect(b.studio.confirmed).toEqual([{ taskId: "task-1", claim: expect.any(String), operate: "AGREE" }]);
  expect(b.slack.messages(b.channel)).toHaveLength(1);
  const troubles = b.log.lines.filter((line) => line.level === "error" || line.level === "warn");
  expect(troubles).toEqual([]);
  expect(await b.store.get(id)).toMatchObject({ state: "done", approvers: [b.bob.id] });
});
