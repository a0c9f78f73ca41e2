import { describe, expect, it } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import { Fault } from "../../../src/core/fault.ts";
import { decide } from "../../../src/flow/decide.ts";
import { tick } from "../../../src/flow/ticker.ts";
import { transfers } from "../../../src/flow/transfers.ts";
import { MINUTE } from "../../fixtures/customization-fixture.ts";
import { demo, processIn } from "../../twins/twins.ts";
import { type Bench, bench, bob, openAwaiting, openRunning } from "./bench.ts";

const films = async (b: Bench) => (await b.now()).rounds.at(-1)?.films;
const THREAD = { channel: "C0STUDIO", thread: "100.000" };

function gate(): { readonly opened: Promise<void>; open(): void } {
  const made: { open: () => void } = { open: () => undefined };
  const opened = new Promise<void>((resolve) => {
    made.open = resolve;
  });
  return { opened, open: () => made.open() };
}

describe("a demo", () => {
  it("is shown as a film after its message, once, and waits for nobody", async () => {
    const b = bench();
    await openAwaiting(b);
    await b.tick();
    expect(b.w.card.told()).toEqual(["demo"]);
    expect(b.w.films.shared).toEqual([{ files: ["F-1"], place: THREAD, round: 1 }]);
    expect(await films(b)).toMatchObject([{ notice: "demo-1", state: "shared", files: ["F-1"] }]);
    await b.tick(60 * MINUTE);
    expect(b.w.films.uploads).toHaveLength(1);
  });

  it("can be decided while the film is on its way", async () => {
    const b = bench();
    await openRunning(b);
    b.w.studio.reports.set("task-1", demo());
    const held = gate();
    const upload = b.w.films.upload.bind(b.w.films);
    b.w.films.upload = async (url) => {
      await held.opened;
      return upload(url);
    };
    const ticking = b.tick();
    await b.until("awaiting-decision");
    await decide(b.ports, { id: "AV-1", round: 1, operate: "AGREE", who: bob });
    expect((await b.now()).state).toBe("running");
    held.open();
    await ticking;
    expect(await films(b)).toMatchObject([{ state: "shared" }]);
  });

  it.each<[string, Partial<Parameters<typeof bench>[0] & object>, (b: Bench) => void]>([
    ["the operator wants none", { demoInThread: false }, () => undefined],
    [
      "another organisation is in the channel",
      {},
      (b) => b.w.channels.known.set("C0STUDIO", { visibility: "public", shared: "yes" }),
    ],
    [
      "another organisation is invited to it",
      {},
      (b) => b.w.channels.known.set("C0STUDIO", { visibility: "public", shared: "pending" }),
    ],
    [
      "its link leads where the bot does not go",
      {},
      (b) => {
        b.w.films.answer = () => ({ type: "kept", because: "address" });
      },
    ],
    [
      "Slack refuses it",
      {},
      (b) => {
        b.w.films.onShare = () => {
          throw new Fault("slack-refused", "no", { resultCode: "missing_scope" });
        };
      },
    ],
  ])("stays a link where %s", async (_why, settings, prepare) => {
    const b = bench(settings);
    prepare(b);
    await openAwaiting(b);
    await b.tick();
    expect(await films(b)).toMatchObject([{ state: "link-only" }]);
    await b.tick(60 * MINUTE);
    expect(b.w.films.uploads.length).toBeLessThanOrEqual(1);
    expect(b.w.films.shared).toEqual([]);
  });

  it("waits while Slack does not tell who is in the channel", async () => {
    const b = bench();
    b.w.channels.known.set("C0STUDIO", "not-said");
    await openAwaiting(b);
    await b.tick();
    expect([await films(b), b.w.films.uploads]).toMatchObject([[{ state: "waiting" }], []]);
    b.w.channels.known.delete("C0STUDIO");
    await b.tick(MINUTE);
    expect(await films(b)).toMatchObject([{ state: "shared" }]);
  });

  it("is tried again with fresh links, and then stays a link", async () => {
    const b = bench();
    b.w.films.answer = () => {
      throw new Fault("source-unreachable", "downloading: HTTP 403");
    };
    await openAwaiting(b);
    b.w.studio.reports.set("task-1", demo("https://demo.example.com/one.mp4?sign=2"));
    for (let i = 0; i < 12; i += 1) await b.tick(30 * MINUTE);
    expect(b.w.films.uploads).toHaveLength(6);
    expect(b.w.films.uploads.slice(0, 2).map((url) => url.slice(-6))).toEqual(["sign=1", "sign=2"]);
    expect(await films(b)).toMatchObject([{ state: "link-only", because: expect.stringContaining("403") }]);
  });

  it.each(["before", "after"] as const)("is shown once where the bot dies %s Slack shows it", async (when) => {
    const b = bench();
    await openRunning(b);
    b.w.studio.reports.set("task-1", demo());
    b.w.films.onShare = (now) => {
      if (now === when) throw new Error("killed");
    };
    const { store } = b.w;
    const replace: typeof store.replace = async (next, lease) => {
      if (next.rounds.at(-1)?.films?.[0]?.because) throw new Error("killed");
      return store.replace(next, lease);
    };
    const dying = { ...b.ports, store: { ...store, replace } };
    b.w.clock.advance(MINUTE);
    await tick(dying, transfers(dying, 1));
    expect(await films(b)).toMatchObject([{ state: "sending", sent: true, files: ["F-1"] }]);
    b.w.films.onShare = undefined;
    const next = processIn(b.w);
    b.w.clock.advance(2 * MINUTE);
    await tick(next, transfers(next, 1));
    expect([b.w.films.uploads.length, b.w.films.shared.length]).toEqual([1, 1]);
    expect(await films(b)).toMatchObject([{ state: "shared" }]);
  });

  it("goes to those approvers directly who are not in the channel, and to nobody who has no message", async () => {
    const b = bench();
    const deliver = b.w.card.deliver.bind(b.w.card);
    b.w.card.deliver = async (c: Customization, notice, mayBeThere) => {
      const ts = await deliver(c, notice, mayBeThere);
      if (notice.content.type !== "demo-direct") return ts;
      return notice.content.to === "U0CAROL" ? `D0CAROL/${ts}` : "said";
    };
    const conversation = { team: "T0HOME", channel: "G0SECRET", visibility: "private", card: "100.000" } as const;
    await openAwaiting(b, { conversation, approvers: ["U0BOB", "U0CAROL"] });
    await b.tick();
    await b.tick();
    expect(b.w.films.shared.map(({ place }) => place)).toEqual([
      { channel: "G0SECRET", thread: "100.000" },
      { channel: "D0CAROL" },
    ]);
  });
});
