import { describe, expect, it, vi } from "vitest";
import { decide } from "../../../src/flow/decide.ts";
import { launch } from "../../../src/flow/launch.ts";
import { HOUR, MINUTE } from "../../fixtures/customization-fixture.ts";
import type { Bench } from "./bench.ts";
import { alice, bench, bob, openAwaiting, openReady } from "./bench.ts";

/** From now on nothing can be written, until the disk has room again. */
function fillDisk(b: Bench): { makeRoom(): void } {
  const full = vi.spyOn(b.w.store, "replace").mockRejectedValue(new Error("writing AV-1: no space left on device"));
  return { makeRoom: () => full.mockRestore() };
}

/** Lets everything run that does not wait for time, then lets time pass. */
async function pass(b: Bench, ms: number): Promise<void> {
  await new Promise(setImmediate);
  b.w.clock.advance(ms);
}

describe("a disk that is full when the vendor has answered", () => {
  it("keeps the TaskId in memory and in the log, and writes it down as soon as it can", async () => {
    const b = bench();
    await openReady(b);
    const error = vi.spyOn(b.ports.log, "error");
    const disk = { makeRoom: (): void => undefined };
    const make = b.w.studio.make.bind(b.w.studio);
    vi.spyOn(b.w.studio, "make").mockImplementationOnce(async (order) => {
      const answer = await make(order);
      Object.assign(disk, fillDisk(b));
      return answer;
    });
    const launching = launch(b.ports, { id: "AV-1", revision: 2, who: alice });
    for (let i = 0; i < 4; i += 1) await pass(b, MINUTE);
    expect((await b.now()).state).toBe("launching");
    expect(error).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ id: "AV-1", task: "task-1" }));
    disk.makeRoom();
    await pass(b, MINUTE);
    expect(await launching).toMatchObject({ state: "running", task: { id: "task-1" } });
    expect(b.w.studio.made).toHaveLength(1);
  });

  it("loses no decision that the vendor took", async () => {
    const b = bench();
    await openAwaiting(b);
    const disk = { makeRoom: (): void => undefined };
    b.w.studio.confirmAnswer = () => {
      Object.assign(disk, fillDisk(b));
      return { type: "accepted" };
    };
    const deciding = decide(b.ports, { id: "AV-1", round: 1, operate: "AGREE", who: bob });
    for (let i = 0; i < 2; i += 1) await pass(b, MINUTE);
    disk.makeRoom();
    await pass(b, MINUTE);
    expect(await deciding).toMatchObject({ state: "running", rounds: [{ decision: { accepted: true } }] });
    expect(b.w.studio.confirmed).toHaveLength(1);
  });

  it("sends no file a second time that COS has already", async () => {
    const b = bench();
    await b.open();
    b.w.files.put("F1", "letter.pdf", "pdf");
    const disk = { makeRoom: (): void => undefined };
    const relay = b.w.vault.relay.bind(b.w.vault);
    vi.spyOn(b.w.vault, "relay").mockImplementation(async (job) => {
      const stored = await relay(job);
      Object.assign(disk, fillDisk(b));
      return stored;
    });
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(() => expect(b.w.vault.relayed).toHaveLength(1));
    for (let i = 0; i < 3; i += 1) await pass(b, MINUTE);
    disk.makeRoom();
    await pass(b, MINUTE);
    await vi.waitFor(async () => expect((await b.now()).materials).toMatchObject([{ state: "accepted" }]));
    expect(b.w.vault.relayed).toHaveLength(1);
  });

  it("calls nothing when the claim itself cannot be written", async () => {
    const b = bench();
    await openReady(b);
    fillDisk(b);
    await expect(launch(b.ports, { id: "AV-1", revision: 2, who: alice })).rejects.toThrow("no space left");
    expect(b.w.studio.made).toHaveLength(0);
    expect((await b.now()).state).toBe("ready");
  });

  it("gives up after some minutes, and the lease makes it a question for a person", async () => {
    const b = bench();
    await openReady(b);
    const disk = { makeRoom: (): void => undefined };
    b.w.studio.makeAnswer = () => {
      Object.assign(disk, fillDisk(b));
      return { type: "created", taskId: "task-9" };
    };
    const launching = expect(launch(b.ports, { id: "AV-1", revision: 2, who: alice })).rejects.toThrow("no space left");
    for (let i = 0; i < 30; i += 1) await pass(b, MINUTE);
    await launching;
    disk.makeRoom();
    await b.tick(HOUR);
    expect((await b.now()).state).toBe("launch-unknown");
  });
});
