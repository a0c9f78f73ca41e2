import { describe, expect, it } from "vitest";
import { guideOf } from "../../../sandbox/page/client/guide.ts";
import { guidedKind } from "../../../sandbox/page/client/guide-samples.ts";
import { newestFor, waitingFor } from "../../../sandbox/page/client/waiting.ts";
import type { PageTask } from "../../../sandbox/page/contract.ts";
import type { SlackMessage } from "../../../sandbox/slack/messages.ts";
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
  const task = (stage: PageTask["stage"], more: Partial<PageTask> = {}): PageTask => ({
    taskId: "1",
    anchorName: "Ana",
    makeType: "IMAGE",
    stage,
    stageStatus: "WAIT_PROCESS",
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

  it("wait for the demo's message: a demo that is on its way is not decided", () => {
    expect(next("U1", [collecting], [task("CONFIRM", { stageStatus: "WAIT_PROCESS" })])).toBe("watch");
  });

  it("say what the kind wants, and leave the decision out where there is none", () => {
    const photo = titled("AV-1 · Ana", card(100, ["Photo avatar · Female · asked for by <@U1>"], []));
    const { steps } = guideOf(pageState([photo]), "U1");
    expect(steps.map(({ name }) => name)).toEqual(["ask", "drop", "launch", "watch"]);
    expect(steps[1]?.title).toBe("Drop a photo into its thread");
    expect(guideOf(pageState([ready]), "U1").steps[1]?.title).toBe("Drop the consent and the footage into its thread");
  });

  it("end with the request, however it ends", () => {
    const endOf = (messages: readonly SlackMessage[], tasks: readonly PageTask[] = []) => {
      const guide = guideOf(pageState(messages, { tasks }), "U1");
      return [guide.ending, guide.next?.name];
    };
    const cancelled = titled("AV-1 · Ana", card(100, [":no_entry: *Cancelled*\nBy <@U1>"], []));
    expect(endOf([collecting], [task("END", { status: "SUCCESS" })])).toEqual(["done", undefined]);
    expect(endOf([collecting], [task("AUDIT", { status: "FAIL" })])).toEqual(["failed", undefined]);
    expect(endOf([cancelled])).toEqual(["cancelled", undefined]);
    expect(endOf([collecting], [task("AUDIT")])).toEqual([undefined, "watch"]);
  });

  it("know a launch whose answer was lost, and the number that the console would show", () => {
    const lost = card(200, ["*Nobody knows whether AV-1 was launched.* <@U1>"], [["It was created…"]], {
      thread_ts: ts(100),
    });
    const guide = guideOf(pageState([collecting, lost], { tasks: [task("END", { status: "SUCCESS" })] }), "U2");
    expect([guide.ending, guide.next?.name, guide.lostLaunch, guide.taskId]).toEqual([
      undefined,
      "launch",
      { personId: "U1", ts: ts(200) },
      "1",
    ]);
  });

  it("follow the newest request, and know whose it is", () => {
    const second = titled("SANDBOX · AV-2 · Ben", card(300, ["asked for by <@U2>"], []));
    const guide = guideOf(pageState([ready, second]), "U1");
    expect(guide.card).toEqual({ channelId: "C1", ts: ts(300), title: "SANDBOX · AV-2 · Ben" });
    expect(guide.requester).toBe("U2");
  });

  it("follow the request on screen, whichever is newest", () => {
    const second = titled("SANDBOX · AV-2 · Ben", card(300, ["asked for by <@U2>"], []));
    const followed = (shown: { place?: string; thread?: string }) =>
      guideOf(pageState([ready, second]), "U1", shown).card?.title;
    expect(followed({ place: "C1", thread: ts(100) })).toBe("SANDBOX · AV-1 · Ana");
    expect(followed({ place: "C1" })).toBe("SANDBOX · AV-2 · Ben");
    expect(followed({ place: "home" })).toBe("SANDBOX · AV-2 · Ben");
  });

  it("begin for whoever does not see the request", () => {
    expect(next("U3", [ready])).toBe("ask");
  });
});

it.each([
  ["Standard avatar, studio lip-sync · 1080p or 4K", ["consent.mp4", "footage-1080p.mp4"]],
  ["High-precision avatar, 4K", ["consent.mp4", "footage-4k.mp4"]],
  ["Photo avatar", ["photo.png"]],
  ["Voice clone, basic", ["consent.mp4", "voice-package-10min.zip"]],
  ["Voice clone, ultra-fast", ["recording.wav"]],
])("the samples for %s", (words, names) => {
  expect(guidedKind(words).samples.map(([name]) => name)).toEqual(names);
});
