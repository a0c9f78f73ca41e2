import { WebAPIPlatformError, WebAPIRateLimitedError } from "@slack/web-api";
import { beforeEach, describe, expect, it } from "vitest";
import { throttledEdits } from "../../../../src/bot/publish/throttled-edits.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import { Fault } from "../../../../src/core/fault.ts";
import { rateSlotsInMemory } from "../../../../src/store/embedded-engine.ts";
import { customization } from "../../../fixtures/customization-fixture.ts";
import { ManualClock } from "../../../twins/manual-clock.ts";
import { recordingLog } from "../../../twins/recording-log.ts";

let clock = new ManualClock(0);
let edited: { id: string; version: number; at: number }[] = [];
let answers: (boolean | Error)[] = [];

beforeEach(() => {
  clock = new ManualClock(0);
  edited = [];
  answers = [];
});

function lane(onEdit: (c: Customization) => void = () => undefined, isNews = (_c: Customization): boolean => true) {
  const rates = rateSlotsInMemory(() => clock.now());
  return throttledEdits({
    doing: "showing progress",
    clock,
    log: recordingLog(),
    paceMs: 2_500,
    nextSlotMs: () => rates.reserve("edits", 2_500),
    isNews,
    edit: async (c: Customization) => {
      edited.push({ id: c.id, version: c.version, at: clock.now() });
      onEdit(c);
      const answer = answers.shift() ?? true;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
}

const card = (n: number, version: number): Customization => customization({ id: `AV-${n}`, version });

/** Lets everything run that does not wait for time. */
const settle = () => new Promise((later) => setImmediate(later));

async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    clock.advance(500);
    await settle();
  }
}

describe("the progress lane", () => {
  it("edits one card per pace, the one that waited longest first, with its newest state only", async () => {
    const { add } = lane();
    add(card(1, 1));
    await settle();
    add(card(2, 1));
    add(card(3, 1));
    add(card(2, 2));
    add(card(1, 2));
    add(card(1, 3));
    await pass(10_000);
    expect(edited).toEqual([
      { id: "AV-1", version: 1, at: 0 },
      { id: "AV-2", version: 2, at: 2_500 },
      { id: "AV-3", version: 1, at: 5_000 },
      { id: "AV-1", version: 3, at: 7_500 },
    ]);
  });

  it("gives what is new two of three turns, and the rest the third", async () => {
    const { add } = lane(undefined, ({ id }) => id === "AV-8" || id === "AV-9");
    for (let n = 1; n <= 9; n += 1) add(card(n, 1));
    for (let version = 2; version < 9; version += 1) {
      await pass(2_500);
      for (const n of [8, 9]) add(card(n, version));
    }
    expect(edited.slice(0, 7).map(({ id }) => id)).toEqual(["AV-8", "AV-9", "AV-1", "AV-8", "AV-9", "AV-2", "AV-8"]);
  });

  it("spends no time on a card that shows already what it should", async () => {
    const { add } = lane();
    answers = [false];
    add(card(1, 1));
    add(card(2, 1));
    await settle();
    expect(edited.map(({ id }) => id)).toEqual(["AV-1", "AV-2"]);
  });

  it("waits as long as Slack says, and loses nothing", async () => {
    const { add } = lane();
    answers = [new WebAPIRateLimitedError(7)];
    add(card(1, 1));
    await settle();
    add(card(1, 2));
    await pass(6_500);
    expect(edited).toHaveLength(1);
    await pass(500);
    expect(edited.at(-1)).toEqual({ id: "AV-1", version: 2, at: 7_000 });
  });

  it("gives up what Slack will never take", async () => {
    const { add } = lane();
    answers = [new WebAPIPlatformError({ ok: false, error: "is_archived", response_metadata: {} })];
    add(card(1, 1));
    await pass(60_000);
    expect(edited).toHaveLength(1);
    add(card(2, 1));
    await settle();
    expect(edited.at(-1)?.id).toBe("AV-2");
  });

  it("shows at once what waits when it is flushed", async () => {
    const { add, flush } = lane();
    add(card(1, 1));
    add(card(2, 1));
    add(card(3, 1));
    await settle();
    await flush();
    expect(edited.map(({ id }) => id)).toEqual(["AV-1", "AV-2", "AV-3"]);
  });

  it("keeps its pace with an edit that asks for another one at once", async () => {
    const { add } = lane((c) => {
      if (c.version < 3) add(card(1, c.version + 1));
    });
    add(card(1, 1));
    await settle();
    await pass(10_000);
    expect(edited.map(({ version, at }) => [version, at])).toEqual([
      [1, 0],
      [2, 2_500],
      [3, 5_000],
    ]);
  });

  it("shows nothing more of what waits when it is dropped", async () => {
    const { add, drop } = lane();
    add(card(1, 1));
    add(card(2, 1));
    await settle();
    await drop();
    await pass(10_000);
    expect(edited.map(({ id }) => id)).toEqual(["AV-1"]);
  });

  it("tries again after a trouble that a fault of ours tells of", async () => {
    const { add } = lane();
    answers = [new Fault("slack-unreachable", "asking who U1 is", { resultCode: "http-503" })];
    add(card(1, 1));
    await settle();
    await pass(9_500);
    expect(edited).toHaveLength(1);
    await pass(500);
    expect(edited).toHaveLength(2);
  });
});
