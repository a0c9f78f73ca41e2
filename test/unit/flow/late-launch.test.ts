import { describe, expect, it, vi } from "vitest";
import type { MakeAnswer } from "../../../src/core/vendor-answer.ts";
import { cancel } from "../../../src/flow/cancel.ts";
import { launch, launchAgain } from "../../../src/flow/launch.ts";
import { recoverClaim } from "../../../src/flow/poll.ts";
import { resume } from "../../../src/flow/resume.ts";
import { MINUTE } from "../../fixtures/customization-fixture.ts";
import { alice, bench, openReady, withoutRenewals } from "./bench.ts";

describe("an answer that comes after the lease", () => {
  it("a launch of an earlier process that was settled meanwhile takes no newer one with it", async () => {
    const b = bench();
    const c = await openReady(b);
    const at = b.w.clock.now();
    const claim = { id: "claim-1", owner: "gone", by: alice.id, at, leaseUntil: at };
    const left = await b.w.store.replace({ ...c, state: "launching", claim });
    if (!left) throw new Error("not written");
    await recoverClaim(b.ports, left);
    let answer: (answer: MakeAnswer) => void = () => undefined;
    vi.spyOn(b.w.studio, "make").mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const again = launchAgain(b.ports, { id: "AV-1", who: alice });
    await b.until("launching");
    await recoverClaim(b.ports, left);
    expect((await b.now()).state).toBe("launching");
    answer({ type: "created", taskId: "task-2" });
    expect(await again).toMatchObject({ state: "running" });
  });

  it("brings its TaskId, also when the request is over: the history keeps it", async () => {
    const b = bench();
    await openReady(b);
    const answers: ((answer: MakeAnswer) => void)[] = [];
    vi.spyOn(b.w.studio, "make").mockImplementation(() => new Promise((answer) => answers.push(answer)));
    const launching = launch(withoutRenewals(b), { id: "AV-1", revision: 2, who: alice });
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    await b.tick(4 * MINUTE);
    expect((await b.now()).state).toBe("launch-unknown");
    await cancel(b.ports, b.transfers, { id: "AV-1", who: alice });
    answers[0]?.({ type: "created", taskId: "task-late" });
    await launching;
    const c = await b.now();
    expect(c.state).toBe("cancelled");
    expect(c.history.at(-1)?.event).toEqual({ type: "launched", task: "task-late" });
  });
});

describe("what this process has begun before it took up what was left", () => {
  it("a launch that a click caused meanwhile goes on", async () => {
    const b = bench();
    const { id } = await openReady(b);
    const answered: { now?: (answer: MakeAnswer) => void } = {};
    b.ports.studio.make = () => new Promise((answer) => Object.assign(answered, { now: answer }));
    const launching = launch(b.ports, { id, revision: 2, who: alice });
    await b.until("launching");
    await resume(b.ports, b.transfers);
    expect((await b.now()).state).toBe("launching");
    answered.now?.({ type: "created", taskId: "task-9" });
    expect(await launching).toMatchObject({ state: "running", task: { id: "task-9" } });
    expect(b.w.card.told()).toEqual([]);
  });
});
