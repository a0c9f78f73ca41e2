import { describe, expect, it } from "vitest";
import { STALE_MS } from "../../../src/core/poll-plan.ts";
import { HOUR } from "../../fixtures/customization-fixture.ts";
import { demo } from "../../twins/twins.ts";
import { bench, openRunning } from "./bench.ts";

describe("what is offered for a decision", () => {
  it("a demo that StageInfo does not show yet is not offered, and one that it shows no more stays", async () => {
    const b = bench();
    await openRunning(b);
    b.w.studio.reports.set("task-1", { ...demo(), demos: [] });
    await b.tick();
    expect(await b.now()).toMatchObject({ state: "running", task: { stage: "CONFIRM" }, rounds: [] });
    b.w.studio.reports.set("task-1", demo());
    await b.tick(HOUR);
    await b.until("awaiting-decision");
    for (const silent of [{ ...demo(), demos: [] }, { ...demo(), stageStatus: "PROCESSING" as const }, demo()]) {
      b.w.studio.reports.set("task-1", silent);
      await b.tick(HOUR);
      expect(await b.now()).toMatchObject({ state: "awaiting-decision", rounds: [{ n: 1 }] });
    }
    expect(b.w.card.told()).toEqual(["demo"]);
  });

  it("a task that waits at CONFIRM without ever showing a demo is offered without one in the end", async () => {
    const b = bench();
    await openRunning(b);
    b.w.studio.reports.set("task-1", { ...demo(), demos: [] });
    await b.tick();
    await b.tick(STALE_MS);
    expect(await b.until("awaiting-decision")).toMatchObject({ rounds: [{ n: 1, demos: [] }] });
  });

  it("the same demo's links in another order are the same demo", async () => {
    const b = bench();
    await openRunning(b);
    const two = ["https://d.example.com/a.mp4?s=1", "https://d.example.com/b.mp4?s=1"];
    b.w.studio.reports.set("task-1", { ...demo(), demos: two });
    await b.tick();
    b.w.studio.reports.set("task-1", { ...demo(), demos: two.toReversed() });
    await b.tick(HOUR);
    expect((await b.now()).rounds).toHaveLength(1);
  });
});
