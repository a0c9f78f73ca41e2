import { describe, expect, it, vi } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import { isRefusal } from "../../../src/core/refusal.ts";
import type { MakeAnswer } from "../../../src/core/vendor-answer.ts";
import { claimTask, launch, launchAgain } from "../../../src/flow/launch.ts";
import { MINUTE, TEAM } from "../../fixtures/customization-fixture.ts";
import { stage, vendorNo } from "../../twins/twins.ts";
import { alice, bench, bob, eve, openReady, openRunning, stranger, withoutRenewals } from "./bench.ts";

describe("launch", () => {
  it("claims, calls make once with the coskeys of the materials, and runs", async () => {
    const b = bench();
    await openReady(b, { notes: "smile", demoText: "hello there" });
    await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
    const c = await b.now();
    expect(c).toMatchObject({ state: "running", task: { id: "task-1", launchedBy: alice.id } });
    expect(c.claim).toBeUndefined();
    expect(b.w.studio.made).toHaveLength(1);
    expect(b.w.studio.made[0]).toMatchObject({
      kind: "IMAGE",
      name: "Anchor-1",
      sex: "FEMALE",
      notes: "smile",
      demoText: "hello there",
      materials: [
        { role: "identity-video", key: expect.stringContaining("/idcard/") },
        { role: "footage", key: expect.stringContaining("/video/") },
      ],
    });
    expect(c.history.map((line) => line.event.type)).toEqual(["opened", "launch-agreed", "launched"]);
  });

  it("calls make once under a double click, and says so to the second", async () => {
    const b = bench();
    await openReady(b);
    const clicks = await Promise.all([1, 2, 3].map(() => launch(b.ports, { id: "AV-1", revision: 2, who: alice })));
    expect(b.w.studio.made).toHaveLength(1);
    expect(clicks.filter((r) => isRefusal(r))).toHaveLength(2);
    expect(await launch(b.ports, { id: "AV-1", revision: 2, who: alice })).toMatchObject({
      type: "already-launched",
      by: alice.id,
    });
  });

  it("refuses outsiders, approvers and people of other workspaces", async () => {
    const b = bench();
    await openReady(b);
    for (const who of [eve, bob]) {
      expect(await launch(b.ports, { id: "AV-1", revision: 2, who })).toEqual({
        type: "may-not-launch",
        may: [alice.id],
      });
    }
    expect(await launch(b.ports, { id: "AV-1", revision: 2, who: { ...alice, team: "T0OTHER" } })).toEqual({
      type: "other-workspace",
    });
    expect(b.w.studio.made).toHaveLength(0);
  });

  it("with LAUNCHERS set takes only these", async () => {
    const b = bench({ policy: { launchers: [bob.id] } });
    await openReady(b, { approvers: [bob.id, eve.id] });
    expect(await launch(b.ports, { id: "AV-1", revision: 2, who: alice })).toMatchObject({ type: "may-not-launch" });
    await launch(b.ports, { id: "AV-1", revision: 2, who: bob });
    expect((await b.now()).state).toBe("running");
  });

  it("refuses a button that was shown with other materials, and a request that is not ready", async () => {
    const b = bench();
    await openReady(b);
    expect(await launch(b.ports, { id: "AV-1", revision: 1, who: alice })).toEqual({ type: "materials-changed" });
    const other = bench();
    await other.open();
    expect(await launch(other.ports, { id: "AV-1", revision: 0, who: alice })).toEqual({
      type: "not-ready",
      missing: ["authorization", "footage"],
    });
  });

  it("an old button says who launched, also while nobody knows how that ended", async () => {
    const b = bench();
    await openReady(b);
    b.w.studio.makeAnswer = () => ({ type: "unknown", because: "time-out" });
    await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
    expect(await launch(b.ports, { id: "AV-1", revision: 2, who: alice })).toEqual({
      type: "already-launched",
      by: alice.id,
      at: b.w.clock.now(),
    });
    expect(b.w.studio.made).toHaveLength(1);
  });

  it.each(["not-sent", "100001", "100002", "100003", "100005", "100008", "100014"])(
    "a definite no (%s) leads back to ready, keeps the material and tells the launcher",
    async (code) => {
      const b = bench();
      await openReady(b);
      b.w.studio.makeAnswer = () => vendorNo(code, "no", "r-1");
      await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
      const c = await b.now();
      expect(c.state).toBe("ready");
      expect(c.materials.every((m) => m.state === "accepted")).toBe(true);
      expect(b.w.card.told()).toEqual(["launch-refused"]);
      expect(c.outbox[0]?.content).toMatchObject({ to: alice.id, code, said: "no", requestId: "r-1" });
      b.w.studio.makeAnswer = undefined;
      await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
      expect((await b.now()).state).toBe("running");
    },
  );

  it("anything else is launch-unknown: nothing is called again by itself", async () => {
    const b = bench();
    await openReady(b);
    b.w.studio.makeAnswer = () => ({ type: "unknown", because: "time-out" });
    await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
    for (let i = 0; i < 5; i += 1) await b.tick(10 * MINUTE);
    expect((await b.now()).state).toBe("launch-unknown");
    expect(b.w.studio.made).toHaveLength(1);
    expect(b.w.card.told()).toEqual(["launch-unknown"]);
  });
});

describe("an unknown launch", () => {
  const unknown: MakeAnswer = { type: "unknown", because: "reset" };
  const inDoubt = async () => {
    const b = bench();
    await openReady(b);
    b.w.studio.makeAnswer = () => unknown;
    await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
    b.w.studio.makeAnswer = undefined;
    return b;
  };

  it("It was created…: takes a TaskId that the vendor knows, and follows it", async () => {
    const b = await inDoubt();
    b.w.studio.reports.set("77", stage("TRAIN"));
    await claimTask(b.ports, { id: "AV-1", taskId: "77", who: bob });
    expect(await b.now()).toMatchObject({ state: "running", task: { id: "77" } });
    expect(await claimTask(b.ports, { id: "AV-1", taskId: "77", who: bob })).toEqual({ type: "launch-already-known" });
  });

  it("It was created…: refuses an unknown TaskId, an empty one, and one of another request", async () => {
    const b = await inDoubt();
    expect(await claimTask(b.ports, { id: "AV-1", taskId: "78", who: alice })).toMatchObject({
      type: "task-unknown",
    });
    expect(await claimTask(b.ports, { id: "AV-1", taskId: "", who: alice })).toEqual({ type: "task-id-missing" });
    expect(await claimTask(b.ports, { id: "AV-1", taskId: "78", who: eve })).toMatchObject({
      type: "may-not-resolve-launch",
    });
    await openSecond(b);
    expect(await claimTask(b.ports, { id: "AV-1", taskId: "task-of-2", who: alice })).toEqual({
      type: "task-in-use",
      id: "AV-2",
    });
    expect((await b.now()).state).toBe("launch-unknown");
  });

  it("It was created…: refuses a TaskId of a request that it does not name to those who may not see that", async () => {
    const b = await inDoubt();
    await openSecond(b, { team: TEAM, channel: "G0SECRET", visibility: "private" });
    b.w.studio.reports.set("task-of-2", stage("TRAIN"));
    const taken = await claimTask(b.ports, { id: "AV-1", taskId: "task-of-2", who: bob });
    expect(taken).toEqual({ type: "task-in-use" });
    expect((await b.now()).state).toBe("launch-unknown");
  });

  const openSecond = (b: ReturnType<typeof bench>, conversation?: Customization["conversation"]) =>
    b.open({
      ...(conversation && { conversation, requester: eve.id, approvers: [] }),
      name: "Anchor-2",
      formId: "V2",
      state: "running",
      task: {
        id: "task-of-2",
        launchedBy: alice.id,
        launchedAt: 0,
        since: 0,
        nextLookAt: Number.MAX_SAFE_INTEGER,
        everyMs: 1,
      },
    });

  it("It was created…: gives one TaskId to one request, also when two are told it at the same moment", async () => {
    const b = await inDoubt();
    const first = await b.now();
    await b.w.store.create({ ...first, formId: "V2", name: "Other" });
    b.w.studio.reports.set("77", stage("AUDIT"));
    const told = await Promise.all(["AV-1", "AV-2"].map((id) => claimTask(b.ports, { id, taskId: "77", who: alice })));
    expect(told).toMatchObject([{ state: "running" }, { type: "task-in-use", id: "AV-1" }]);
  });

  it("It was not: launches again with the same name, once, however many click", async () => {
    const b = await inDoubt();
    await Promise.all([alice, bob].map((who) => launchAgain(b.ports, { id: "AV-1", who })));
    expect(b.w.studio.made.map((order) => order.name)).toEqual(["Anchor-1", "Anchor-1"]);
    expect(b.w.studio.made[0]?.claim).not.toBe(b.w.studio.made[1]?.claim);
    expect((await b.now()).state).toBe("running");
  });

  it("a second launch refused for its parameters may prove the first: it stays unknown and says so", async () => {
    const b = await inDoubt();
    b.w.studio.makeAnswer = () => vendorNo("100002", "AnchorName exists");
    await launchAgain(b.ports, { id: "AV-1", who: alice });
    expect((await b.now()).state).toBe("launch-unknown");
    expect(b.w.card.told()).toEqual(["launch-unknown", "name-taken"]);
  });

  it("refuses people of other workspaces and outsiders", async () => {
    const b = await inDoubt();
    expect(await launchAgain(b.ports, { id: "AV-1", who: stranger })).toEqual({ type: "other-workspace" });
    expect(await launchAgain(b.ports, { id: "AV-1", who: eve })).toMatchObject({ type: "may-not-resolve-launch" });
    expect(b.w.studio.made).toHaveLength(1);
  });
});

describe("a launch whose lease runs out", () => {
  it("becomes launch-unknown, and an answer that comes late still counts when it brings the TaskId", async () => {
    const b = bench();
    await openReady(b);
    const answered: { now?: (answer: MakeAnswer) => void } = {};
    b.ports.studio.make = () => new Promise((answer) => Object.assign(answered, { now: answer }));
    const launching = launch(withoutRenewals(b), { id: "AV-1", revision: 2, who: alice });
    await vi.waitFor(() => expect(answered.now).toBeDefined());
    await b.tick(20_000);
    expect((await b.now()).state).toBe("launching");
    await b.tick(MINUTE);
    expect((await b.now()).state).toBe("launch-unknown");
    answered.now?.({ type: "created", taskId: "late-1" });
    await launching;
    expect(await b.now()).toMatchObject({ state: "running", task: { id: "late-1" } });
  });

  it("has nothing to do with one that runs", async () => {
    const b = bench();
    await openRunning(b);
    await b.tick(3 * MINUTE);
    expect((await b.now()).state).toBe("running");
  });
});
