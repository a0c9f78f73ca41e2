import { describe, expect, it, vi } from "vitest";
import { STALE_MS } from "../../../src/core/poll-plan.ts";
import { isRefusal } from "../../../src/core/refusal.ts";
import type { ConfirmAnswer } from "../../../src/core/vendor-answer.ts";
import { checkDecision, decide, resumeDecision } from "../../../src/flow/decide.ts";
import { DAY, HOUR, MINUTE, OPERATOR, TEAM } from "../../fixtures/customization-fixture.ts";
import { demo, stage, success, vendorNo } from "../../twins/twins.ts";
import { alice, bench, bob, eve, openAwaiting, stranger } from "./bench.ts";

const agree = (who = bob, round = 1) => ({ id: "AV-1", round, operate: "AGREE", who }) as const;
const reject = (reason: string, who = bob, round = 1) =>
  ({ id: "AV-1", round, operate: "REJECT", reason, who }) as const;

describe("decide", () => {
  it("confirms: one customerconfirm, then the end with its asset keys", async () => {
    const b = bench();
    await openAwaiting(b);
    await decide(b.ports, agree());
    expect((await b.now()).state).toBe("running");
    await b.tick();
    expect(await b.now()).toMatchObject({ state: "done", assets: [{ VirtualmanKey: "vk-1" }] });
    expect(b.w.studio.confirmed).toMatchObject([{ taskId: "task-1", operate: "AGREE" }]);
    expect(b.w.card.told()).toEqual(["demo", "done"]);
  });

  it("two approvers at the same time give one customerconfirm, and the other is told who won", async () => {
    const b = bench();
    const carol = { id: "U0CAROL", team: TEAM };
    await openAwaiting(b, { approvers: [bob.id, carol.id] });
    const clicks = await Promise.all([decide(b.ports, agree(bob)), decide(b.ports, reject("no", carol))]);
    expect(b.w.studio.confirmed).toHaveLength(1);
    expect(clicks.filter((r) => isRefusal(r))).toMatchObject([
      { type: "already-decided", by: bob.id, operate: "AGREE" },
    ]);
  });

  it("an outsider, the requester, an operator and another workspace decide nothing", async () => {
    const b = bench();
    await openAwaiting(b);
    for (const who of [eve, alice, { id: OPERATOR, team: TEAM }]) {
      expect(await decide(b.ports, agree(who))).toEqual({
        type: "may-not-decide",
        may: [bob.id],
        isRequester: who === alice,
      });
      expect(await checkDecision(b.ports, { id: "AV-1", round: 1, who })).toMatchObject({ type: "may-not-decide" });
    }
    expect(await decide(b.ports, agree(stranger))).toEqual({ type: "other-workspace" });
    expect(b.w.studio.confirmed).toEqual([]);
    expect((await b.now()).state).toBe("awaiting-decision");
  });

  it("the requester decides only where the operator allows it", async () => {
    const b = bench({ policy: { allowSelfApproval: true } });
    await openAwaiting(b, { approvers: [alice.id] });
    await decide(b.ports, agree(alice));
    expect(b.w.studio.confirmed).toHaveLength(1);
  });

  it("a rejection needs a reason of at most 300 UTF-16 units", async () => {
    const b = bench();
    await openAwaiting(b);
    expect(await decide(b.ports, reject(" "))).toEqual({ type: "reason-missing" });
    expect(await decide(b.ports, reject("😀".repeat(151)))).toEqual({
      type: "reason-too-long",
      length: 302,
      limit: 300,
    });
    await decide(b.ports, reject("the mouth is late"));
    expect(b.w.studio.confirmed).toMatchObject([{ operate: "REJECT", reason: "the mouth is late" }]);
  });

  it("a rejected demo is trained again: a second round, in which the old button decides nothing", async () => {
    const b = bench();
    await openAwaiting(b);
    await decide(b.ports, reject("again"));
    await b.tick();
    b.w.studio.reports.set("task-1", demo("https://demo.example.com/two.mp4?sign=9"));
    await b.tick();
    expect(await b.until("awaiting-decision")).toMatchObject({
      rounds: [{ n: 1, decision: { accepted: true } }, { n: 2 }],
    });
    expect(await decide(b.ports, agree(bob, 1))).toMatchObject({ type: "already-decided", operate: "REJECT" });
    expect(b.w.studio.confirmed).toHaveLength(1);
    await decide(b.ports, agree(bob, 2));
    await b.tick();
    expect((await b.now()).state).toBe("done");
  });

  it("a refused retrain is a round of its own that can be agreed to", async () => {
    const b = bench();
    await openAwaiting(b);
    await decide(b.ports, reject("again"));
    b.w.studio.reports.set("task-1", { ...demo(), rejectReason: "the footage allows no better" });
    await b.tick();
    expect((await b.now()).rounds[1]).toMatchObject({ n: 2, rejectReason: "the footage allows no better" });
    await decide(b.ports, agree(bob, 2));
    expect(b.w.studio.confirmed).toHaveLength(2);
  });

  it("the old demo shown after a decision is stale for 15 minutes, then the buttons come back", async () => {
    const b = bench();
    await openAwaiting(b);
    b.w.studio.confirmAnswer = () => ({ type: "accepted" });
    await decide(b.ports, agree());
    await b.tick(5 * 60_000);
    expect((await b.now()).state).toBe("running");
    await b.tick(STALE_MS);
    expect(await b.now()).toMatchObject({ state: "awaiting-decision", rounds: [{ n: 1 }, { n: 2, stale: true }] });
    b.w.studio.reports.set("task-1", success());
    await b.tick(HOUR);
    expect((await b.now()).state).toBe("done");
    expect(b.w.card.told()).not.toContain("decided-elsewhere");
  });

  it.each(["not-sent", "100005"])("a definite no (%s) offers the buttons again and tells who clicked", async (code) => {
    const b = bench();
    await openAwaiting(b);
    b.w.studio.confirmAnswer = () => vendorNo(code, "no");
    await decide(b.ports, agree());
    const c = await b.now();
    expect(c.state).toBe("awaiting-decision");
    expect(c.rounds[0]?.decision).toBeUndefined();
    expect(b.w.card.told()).toEqual(["demo", "decision-refused"]);
    b.w.studio.confirmAnswer = undefined;
    await decide(b.ports, agree());
    expect((await b.now()).state).toBe("running");
  });

  it("a lost answer asks the progress: a task that has moved was decided", async () => {
    const b = bench();
    await openAwaiting(b);
    b.w.studio.confirmAnswer = () => {
      b.w.studio.reports.set("task-1", success());
      return { type: "unknown", because: "reset" };
    };
    await decide(b.ports, agree());
    expect(await b.now()).toMatchObject({ state: "done", rounds: [{ decision: { accepted: true } }] });
    expect(b.w.studio.confirmed).toHaveLength(1);
  });

  it("where the progress cannot tell, a person decides; a later look may still tell", async () => {
    const b = bench();
    await openAwaiting(b);
    b.w.studio.confirmAnswer = () => ({ type: "unknown", because: "time-out" });
    await decide(b.ports, agree());
    expect((await b.now()).state).toBe("decision-unknown");
    expect(b.w.card.told()).toEqual(["demo", "decision-unknown"]);
    await b.tick();
    expect(b.w.studio.confirmed).toHaveLength(1);
    b.w.studio.reports.set("task-1", stage("TRAIN"));
    await b.tick(HOUR);
    expect(await b.now()).toMatchObject({ state: "running", rounds: [{ decision: { accepted: true } }] });
    expect(b.w.card.told()).not.toContain("decided-elsewhere");
  });

  it("an unknown decision can be taken again by an approver", async () => {
    const b = bench();
    await openAwaiting(b);
    b.w.studio.confirmAnswer = () => ({ type: "unknown", because: "time-out" });
    await decide(b.ports, agree());
    b.w.studio.confirmAnswer = undefined;
    await decide(b.ports, agree());
    await b.tick();
    expect((await b.now()).state).toBe("done");
  });

  it("a task that leaves CONFIRM without us was decided elsewhere, and is told so once", async () => {
    const b = bench();
    await openAwaiting(b);
    b.w.studio.reports.set("task-1", stage("TRAIN"));
    await b.tick(HOUR);
    expect((await b.now()).state).toBe("running");
    expect(b.w.card.told()).toEqual(["demo", "decided-elsewhere"]);
    expect(await decide(b.ports, agree())).toEqual({ type: "nothing-to-decide", state: "running" });
    expect(b.w.studio.confirmed).toEqual([]);
  });
});

describe("a decision that an earlier process has left unsent", () => {
  /** Bob's Confirm is claimed, and the process that should send it is gone. */
  const leftUnsent = async () => {
    const b = bench();
    const c = await openAwaiting(b);
    const at = b.w.clock.now();
    const claim = { id: "claim-1", owner: "gone", by: bob.id, at, leaseUntil: at + MINUTE };
    const decision = { operate: "AGREE", by: bob.id, at, accepted: false } as const;
    const rounds = c.rounds.map((round) => ({ ...round, decision }));
    await b.w.store.replace({ ...c, state: "deciding", claim, rounds });
    return b;
  };

  it("is sent once, by whoever takes it up first", async () => {
    const b = await leftUnsent();
    const left = await b.now();
    let answer: (answer: ConfirmAnswer) => void = () => undefined;
    const confirm = vi.spyOn(b.w.studio, "confirm").mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const taken = [resumeDecision(b.ports, left), resumeDecision(b.ports, left)];
    await vi.waitFor(() => expect(confirm).toHaveBeenCalled());
    await b.tick(9_000);
    answer({ type: "accepted" });
    await Promise.all(taken);
    await b.tick(0);
    expect(confirm).toHaveBeenCalledOnce();
    expect(await b.now()).toMatchObject({ state: "running", rounds: [{ decision: { accepted: true } }] });
  });

  it("is not sent for another demo than the one that was seen", async () => {
    const b = await leftUnsent();
    b.w.clock.advance(DAY);
    b.w.studio.reports.set("task-1", demo("https://demo.example.com/two.mp4?sign=1"));
    await resumeDecision(b.ports, await b.now());
    expect(b.w.studio.confirmed).toEqual([]);
    const c = await b.now();
    expect(c).toMatchObject({ state: "awaiting-decision", rounds: [{ n: 1 }, { n: 2 }] });
    expect(c.rounds[0]?.decision).toBeUndefined();
  });
});

describe("a demo that nobody has looked at for long", () => {
  it("is looked at before a click on its button counts", async () => {
    const b = bench();
    await openAwaiting(b);
    b.w.clock.advance(DAY);
    b.w.studio.reports.set("task-1", demo("https://demo.example.com/two.mp4?sign=1"));
    expect(await decide(b.ports, agree())).toEqual({ type: "old-round", round: 2 });
    expect(b.w.studio.confirmed).toEqual([]);
    expect(b.w.card.told()).toContain("demo");
    await decide(b.ports, agree(bob, 2));
    expect(b.w.studio.confirmed).toHaveLength(1);
  });

  it("may still be decided about when it is the same", async () => {
    const b = bench();
    await openAwaiting(b);
    b.w.clock.advance(DAY);
    await decide(b.ports, agree());
    expect(b.w.studio.confirmed).toHaveLength(1);
  });
});
