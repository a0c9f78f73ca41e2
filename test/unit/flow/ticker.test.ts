import { expect, it, vi } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import type { ProgressReport } from "../../../src/core/poll-plan.ts";
import { ticker } from "../../../src/flow/ticker.ts";
import { newCustomization, notice, task } from "../../fixtures/customization-fixture.ts";
import { stage } from "../../twins/twins.ts";
import { bench } from "./bench.ts";

async function running(b: ReturnType<typeof bench>, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    const [id, at] = [`t${n}`, b.w.clock.now()];
    await b.w.store.create(
      newCustomization({ formId: `V${n}`, name: `N${n}`, state: "running", task: task({ id, nextLookAt: at }) }),
    );
    b.w.studio.reports.set(id, stage("AUDIT"));
  }
}

it("takes what is due as the gateway has room for it, and what people would miss before all looks", async () => {
  const b = bench();
  await running(b, 30);
  const outbox = [notice({ at: b.w.clock.now() - 100_000 })];
  await b.w.store.create(newCustomization({ formId: "late", name: "Late", outbox }));
  const [order, rooms]: [string[], (() => void)[]] = [[], []];
  const progress = b.ports.studio.progress.bind(b.ports.studio);
  b.ports.studio.progress = async (id) => {
    order.push(id);
    return progress(id);
  };
  const show = b.ports.card.show.bind(b.ports.card);
  b.ports.card.show = async (c, urgency) => {
    if (c.name === "Late") order.push("late");
    return show(c, urgency);
  };
  const gatewayRoom = () => new Promise<number>((free) => rooms.push(() => free(10)));
  const ticking = ticker({ ...b.ports, gatewayRoom }, b.transfers)();
  await vi.waitFor(() => expect(rooms).toHaveLength(1));
  await vi.waitFor(() => expect(new Set(order)).toEqual(new Set(["late"])));
  for (const looks of [10, 20, 30]) {
    rooms.shift()?.();
    await vi.waitFor(() => expect(order.filter((one) => one !== "late")).toHaveLength(looks));
    await vi.waitFor(() => expect(rooms).toHaveLength(1));
  }
  expect(order[0]).toBe("late");
  rooms.shift()?.();
  await ticking;
});

it("is not held up by a slow look, and is one at a time", async () => {
  const b = bench();
  await running(b, 2);
  const slow: ((report: ProgressReport) => void)[] = [];
  const looks: string[] = [];
  b.ports.studio.progress = (id) => {
    looks.push(id);
    return id === "t1" ? new Promise((answer) => slow.push(answer)) : Promise.resolve(stage("AUDIT"));
  };
  const tick = ticker(b.ports, b.transfers);
  const first = tick();
  await vi.waitFor(() => expect(looks).toHaveLength(2));
  b.w.clock.advance(25_000);
  const third = newCustomization({
    formId: "V3",
    name: "N3",
    state: "running",
    task: task({ id: "t3", nextLookAt: b.w.clock.now() }),
  });
  await b.w.store.create(third);
  void tick();
  await vi.waitFor(() => expect(looks).toContain("t3"));
  slow[0]?.(stage("AUDIT"));
  await first;
});

it("does not turn in a circle with a request that stays due", async () => {
  const b = bench();
  await running(b, 1);
  const processed: Customization[] = [];
  const replace = b.ports.store.replace;
  b.ports.store.replace = async (next) => {
    processed.push(next);
    return undefined;
  };
  await ticker(b.ports, b.transfers)();
  expect(processed).toHaveLength(1);
  b.ports.store.replace = replace;
});

it("claims nothing more once it stops, and takes up again what was still due", async () => {
  const b = bench();
  await running(b, 30);
  const stopping = new AbortController();
  const rooms: (() => void)[] = [];
  const gatewayRoom = () => new Promise<number>((free) => rooms.push(() => free(10)));
  const ticking = ticker({ ...b.ports, gatewayRoom }, b.transfers, stopping.signal)();
  await vi.waitFor(() => expect(rooms).toHaveLength(1));
  rooms.shift()?.();
  await vi.waitFor(() => expect(rooms).toHaveLength(1));
  stopping.abort();
  rooms.shift()?.();
  await ticking;
  const left = await b.w.store.claimDue(b.w.clock.now(), 100, 1_000);
  expect(left).toHaveLength(20);
});

it("does what people would miss while the gateway has no room", async () => {
  const b = bench();
  await running(b, 1);
  const outbox = [notice({ at: b.w.clock.now() - 100_000 })];
  await b.w.store.create(newCustomization({ formId: "late", name: "Late", outbox }));
  const shown: string[] = [];
  b.ports.card.show = async (c) => {
    shown.push(c.name);
    return c.conversation.card;
  };
  const stopping = new AbortController();
  const rooms: (() => void)[] = [];
  const gatewayRoom = () => new Promise<number>((free) => rooms.push(() => free(1)));
  const ticking = ticker({ ...b.ports, gatewayRoom }, b.transfers, stopping.signal)();
  await vi.waitFor(() => expect(shown).toContain("Late"));
  stopping.abort();
  for (const free of rooms) free();
  await ticking;
});
