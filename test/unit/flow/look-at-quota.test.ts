import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/fault.ts";
import type { Quota } from "../../../src/core/quota.ts";
import { launch } from "../../../src/flow/launch.ts";
import { DAY, HOUR, MINUTE, START } from "../../fixtures/customization-fixture.ts";
import { success, vendorNo } from "../../twins/twins.ts";
import { alice, bench, openReady, openRunning } from "./bench.ts";

const left = (count: number): Quota[] => [
  { kind: "VOICE", left: 99 },
  { kind: "IMAGE", left: count, total: 5 },
];
const broken = new Fault("gateway-unclear", "calling getserviceasset: no answer within 15 s");

describe("a request that is ready", () => {
  it("knows what is left of its own kind's quota, and shows it", async () => {
    const b = bench();
    b.w.quotas.quotas = left(3);
    await openReady(b);
    await b.tick();
    expect(await b.now()).toMatchObject({ quota: { left: 3, total: 5, lookedAt: b.w.clock.now() } });
    expect(b.w.card.shown.get("AV-1")).toMatchObject({ quota: { left: 3 } });
    await b.tick(MINUTE);
    expect(b.w.quotas.reads).toBe(1);
    b.w.quotas.quotas = left(0);
    await b.tick(8 * MINUTE);
    expect(await b.now()).toMatchObject({ state: "ready", quota: { left: 0 } });
  });

  it("can be launched while the account does not answer, and with nothing left: the vendor decides", async () => {
    const b = bench();
    b.w.quotas.fault = broken;
    await openReady(b);
    await b.tick();
    expect((await b.now()).quota).toEqual({ nextLookAt: b.w.clock.now() + MINUTE });
    b.w.quotas.fault = undefined;
    b.w.quotas.quotas = left(0);
    await b.tick(MINUTE);
    await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
    expect((await b.now()).state).toBe("running");
  });

  it.each(["100008", "100014"])("after a refusal with %s is out of quota", async (code) => {
    const b = bench();
    await openReady(b);
    b.w.studio.makeAnswer = () => vendorNo(code, "no quota");
    await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
    expect(await b.now()).toMatchObject({ state: "ready", quota: { left: 0, refused: true } });
  });
});

describe("a launch whose answer was lost", () => {
  it("has what was left before and after, and whether the lists have its name", async () => {
    const b = bench();
    b.w.quotas.quotas = left(3);
    await openReady(b);
    await b.tick();
    b.w.studio.makeAnswer = () => ({ type: "unknown", because: "no answer" });
    await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
    expect((await b.now()).quota?.left).toBeUndefined();
    b.w.quotas.quotas = left(2);
    b.w.assets.listed = [{ asset: { VirtualmanKey: "vk-1", AnchorName: "Anchor-1" } }];
    await b.tick(MINUTE);
    expect((await b.now()).quota?.left).toBeUndefined();
    await b.tick(MINUTE);
    expect(await b.now()).toMatchObject({
      state: "launch-unknown",
      launchHints: { before: 3, listed: 1 },
      quota: { left: 2 },
    });
  });

  it("has no hint where neither can be read", async () => {
    const b = bench();
    await openReady(b);
    b.w.studio.makeAnswer = () => ({ type: "unknown", because: "no answer" });
    await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
    b.w.quotas.fault = broken;
    b.w.assets.fault = broken;
    await b.tick(2 * MINUTE);
    expect((await b.now()).launchHints).toBeUndefined();
  });
});

describe("the end of a finished avatar", () => {
  const LISTED = { asset: { VirtualmanKey: "vk-1" }, expiresAt: START + 100 * DAY };

  async function done() {
    const b = bench();
    await openRunning(b);
    b.w.assets.listed = [LISTED];
    b.w.studio.reports.set("task-1", success());
    await b.tick();
    await b.until("done");
    return b;
  }

  it("is told thirty and seven days before, once each", async () => {
    const b = await done();
    for (let i = 0; i < 110; i += 1) await b.tick(DAY);
    expect(b.w.card.told().filter((type) => type === "asset-expires")).toHaveLength(2);
  });

  it("is not told when it was extended, and not while the lists cannot be read", async () => {
    const b = await done();
    b.w.assets.fault = broken;
    await b.tick(71 * DAY);
    expect((await b.now()).lookup?.retryAt).toBe(b.w.clock.now() + HOUR);
    b.w.assets.fault = undefined;
    b.w.assets.listed = [{ ...LISTED, expiresAt: START + 400 * DAY }];
    await b.tick(HOUR);
    await b.tick(40 * DAY);
    expect(b.w.card.told()).not.toContain("asset-expires");
    expect((await b.now()).lookup?.expiresAt).toBe(START + 400 * DAY);
  });
});
