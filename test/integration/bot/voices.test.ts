import { describe, expect, it, vi } from "vitest";
import type { Upload } from "../../../sandbox/slack/files.ts";
import { en } from "../../../src/bot/words/en.ts";
import type { CheckReport, Metric } from "../../../src/core/check-ports.ts";
import { Fault } from "../../../src/core/fault.ts";
import { tick } from "../../../src/flow/ticker.ts";
import type { BotBench, BotOptions } from "./bot-bench.ts";
import {
  botBench,
  buttonsOf,
  cardWith,
  MATERIAL,
  openByForm,
  replyWith,
  tickUntil,
  toldTo,
  wordsOf,
} from "./bot-bench.ts";

const file = (name: string): Upload => ({ name, path: `${MATERIAL}/${name}` });
const PACKAGE = [file("consent-letter.pdf"), file("voice-package.zip")];
const SNR: Metric = { name: "snr", value: 11.4, low: 30, high: 100 };
const NOISY: CheckReport = { type: "evaluated", metrics: [SNR] };
const CLEAN: CheckReport = { type: "evaluated", metrics: [{ ...SNR, value: 41 }] };

/** A basic voice that has everything but its recording. */
async function basic(options: BotOptions = {}) {
  const b = await botBench(options);
  const { card } = await openByForm(b, { Kind: "VOICE" });
  await b.alice.upload(b.channel, PACKAGE, { threadTs: card });
  await vi.waitFor(async () => expect((await b.store.get("AV-1"))?.materials).toHaveLength(2));
  return { b, card, at: { channel: b.channel, ts: card } };
}

/** Drops a recording and waits for its report in the thread. */
async function inspected(b: BotBench, card: string, report: CheckReport, name = "recording.wav") {
  b.voices.reports = [report];
  const reports = () => b.slack.messages(b.channel, card).filter((m) => keyOf(m).startsWith("check-"));
  const before = reports().length;
  await b.alice.upload(b.channel, [file(name)], { threadTs: card });
  return vi.waitFor(async () => {
    await tick(b.ports, b.transfers);
    const told = reports()[before];
    if (!told) throw new Error("no report yet");
    return told;
  });
}

function keyOf(message: {
  readonly metadata?: { readonly event_payload: Record<string, unknown> } | undefined;
}): string {
  return String(message.metadata?.event_payload.key ?? "");
}

describe("a basic voice", () => {
  it("goes on collecting after a recording that failed, and launches with one that passed", async () => {
    const { b, card, at } = await basic();
    const report = await inspected(b, card, NOISY);
    expect(wordsOf(report)).toContain("TOO LOW");
    expect(b.alice.privates()).toEqual([]);
    expect(await b.store.get("AV-1")).toMatchObject({ state: "collecting" });
    expect(wordsOf(await inspected(b, card, CLEAN))).toContain("recording.wav passed its inspection.");
    await cardWith(b, "Launch");
    await b.alice.click(at, "Launch");
    await tickUntil(b, "running");
    expect(b.alice.openViews()).toEqual([]);
    expect(b.studio.made).toMatchObject([
      { kind: "VOICE", materials: [{ role: "identity-letter" }, { role: "voice-package" }] },
    ]);
  });

  it("with VOICE_CHECK=warn launches in spite of it after a second dialog, for those who may", async () => {
    const { b, card, at } = await basic({ voiceCheck: "warn" });
    await inspected(b, card, NOISY);
    await cardWith(b, "Launch");
    await b.eve.click(at, "Launch");
    await toldTo(b, b.eve, b.alice.id);
    expect(b.eve.openViews()).toEqual([]);
    await b.alice.click(at, "Launch");
    const form = await b.slack.until(() => b.alice.openViews().at(-1), "the second dialog");
    expect(JSON.stringify(form.blocks)).toContain("11.4, where 30 to 100 would do");
    expect(b.studio.made).toEqual([]);
    expect(await b.alice.submit(form.id, {})).toMatchObject({ closed: true });
    await tickUntil(b, "running");
    await b.slack.redeliver({ last: "view", times: 1 });
    await b.jobs.idle();
    expect(b.studio.made).toHaveLength(1);
  });

  it("with VOICE_CHECK=warn asks once more too where the inspection was refused", async () => {
    const { b, card, at } = await basic({ voiceCheck: "warn" });
    b.voices.fault = new Fault("gateway-refused", "calling audioevaluation: code 100005", { resultCode: 100005 });
    await b.alice.upload(b.channel, [file("recording.wav")], { threadTs: card });
    await cardWith(b, "Launch");
    expect(wordsOf(await cardWith(b, "Launch"))).toContain("could not be checked: Launch asks once more");
    await b.alice.click(at, "Launch");
    const form = await b.slack.until(() => b.alice.openViews().at(-1), "the second dialog");
    expect(JSON.stringify(form.blocks)).toContain("has not passed Tencent Cloud's inspection");
    expect(b.studio.made).toEqual([]);
  });

  it("gets its reference text by a reply of its requester; everybody else is told who can", async () => {
    const { b, card } = await basic();
    await b.eve.post(b.channel, "text: not yours to say", { threadTs: card });
    await toldTo(b, b.eve, en.refusal({ type: "may-not-override", may: [b.alice.id] }));
    await b.alice.post(b.channel, "text: Every morning & <evening>\nthe harbour wakes.", { threadTs: card });
    await toldTo(b, b.alice, "That is the reference text of AV-1 now.");
    expect(await b.store.get("AV-1")).toMatchObject({
      referenceText: "Every morning & <evening>\nthe harbour wakes.",
    });
    await b.slack.redeliver({ last: "message", times: 3 });
    await b.slack.redeliver({ last: "message", times: 11, newEventIds: true });
    await b.jobs.idle();
    expect(b.alice.privates()).toHaveLength(1);
    await inspected(b, card, CLEAN);
    expect(b.voices.asked).toMatchObject([{ referenceText: "Every morning & <evening>\nthe harbour wakes." }]);
    await b.eve.command(b.channel, "/avatar text AV-1");
    await toldTo(b, b.eve, "the recording is compared with");
  });

  it("takes the text as the caption of its recording too, and talk elsewhere is left alone", async () => {
    const b = await botBench();
    const { card } = await openByForm(b, { Kind: "VOICE" });
    const avatar = await openByForm(b, { Name: "Anchor-2" });
    await b.alice.post(b.channel, "text: the avatar's", { threadTs: avatar.card });
    await b.alice.post(b.channel, "text: in the channel");
    await b.alice.upload(b.channel, [file("recording.wav")], { threadTs: card, text: `text: ${"x".repeat(2500)}` });
    await toldTo(b, b.alice, "the first 2,000 characters");
    await vi.waitFor(() => expect(b.voices.asked).toMatchObject([{ referenceText: "x".repeat(2000) }]));
    await b.jobs.idle();
    expect(b.alice.privates()).toHaveLength(1);
    expect((await b.store.get("AV-2"))?.referenceText).toBeUndefined();
  });
});

describe("an ultra-fast voice", () => {
  async function fast() {
    const b = await botBench();
    const { card } = await openByForm(b, { Kind: "ZERO_SHOT_VOICE", Language: "eng" });
    const texts = await replyWith(b, card, "Read this one");
    return { b, card, at: { channel: b.channel, ts: texts.ts } };
  }

  it("has its texts in the thread; its requester marks another, and the reading is held against that", async () => {
    const { b, card, at } = await fast();
    await b.bob.click(at, "Read this one");
    await toldTo(b, b.bob, b.alice.id);
    await b.alice.click(at, "Read this one");
    await b.slack.until(
      () => b.slack.messages(b.channel, card).find((m) => m.ts === at.ts && wordsOf(m).includes("says <@")),
      "the mark",
    );
    await inspected(b, card, { type: "detected", code: 0, said: "", audioId: "audio-9" }, "recording.mp3");
    expect(b.voices.asked).toMatchObject([{ language: "eng", textId: "text-2" }]);
    await b.alice.click({ channel: b.channel, ts: card }, "Launch");
    await tickUntil(b, "running");
    expect(b.studio.made).toMatchObject([{ audioId: "audio-9", language: "eng" }]);
    await vi.waitFor(() => expect(b.slack.messages(b.channel, card).flatMap(buttonsOf)).not.toContain("Read this one"));
  });

  it("shows the marked text privately on /avatar text", async () => {
    const { b } = await fast();
    await b.alice.command(b.channel, "/avatar text");
    await toldTo(b, b.alice, "The quick brown fox.");
    await b.eve.command(b.channel, "/avatar text av-1");
    await toldTo(b, b.eve, "The quick brown fox.");
    expect(b.alice.privates()[0]?.thread_ts).toBeUndefined();
    await openByForm(b, { Kind: "ZERO_SHOT_VOICE", Name: "Anchor-2" });
    await b.bob.command(b.channel, "/avatar text");
    await toldTo(b, b.bob, "/avatar text AV-1");
    expect(wordsOf(b.bob.privates()[0])).toContain("AV-2");
  });

  it("says so on /avatar text where there is none", async () => {
    const b = await botBench();
    await b.alice.command(b.channel, "/avatar text");
    await toldTo(b, b.alice, en.answers.noTexts.mrkdwn);
    await openByForm(b);
    await b.alice.command(b.channel, "/avatar text AV-1");
    await toldTo(b, b.alice, en.refusal({ type: "no-texts" }));
    await b.alice.command(b.channel, "/avatar text AV-7");
    await toldTo(b, b.alice, "AV-7");
  });
});

describe("a photo whose face did not pass", () => {
  it("waits for its requester, who uses it anyway", async () => {
    const b = await botBench();
    b.faces.report = { type: "faces", passed: false, code: "1002", said: "", faces: [{ yaw: 40 }] };
    const { card } = await openByForm(b, { Kind: "IMAGE_PHOTO" });
    await b.alice.upload(b.channel, [file("photo.png")], { threadTs: card });
    const warning = await vi.waitFor(async () => {
      await tick(b.ports, b.transfers);
      const found = b.slack.messages(b.channel, card).find((m) => buttonsOf(m).includes("Use it anyway"));
      if (!found) throw new Error("no warning yet");
      return found;
    });
    expect(wordsOf(warning)).toContain("Turned* 40° to the side");
    const at = { channel: b.channel, ts: warning.ts };
    await b.bob.click(at, "Use it anyway");
    await toldTo(b, b.bob, b.alice.id);
    await b.alice.click(at, "Use it anyway");
    await cardWith(b, "Launch");
    await b.slack.until(
      () => b.slack.messages(b.channel, card).find((m) => m.ts === at.ts && buttonsOf(m).length === 0),
      "the answer in its place",
    );
    await b.alice.command(b.channel, "/avatar history AV-1");
    await toldTo(b, b.alice, "in spite of a warning");
  });
});
