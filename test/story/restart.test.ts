import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import { pressWhenShown, sayItWasCreated } from "../../sandbox/play.ts";
import { ask, askForDecision, askReady, callsOf, isTaken, studio, untilKeys } from "./studio.ts";

const world = studio();

describe("the bot is stopped or killed", () => {
  it("a file dropped while it is down is taken in at the next start", async () => {
    const thread = await ask(world(), { name: "Missed" });
    await world().bot().stop();
    await world().people.alice.upload(world().channel, [material.consentLetter, material.footage1080p], {
      threadTs: thread.ts,
    });
    await world().startBot();
    await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
  });

  it("killed during an upload, it uploads again and leaves no open upload behind", async () => {
    const { cos, people, channel, slack } = world();
    const thread = await ask(world(), { name: "Half-way" });
    cos.faults.plan("PutObject", { type: "hang" });
    await people.alice.upload(channel, [material.consentLetter, material.footage1080p], { threadTs: thread.ts });
    await slack.until(() => cos.calls.some((c) => c.operation === "PutObject" && c.status === 0), "a hanging upload");
    await world().bot().kill();
    await world().startBot();
    await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
    expect(cos.openUploads()).toEqual([]);
  });

  it("stopped in the middle of a large upload, it leaves none open, and the next start begins it again", async () => {
    const { cos, people, channel, slack } = world();
    const thread = await ask(world(), { name: "Stopped" });
    const head = (await readFile(material.footage1080p.path)).subarray(0, 4096);
    cos.faults.plan("UploadPart", { type: "hang" });
    const large = { name: "large.mp4", generate: { size: 40 * 1024 ** 2, head } };
    await people.alice.upload(channel, [large], { threadTs: thread.ts, text: "footage" });
    await slack.until(
      () => cos.faults.strikes.some((strike) => strike.operation === "UploadPart"),
      "a part that hangs",
    );
    expect(await world().bot().stop()).toBe(0);
    expect(cos.openUploads()).toEqual([]);
    await world().startBot();
    await thread.until((seen) => isTaken(seen), "the footage on the card");
    expect(cos.openUploads()).toEqual([]);
  });

  it("killed between the claim of a launch and the TaskId, a person is asked, and finds it", async () => {
    const { gateway, people, slack } = world();
    const before = callsOf(world(), "make");
    const thread = await askReady(world(), { name: "Unknown" });
    gateway.faults.plan("make", { type: "lost-answer" });
    const killed = slack.until(() => callsOf(world(), "make") > before, "make").then(() => world().bot().kill());
    await pressWhenShown(thread, people.alice, "Launch");
    await killed;
    await world().startBot();
    await thread.until((seen) => seen.buttons.includes("It was created…"), "the two buttons");
    const task = gateway.tasks().find((t) => t.anchorName === "Unknown");
    await sayItWasCreated(thread, people.alice, task?.taskId ?? "");
    await pressWhenShown(thread, people.bob, "Confirm");
    await untilKeys(thread);
    expect(callsOf(world(), "make") - before).toBe(1);
  });

  it("killed while it waits for the answer to a decision, the progress tells that it was taken", async () => {
    const { gateway, people, slack } = world();
    const before = callsOf(world(), "customerconfirm");
    const thread = await askForDecision(world(), { name: "Decided" });
    gateway.faults.plan("customerconfirm", { type: "lost-answer" });
    const killed = slack
      .until(() => callsOf(world(), "customerconfirm") > before, "customerconfirm")
      .then(() => world().bot().kill());
    await pressWhenShown(thread, people.bob, "Confirm");
    await killed;
    await world().startBot();
    await untilKeys(thread);
    expect(callsOf(world(), "customerconfirm") - before).toBe(1);
  });

  it("a demo is announced once however often it is restarted", async () => {
    const thread = await askForDecision(world(), { name: "Once" });
    for (let i = 0; i < 2; i += 1) {
      await world().bot().kill();
      await world().startBot();
    }
    await pressWhenShown(thread, world().people.bob, "Confirm");
    await untilKeys(thread);
    const demos = thread.sights().filter((seen) => seen.message.metadata?.event_payload.key === "demo-1");
    expect(demos).toHaveLength(1);
  });
});
