import { describe, expect, it } from "vitest";
import { decidersOf } from "../../../src/core/approval.ts";
import { launch, launchAgain } from "../../../src/flow/launch.ts";
import { alice, bench, bob, openReady } from "./bench.ts";

describe("whoever launches does not decide", () => {
  it("refuses somebody whose launch would leave nobody to decide", async () => {
    const b = bench({ policy: { launchers: [alice.id, bob.id] } });
    await openReady(b);
    expect(await launch(b.ports, { id: "AV-1", revision: 2, who: bob })).toEqual({
      type: "launcher-only-approver",
      user: bob.id,
    });
    expect(b.w.studio.made).toEqual([]);
    expect((await b.now()).state).toBe("ready");
  });

  it("It was not: an approver who settles it may still decide", async () => {
    const b = bench();
    await openReady(b);
    const { makeAnswer } = b.w.studio;
    b.w.studio.makeAnswer = () => ({ type: "unknown", because: "time-out" });
    await launch(b.ports, { id: "AV-1", revision: 2, who: alice });
    b.w.studio.makeAnswer = makeAnswer;
    await launchAgain(b.ports, { id: "AV-1", who: bob });
    expect(decidersOf(await b.now(), b.ports.settings.policy)).toEqual([bob.id]);
  });
});
