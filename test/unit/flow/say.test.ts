import { describe, expect, it } from "vitest";
import type { NewCustomization } from "../../../src/core/customization.ts";
import { Fault } from "../../../src/core/fault.ts";
import { saySomething } from "../../../src/flow/say.ts";
import { tick } from "../../../src/flow/ticker.ts";
import { transfers } from "../../../src/flow/transfers.ts";
import { DAY, MINUTE } from "../../fixtures/customization-fixture.ts";
import { processIn, vendorNo } from "../../twins/twins.ts";
import { alice, type Bench, bench, bob } from "./bench.ts";

type Over = Partial<NewCustomization>;
const VOICE: Over = { kind: "ZERO_SHOT_VOICE", state: "done", assets: [{ TimbreKey: "tk-1" }] };
const AVATAR: Over = { kind: "IMAGE", state: "done", assets: [{ VirtualmanKey: "vk-1" }] };

async function done(over: Over): Promise<Bench> {
  const b = bench();
  await b.open(over);
  return b;
}

const say = (b: Bench, text = "Hello", who = alice) => saySomething(b.ports, { id: "AV-1", text, who });
const line = async (b: Bench) => (await b.now()).lines?.at(-1);

describe("a finished voice", () => {
  it("says a line in the thread, for nothing, and the history keeps who let it", async () => {
    const b = await done(VOICE);
    await say(b, " Hello <you> ");
    expect(b.w.broadcast.ordered).toMatchObject([{ what: "sound", key: "tk-1", text: "Hello <you>" }]);
    expect((await b.now()).history.at(-1)).toMatchObject({
      by: alice.id,
      event: { type: "said", text: "Hello <you>" },
    });
    await b.tick();
    await b.tick();
    expect(b.w.films.shared).toEqual([{ files: ["F-1"], place: { channel: "C0STUDIO", thread: "100.000" } }]);
    expect(await line(b)).toMatchObject({ state: "shown", file: "F-1" });
    expect((await line(b))?.media).toBeUndefined();
    await b.tick(DAY);
    expect([b.w.films.shared.length, b.w.broadcast.ordered.length]).toEqual([1, 1]);
  });

  it("is asked again where the answer was lost", async () => {
    const b = await done(VOICE);
    b.w.broadcast.answer = () => ({ type: "unknown", because: "no answer" });
    await say(b);
    b.w.broadcast.answer = undefined;
    for (let i = 0; i < 4; i += 1) await b.tick(2 * MINUTE);
    expect(b.w.broadcast.ordered).toHaveLength(2);
    expect(await line(b)).toMatchObject({ state: "shown" });
  });

  it.each([
    [
      "another organisation is in the channel",
      (b: Bench) => b.w.channels.known.set("C0STUDIO", { visibility: "public", shared: "yes" }),
    ],
    [
      "its file is not fetched",
      (b: Bench) => {
        b.w.films.answer = () => ({ type: "kept", because: "no-size" });
      },
    ],
    [
      "Slack refuses it",
      (b: Bench) => {
        b.w.films.onShare = () => {
          throw new Fault("slack-refused", "no", { resultCode: "missing_scope" });
        };
      },
    ],
  ])("comes as a link where %s, until the link dies", async (_why, prepare) => {
    const b = await done(VOICE);
    prepare(b);
    await say(b);
    await b.tick();
    await b.tick();
    expect(await line(b)).toMatchObject({ state: "shown", media: expect.stringContaining("media.example.com") });
    await b.tick(7 * DAY);
    expect((await line(b))?.media).toBeUndefined();
  });
});

describe("a finished avatar", () => {
  it("is ordered once: a lost answer is told and never repeated", async () => {
    const b = await done(AVATAR);
    b.w.broadcast.answer = () => ({ type: "unknown", because: "no answer" });
    await say(b);
    expect(await line(b)).toMatchObject({ what: "film", state: "unknown", sent: true });
    for (let i = 0; i < 4; i += 1) await b.tick(10 * MINUTE);
    expect(b.w.broadcast.ordered).toHaveLength(1);
  });

  it.each([
    ["before it was sent", false, 1, "shown"],
    ["after it was sent", true, 0, "unknown"],
  ] as const)("whose bot dies %s", async (_when, sent, orders, state) => {
    const b = await done(AVATAR);
    const { store } = b.w;
    const replace: typeof store.replace = async (next, lease) => {
      if (!lease) return store.replace(next);
      if (sent) await store.replace(next, lease);
      throw new Error("killed");
    };
    await expect(
      saySomething({ ...b.ports, store: { ...store, replace } }, { id: "AV-1", text: "Hi", who: alice }),
    ).rejects.toThrow("killed");
    const next = processIn(b.w);
    for (let i = 0; i < 5; i += 1) {
      b.w.clock.advance(3 * MINUTE);
      await tick(next, transfers(next, 1));
    }
    expect(b.w.broadcast.ordered).toHaveLength(orders);
    expect(await line(b)).toMatchObject({ state });
  });

  it("says why when the hours are used up", async () => {
    const b = await done(AVATAR);
    b.w.broadcast.answer = () => vendorNo("100013", "hours");
    await say(b);
    expect(await line(b)).toMatchObject({ state: "failed", code: "100013" });
  });
});

describe("whoever may launch", () => {
  it("may let it say something, ten times a day", async () => {
    const b = await done(VOICE);
    expect(await say(b, "Hello", bob)).toMatchObject({ type: "may-not-launch" });
    expect(await say(b, "  ")).toEqual({ type: "line-missing" });
    expect(await say(b, "x".repeat(301))).toEqual({ type: "line-too-long", length: 301, limit: 300 });
    for (let i = 0; i < 10; i += 1) await say(b);
    expect(await say(b)).toEqual({ type: "too-many-lines", limit: 10 });
    b.w.clock.advance(DAY);
    expect(await say(b)).toMatchObject({ id: "AV-1" });
    expect(b.w.broadcast.ordered).toHaveLength(11);
  });

  it.each([[{ ...VOICE, assets: [] }], [{ ...VOICE, state: "running" as const }]] satisfies [Over][])(
    "not before there is a key: %j",
    async (over) => {
      expect(await say(await done(over))).toEqual({ type: "cannot-speak" });
    },
  );
});
