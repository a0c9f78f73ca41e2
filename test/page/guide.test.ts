import { describe, expect, it } from "vitest";
import { guideOf } from "../../sandbox/page/client/guide.ts";
import { samplesFor } from "../../sandbox/page/client/guide-samples.ts";
import { newestFor, waitingFor } from "../../sandbox/page/client/waiting.ts";
import type { PageTask } from "../../sandbox/page/contract.ts";
import type { SlackMessage } from "../../sandbox/slack/messages.ts";
import { card, channel, message, pageState, person, titled, ts } from "./page-fixture.ts";

const RULES = "*Launch*: <@U1>\n*Confirm or reject*: <@U2>";
const collecting = titled(
  "SANDBOX · AV-1 · Ana",
  card(100, ["asked for by <@U1>, today", RULES], [["Cancel", "danger"]]),
);
const ready = titled(
  "SANDBOX · AV-1 · Ana",
  card(
    100,
    ["asked for by <@U1>, today", RULES],
    [
      ["Launch", "primary"],
      ["Cancel", "danger"],
    ],
  ),
);
const demo = card(
  200,
  ["*Demo 1 of Ana is there.* <@U2>: please watch it"],
  [["Open the demo"], ["Confirm", "primary"], ["Reject…", "danger"]],
  { thread_ts: ts(100) },
);
const question = card(150, ["Which is it, <@U1>?"], [["Authorization video"], ["Footage"]], { thread_ts: ts(100) });

describe("what waits for somebody", () => {
  const waits = (who: string, ...messages: SlackMessage[]) =>
    waitingFor(who, [channel(messages)], "UBOT").map(({ button }) => button);

  it("is told by the buttons and by whom the message names for them", () => {
    expect(waits("U1", ready, demo)).toEqual(["Launch"]);
    expect(waits("U2", ready, demo)).toEqual(["Confirm"]);
    expect(waits("U1", question)).toEqual(["Authorization video"]);
  });

  it("is nothing once the buttons are gone, nor on what others wrote", () => {
    expect(waits("U1", collecting)).toEqual([]);
    expect(waits("U1", { ...ready, user: "U2" })).toEqual([]);
    expect(waits("U3", ready, demo, question)).toEqual([]);
  });
});

it("finds the newest that others wrote in a channel", () => {
  const all = channel([message(1, { user: "U2" }), message(2, { user: "U2", thread_ts: ts(1) }), message(3)]);
  expect(newestFor(person("U1", "requester"), all)).toBe(ts(1));
});

describe("the first steps", () => {
  const task = (stage: string, more: Partial<PageTask> = {}): PageTask => ({
    taskId: "1",
    anchorName: "Ana",
    makeType: "IMAGE",
    stage,
    stageStatus: "ING",
    status: "MAKING",
    ...more,
  });
  const next = (me: string, messages: readonly SlackMessage[], tasks: readonly PageTask[] = []) =>
    guideOf(pageState(messages, { tasks }), me).next?.name;

  it("tick themselves off along the main story", () => {
    expect(next("U1", [])).toBe("ask");
    expect(next("U1", [collecting])).toBe("drop");
    expect(next("U1", [ready])).toBe("launch");
    expect(next("U1", [collecting], [task("AUDIT")])).toBe("watch");
    expect(next("U1", [collecting, demo], [task("CONFIRM")])).toBe("switch");
    expect(next("U2", [collecting, demo], [task("CONFIRM")])).toBe("confirm");
    expect(next("U2", [collecting], [task("END", { status: "SUCCESS" })])).toBeUndefined();
  });

  it("follow the newest request, and know whose it is", () => {
    const second = titled("SANDBOX · AV-2 · Ben", card(300, ["asked for by <@U2>"], []));
    const guide = guideOf(pageState([ready, second]), "U1");
    expect(guide.card).toEqual({ channelId: "C1", ts: ts(300), title: "SANDBOX · AV-2 · Ben" });
    expect(guide.requester).toBe("U2");
  });
});

it.each([
  ["Standard avatar, studio lip-sync · 1080p or 4K", ["consent.mp4", "footage-1080p.mp4"]],
  ["High-precision avatar, 4K", ["consent.mp4", "footage-4k.mp4"]],
  ["Photo avatar", ["photo.png"]],
  ["Voice clone, basic", ["consent.mp4", "voice-package.zip", "recording.wav"]],
  ["Voice clone, ultra-fast", ["recording.wav"]],
])("the samples for %s", (words, names) => {
  expect(samplesFor(words).map(([name]) => name)).toEqual(names);
});
