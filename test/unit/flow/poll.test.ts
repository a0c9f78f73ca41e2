import { describe, expect, it, vi } from "vitest";
import { dueAt } from "../../../src/core/due-at.ts";
import { Fault } from "../../../src/core/fault.ts";
import { catchUp, resume } from "../../../src/flow/resume.ts";
import {
  accepted,
  HOUR,
  MINUTE,
  newCustomization,
  notice,
  receiving,
  task,
} from "../../fixtures/customization-fixture.ts";
import { demo, stage, success } from "../../twins/twins.ts";
import { alice, bench, openReady, openRunning } from "./bench.ts";

describe("looking at the progress", () => {
  it("after the minimum, then twice as long while nothing changes up to the maximum, after news the minimum again", async () => {
    const b = bench();
    await openRunning(b);
    const waits: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      await b.tick(((await b.now()).task?.nextLookAt ?? 0) - b.w.clock.now());
      waits.push(((await b.now()).task?.everyMs ?? 0) / 1000);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 600, 600]);
    b.w.studio.reports.set("task-1", stage("TRAIN"));
    await b.tick(10 * MINUTE);
    expect((await b.now()).task).toMatchObject({ stage: "TRAIN", everyMs: 30_000 });
  });

  it("a look that failed changes nothing but the wait, and the card can say since when", async () => {
    const b = bench();
    await openRunning(b);
    await b.tick();
    const failed = new Fault("gateway-unclear", "asking the progress: time-out");
    vi.spyOn(b.w.studio, "progress").mockRejectedValueOnce(failed).mockRejectedValueOnce(failed);
    await b.tick();
    const since = b.w.clock.now();
    await b.tick(HOUR);
    expect(await b.now()).toMatchObject({
      state: "running",
      task: { stage: "AUDIT", failing: { since, because: failed.message } },
    });
    await b.tick(HOUR);
    expect((await b.now()).task?.failing).toBeUndefined();
  });

  it("a stage that is new to us is no news each time: the wait grows, and the stage before it keeps its time", async () => {
    const b = bench();
    await openRunning(b);
    await b.tick();
    const { since } = (await b.now()).task ?? {};
    const { stage: _stage, stageStatus: _status, ...unknown } = stage("AUDIT");
    b.w.studio.reports.set("task-1", unknown);
    for (let i = 0; i < 3; i += 1) await b.tick(HOUR);
    expect((await b.now()).task).toMatchObject({ stage: "AUDIT", since, everyMs: 240_000 });
  });

  it("a look that takes long holds up nobody else's", async () => {
    const b = bench();
    await openRunning(b);
    const other = await b.w.store.create(
      newCustomization({
        formId: "V2",
        name: "Other",
        state: "running",
        task: task({ id: "task-2", nextLookAt: b.w.clock.now() + HOUR }),
      }),
    );
    if (other.type !== "created") throw new Error(other.type);
    const progress = b.w.studio.progress.bind(b.w.studio);
    const hung = vi.spyOn(b.w.studio, "progress").mockReturnValueOnce(new Promise(() => undefined));
    void b.tick();
    await vi.waitFor(() => expect(hung).toHaveBeenCalledOnce());
    hung.mockImplementation(progress);
    b.w.studio.reports.set("task-2", stage("TRAIN"));
    await b.tick(HOUR);
    expect(await b.w.store.get(other.customization.id)).toMatchObject({ task: { lookedAt: b.w.clock.now() } });
  });

  it("a look that meets a changed record is thrown away", async () => {
    const b = bench();
    await openRunning(b);
    const look = vi.spyOn(b.w.studio, "progress").mockImplementationOnce(async () => {
      const c = await b.now();
      await b.w.store.replace({ ...c, notes: "changed meanwhile" });
      return success();
    });
    await b.tick();
    expect(await b.now()).toMatchObject({ state: "running", notes: "changed meanwhile" });
    expect(look).toHaveBeenCalledOnce();
    await b.tick(0);
    expect((await b.now()).task?.stage).toBe("AUDIT");
  });

  it("a failure keeps the vendor's reason and the RequestID", async () => {
    const b = bench();
    await openRunning(b);
    b.w.studio.reports.set("task-1", {
      ...stage("AUDIT"),
      status: "FAIL",
      failMessage: "the letter is not readable",
      requestId: "r-9",
    });
    await b.tick();
    expect(await b.now()).toMatchObject({
      state: "failed",
      failure: { said: "the letter is not readable", requestId: "r-9" },
    });
    expect(b.w.card.told()).toEqual(["failed"]);
  });

  it("a photo avatar ends without a decision, also without asset keys", async () => {
    const b = bench();
    await openRunning(b, { kind: "IMAGE_PHOTO", materials: [accepted("photo")] });
    b.w.studio.reports.set("task-1", { ...success(), assets: [] });
    await b.tick();
    expect(await b.now()).toMatchObject({ state: "done", assets: [] });
  });
});

describe("telling", () => {
  it("what Slack did not take is told later, once, and later still while it fails", async () => {
    const b = bench();
    await openRunning(b);
    b.w.studio.reports.set("task-1", demo());
    b.w.card.fault = new Fault("slack-unreachable", "posting: Slack said internal_error", {
      resultCode: "internal_error",
    });
    await b.tick();
    expect((await b.now()).outbox).toMatchObject([{ key: "demo-1", tries: 1 }]);
    b.w.card.fault = undefined;
    await b.tick(HOUR);
    await b.tick(HOUR);
    expect(b.w.card.told()).toEqual(["demo"]);
  });

  it("what a channel that is gone keeps from a request that is over is given up after days", async () => {
    const b = bench();
    await openRunning(b);
    b.w.card.fault = new Fault("slack-refused", "no", { resultCode: "is_archived" });
    b.w.studio.reports.set("task-1", success());
    for (let i = 0; i < 47; i += 1) await b.tick(2 * HOUR);
    expect((await b.now()).outbox).toMatchObject([{ key: "done", tries: 47 }]);
    await b.tick(2 * HOUR);
    expect((await b.now()).outbox).toMatchObject([{ key: "done", delivered: "undeliverable" }]);
    expect(dueAt(await b.now())).toBeUndefined();
  });

  it("what can never reach a person is given up", async () => {
    const b = bench();
    b.w.files.put("F1", "a.zip", "zip");
    await b.open();
    vi.spyOn(b.w.card, "deliver").mockRejectedValue(new Fault("undeliverable", "no"));
    await b.drop([{ fileId: "F1", name: "" }]);
    expect((await b.now()).outbox).toMatchObject([{ delivered: "undeliverable" }]);
  });
});

describe("starting", () => {
  const drop = { ts: "300.1", text: "", by: alice, files: [{ fileId: "F1", name: "" }] };

  it("takes in files that were dropped while the bot was down, once", async () => {
    const b = bench();
    b.w.files.put("F1", "letter.pdf", "pdf");
    await b.open();
    b.w.threads.posted.push(drop);
    await resume(b.ports, b.transfers);
    await vi.waitFor(async () => expect((await b.now()).materials).toMatchObject([{ state: "accepted" }]));
    await catchUp(b.ports, b.transfers);
    expect(b.w.vault.relayed).toHaveLength(1);
  });

  it("starts uploads again that an earlier process left, whatever their lease says", async () => {
    const b = bench();
    const left = receiving("identity-letter", 1, {
      upload: { owner: "gone", leaseUntil: b.w.clock.now() + HOUR, sent: 5 },
    });
    b.w.files.put(left.file.id, "letter.pdf", "pdf");
    await b.open({ materials: [left] });
    await resume(b.ports, b.transfers);
    await vi.waitFor(async () => expect((await b.now()).materials).toMatchObject([{ state: "accepted" }]));
  });

  it("leaves the way to Slack to those who click: cards without news are looked over when there is room", async () => {
    const b = bench();
    await openReady(b);
    const untold = await b.w.store.create(newCustomization({ formId: "V2", name: "Other", outbox: [notice()] }));
    if (untold.type !== "created") throw new Error(untold.type);
    const show = vi.spyOn(b.w.card, "show");
    await resume(b.ports, b.transfers);
    const shown = (id: string) => show.mock.calls.flatMap(([c, ...urgency]) => (c.id === id ? urgency : []));
    expect(shown("AV-1")).toEqual(["progress"]);
    expect(shown("AV-2")).toContain("now");
  });

  it("one request that cannot be taken up does not keep the others waiting", async () => {
    const b = bench();
    await b.open({ formId: "V2", name: "Other" });
    await b.open();
    b.w.files.put("F1", "letter.pdf", "pdf");
    vi.spyOn(b.w.threads, "read")
      .mockRejectedValueOnce(new Fault("slack-unreachable", "no"))
      .mockResolvedValue({ drops: [drop], hasCard: true });
    await resume(b.ports, b.transfers);
    await vi.waitFor(() => expect(b.w.vault.relayed).toHaveLength(1));
  });

  it("brings back the card whose thread is gone", async () => {
    const b = bench();
    await b.open();
    const forget = vi.spyOn(b.w.card, "forget");
    await catchUp(b.ports, b.transfers);
    expect(forget).not.toHaveBeenCalled();
    b.w.threads.hasCard = false;
    await catchUp(b.ports, b.transfers);
    expect(forget).toHaveBeenCalledTimes(1);
    expect(b.w.card.shown.has("AV-1")).toBe(true);
  });
});
