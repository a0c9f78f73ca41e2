import { expect, it, vi } from "vitest";
import { tick } from "../../../src/flow/ticker.ts";
import { botBench, MATERIAL, openByForm, toldTo, wordsOf } from "./bot-bench.ts";

const file = (name: string, path: string) => ({ name, path: `${MATERIAL}/${path}` });

it("bad files of one drop are told in one private list, whenever each is found out", async () => {
  const b = await botBench();
  const { card } = await openByForm(b);
  b.media.inside = { seconds: 20, video: { width: 640, height: 480, aspect: 4 / 3, fps: 15 }, container: "mp4" };
  const files = [
    file("one.png", "photo.png"),
    file("two.png", "photo.png"),
    file("recording.wav", "recording.wav"),
    file("footage.mp4", "footage-1080p.mp4"),
  ];
  await b.alice.upload(b.channel, files, { threadTs: card });
  const told = wordsOf(await toldTo(b, b.alice, "footage.mp4"));
  for (const { name } of files) expect(told).toContain(`${name} wasn't accepted.`);
  expect(told).toContain("It lasts 20 s (2–10 min), has 640×480 pixels (");
  expect(told).toContain(", sides of 4:3 (16:9 or 9:16) and 15 frames a second (25–60).");
  await b.jobs.idle();
  expect(b.alice.privates()).toHaveLength(1);
  expect(b.slack.messages(b.channel, card).filter((m) => m.ts !== card && m.user === b.slack.botUserId)).toEqual([]);
});

it("a recording that fails is told in one table in the thread, and nowhere else", async () => {
  const b = await botBench();
  const { card } = await openByForm(b, { Kind: "VOICE" });
  b.voices.reports = [{ type: "evaluated", metrics: [{ name: "snr", value: 11.4, low: 30, high: 100 }] }];
  await b.alice.upload(b.channel, [file("recording.wav", "recording.wav")], { threadTs: card });
  const replies = () => b.slack.messages(b.channel, card).filter((m) => m.ts !== card && m.user === b.slack.botUserId);
  await vi.waitFor(async () => {
    await tick(b.ports, b.transfers);
    if (replies().length === 0) throw new Error("no report yet");
  });
  await b.jobs.idle();
  expect(replies().map((m) => m.text)).toEqual(["SANDBOX · recording.wav did not pass its inspection."]);
  expect(b.alice.privates()).toEqual([]);
  expect(wordsOf(b.slack.messages(b.channel)[0])).toContain("recording.wav wasn't accepted");
});
