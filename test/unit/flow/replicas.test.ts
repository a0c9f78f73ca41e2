import { describe, expect, it, vi } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import { Fault } from "../../../src/core/fault.ts";
import type { CustomizationStore, Ports } from "../../../src/core/ports.ts";
import { markSent, takeOver } from "../../../src/flow/claim-lease.ts";
import { decide } from "../../../src/flow/decide.ts";
import { launch } from "../../../src/flow/launch.ts";
import { deliverOutbox } from "../../../src/flow/outbox.ts";
import { memoryStore } from "../../../src/store/memory-store.ts";
import { receiving } from "../../fixtures/customization-fixture.ts";
import { world } from "../../twins/twins.ts";
import type { Bench } from "./bench.ts";
import { alice, bench, bob, openAwaiting, openReady } from "./bench.ts";

/** Longer than any lease. */
const LEASE_OVER = 31_000;

/** Two replicas of the bot on one store. */
function twoReplicas(): readonly [Bench, Bench] {
  const w = { ...world(), store: { ...memoryStore(), exclusive: false } };
  return [bench({}, w), bench({}, w)];
}

/** Ports whose store is that of the replica, but for what a test changes. */
function withStore({ ports }: Bench, over: Partial<CustomizationStore>): Ports {
  return { ...ports, store: { ...ports.store, ...over } };
}

/** The store's clock says that the lease is over, whatever the replica's says. */
function tooLate(b: Bench): Ports {
  const { store } = b.ports;
  return withStore(b, { replace: (next, lease) => store.replace(next, lease && { ...lease, now: lease.until }) });
}

async function settled(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await new Promise(setImmediate);
}

describe("a replica that lost its lease before the call", () => {
  it("does not launch; a person is asked", async () => {
    const [one, other] = twoReplicas();
    await openReady(one);
    const c = await launch(tooLate(one), { id: "AV-1", revision: 2, who: alice });
    expect(c).toMatchObject({ state: "launching" });
    expect(one.w.studio.made).toEqual([]);
    await other.tick(LEASE_OVER);
    expect((await other.until("launch-unknown")).claim).toBeUndefined();
    expect(one.w.studio.made).toEqual([]);
  });

  it("does not decide; another one sends the decision, once", async () => {
    const [one, other] = twoReplicas();
    await openAwaiting(one);
    await decide(tooLate(one), { id: "AV-1", round: 1, operate: "AGREE", who: bob });
    expect(one.w.studio.confirmed).toEqual([]);
    await other.tick(LEASE_OVER);
    await other.until("running");
    expect(one.w.studio.confirmed).toHaveLength(1);
  });

  it("does not launch when the store takes no mark", async () => {
    const [one] = twoReplicas();
    await openReady(one);
    const { store } = one.ports;
    const replace: CustomizationStore["replace"] = async (next, lease) => {
      if (lease) throw new Fault("store-unwritten", "writing AV-1");
      return store.replace(next);
    };
    const launching = launch(withStore(one, { replace }), { id: "AV-1", revision: 2, who: alice });
    await expect(launching).rejects.toMatchObject({ code: "store-unwritten" });
    expect(one.w.studio.made).toEqual([]);
  });
});

describe("a claim", () => {
  async function claimed(b: Bench): Promise<Customization> {
    const c = await openReady(b);
    const at = b.w.clock.now();
    const claim = { id: "claim-1", owner: b.ports.owner, by: alice.id, at, leaseUntil: at + 1_000 };
    const written = await b.w.store.replace({ ...c, state: "launching", claim });
    if (!written) throw new Error("not written");
    return written;
  }

  it("is marked once, and by its owner alone", async () => {
    const [one, other] = twoReplicas();
    const c = await claimed(one);
    expect(await markSent(other.ports, c)).toBeUndefined();
    const marks = await Promise.all([markSent(one.ports, c), markSent(one.ports, c)]);
    expect(marks.filter((mark) => mark !== undefined)).toMatchObject([{ claim: { sent: true } }]);
  });

  it("that was taken over is no longer its first owner's, and is taken once", async () => {
    const [one, other] = twoReplicas();
    const c = await claimed(one);
    one.w.clock.advance(LEASE_OVER);
    const taken = await takeOver(other.ports, c);
    expect(await takeOver(one.ports, c)).toBeUndefined();
    expect(await markSent(one.ports, c)).toBeUndefined();
    expect(taken && (await markSent(other.ports, taken))).toMatchObject({ claim: { sent: true } });
  });

  it("stays its owner's while the vendor takes its time, and is answered", async () => {
    const [one, other] = twoReplicas();
    await openReady(one);
    const answers: (() => void)[] = [];
    one.ports.studio.make = () =>
      new Promise((answer) => answers.push(() => answer({ type: "created", taskId: "task-9" })));
    const launching = launch(one.ports, { id: "AV-1", revision: 2, who: alice });
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    for (let i = 0; i < 8; i += 1) {
      await other.tick(10_000);
      await settled();
    }
    expect((await other.now()).state).toBe("launching");
    answers[0]?.();
    expect(await launching).toMatchObject({ state: "running", task: { id: "task-9" } });
  });
});

describe("an upload", () => {
  const FOOTAGE = { fileId: "F1", name: "footage.mp4" };

  it("of a replica that cannot write is ended with its lease", async () => {
    const [one] = twoReplicas();
    await one.open();
    one.w.files.put("F1", "footage.mp4", "mp4");
    const held: { release?: () => void; aborted?: boolean } = {};
    const relay = one.ports.vault.relay.bind(one.ports.vault);
    one.ports.vault.relay = async (job) => {
      await new Promise<void>((release) => {
        held.release = release;
        job.signal.addEventListener("abort", () => release());
      });
      held.aborted = job.signal.aborted;
      return relay(job);
    };
    await one.drop([FOOTAGE], { text: "footage" });
    await vi.waitFor(() => expect(held.release).toBeDefined());
    vi.spyOn(one.ports.store, "replace").mockRejectedValue(new Fault("store-unwritten", "writing"));
    for (let i = 0; i < 8; i += 1) {
      one.w.clock.advance(3_000);
      await settled();
    }
    expect(held.aborted).toBe(true);
  });

  it("of a replica that stops is another one's at once", async () => {
    const [one, other] = twoReplicas();
    await one.open();
    one.w.files.put("F1", "footage.mp4", "mp4");
    const relay = one.ports.vault.relay.bind(one.ports.vault);
    const running: unknown[] = [];
    one.ports.vault.relay = async (job) => {
      running.push(job);
      await new Promise<void>((end) => job.signal.addEventListener("abort", () => end()));
      return relay(job);
    };
    await one.drop([FOOTAGE], { text: "footage" });
    await vi.waitFor(() => expect(running).toHaveLength(1));
    await one.transfers.close();
    one.ports.vault.relay = relay;
    await other.tick(1);
    await vi.waitFor(async () => expect((await other.now()).materials).toMatchObject([{ state: "accepted" }]));
  });

  it("that another replica has is not begun here", async () => {
    const [one, other] = twoReplicas();
    const now = one.w.clock.now();
    const upload = { owner: one.ports.owner, leaseUntil: now + 5_000, sent: 0 };
    one.w.files.put("F0FOOTAGE1", "footage.mp4", "mp4");
    await one.open({ materials: [receiving("footage", 1, { upload })] });
    const [m] = (await one.now()).materials;
    other.transfers.start("AV-1", m);
    await settled();
    expect(one.w.vault.relayed).toEqual([]);
    await other.tick(LEASE_OVER);
    await vi.waitFor(() => expect(one.w.vault.relayed).toHaveLength(1));
  });
});

it("a notice that a replica posted before it died is not told again by another one", async () => {
  const [one, other] = twoReplicas();
  await openReady(one, { outbox: [{ key: "demo-1", at: one.w.clock.now(), content: { type: "done" } }] });
  const dying = withStore(one, { replace: () => new Promise(() => undefined) });
  void deliverOutbox(dying, "AV-1");
  await vi.waitFor(() => expect(one.w.card.told()).toEqual(["done"]));
  await deliverOutbox(other.ports, "AV-1");
  expect(other.w.card.told()).toEqual(["done"]);
  expect((await other.now()).outbox).toMatchObject([{ delivered: "200.0" }]);
});
