import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptDecision, afterFailedPoll, applyPoll, offerToNewcomer } from "../../../src/core/apply-poll.ts";
import { applyCheck, arrived, checkLater, checkStarted, override } from "../../../src/core/check-plan.ts";
import type { Customization } from "../../../src/core/customization.ts";
import { customizationSchema } from "../../../src/core/customization.ts";
import type { Material } from "../../../src/core/material-record.ts";
import {
  addNotice,
  note,
  refuseMaterial,
  withLastRound,
  withMaterial,
  withoutClaim,
  withTask,
} from "../../../src/core/record.ts";
import { upgradeRecord } from "../../../src/store/upgrade-record.ts";
import { offer, report } from "../../fixtures/customization-fixture.ts";
import { recordedDocuments } from "../../fixtures/recorded-store.ts";
import { unknownKeysIn, withUnknownKeys } from "../../fixtures/unknown-keys.ts";

const records = [...recordedDocuments().values()].map((json) => customizationSchema.parse(upgradeRecord(json)));
const anyRecord = fc.constantFrom(...records).map(withUnknownKeys);
const LIMITS = { min: 1000, max: 60_000 };

/** What a change may take away with all that is in it; the rest of the record has to stay. */
interface Change {
  readonly change: (c: Customization, m: Material, at: number) => Customization;
  readonly removes?: (c: Customization, m: Material) => readonly unknown[];
}

const CHANGES: Readonly<Record<string, Change>> = {
  note: { change: (c, _m, at) => note(c, at, { type: "opened" }) },
  addNotice: { change: (c, _m, at) => addNotice(c, at, "new", { type: "card" }) },
  withMaterial: { change: (c, m) => withMaterial(c, { ...m, state: "accepted" }) },
  refuseMaterial: {
    change: (c, m, at) => refuseMaterial(c, m, { type: "empty-file" }, at),
    removes: (_c, m) => [m.upload, m.refusal],
  },
  withLastRound: { change: (c) => withLastRound(c, (round) => ({ ...round, stale: true })) },
  withTask: { change: (c, _m, at) => withTask(c, { nextLookAt: at }) },
  withoutClaim: { change: withoutClaim, removes: (c) => [c.claim] },
  afterFailedPoll: { change: (c, _m, at) => afterFailedPoll(failing(c), "no answer", at, LIMITS) },
  acceptDecision: { change: (c, _m, at) => acceptDecision(c, at) },
  offerToNewcomer: { change: (c, _m, at) => offerToNewcomer(c, "U0CAROL", at) },
  "applyPoll: a stage": {
    change: (c, _m, at) => applyPoll(c, { type: "stage" }, report({ stage: "PROCESS" }), at, LIMITS),
    removes: (c) => [c.task?.failing],
  },
  "applyPoll: a demo": {
    change: (c, _m, at) =>
      c.state === "running"
        ? applyPoll(
            c,
            { type: "demo", elsewhere: false, round: { n: 9, offeredAt: at, demos: [], fingerprint: "" } },
            offer(),
            at,
            LIMITS,
          )
        : c,
    removes: (c) => [c.task?.failing],
  },
  arrived: { change: arrived, removes: (_c, m) => [m.check] },
  checkStarted: {
    change: (c, m, at) => checkStarted(c, m, { task: "t", compared: true }, at, 1000),
    removes: (_c, m) => [m.check?.failing],
  },
  checkLater: { change: (c, m, at) => checkLater(c, m, at, LIMITS, "no answer") },
  applyCheck: {
    change: (c, m, at) => applyCheck(c, m, { type: "evaluated", metrics: [] }, at, LIMITS),
    removes: (_c, m) => [m.check?.failing, m.check?.metrics, m.refusal, m.upload],
  },
  override: { change: (c, m, at) => override(c, m, "U0ALICE", at) },
};

/** The task's looks have been failing, and a later version says more about it. */
function failing(c: Customization): Customization {
  const { task } = withUnknownKeys({ task: { failing: { since: 1, because: "no answer" } } });
  return c.task ? { ...c, task: { ...c.task, failing: task.failing } } : c;
}

describe("keys of a later version outlive what we do to a record", () => {
  it.each(Object.entries(CHANGES))("%s", (_name, { change, removes = () => [] }) => {
    fc.assert(
      fc.property(anyRecord, fc.nat(), fc.nat(), (c, nth, at) => {
        const m = c.materials[nth % c.materials.length];
        if (!m) throw new Error("every recorded request has a file");
        const mayGo = new Set(removes(c, m).flatMap((gone) => unknownKeysIn(gone)));
        const kept = new Set(unknownKeysIn(change(c, m, at)));
        expect(unknownKeysIn(c).filter((number) => !kept.has(number) && !mayGo.has(number))).toEqual([]);
      }),
    );
  });

  it("how long looks have failed is told with them", () => {
    const c = records.find((record) => record.state === "running");
    if (!c) throw new Error("a running request was recorded");
    const failed = afterFailedPoll(failing(c), "reset", 5, LIMITS).task?.failing;
    expect(failed).toMatchObject({ since: 1, because: "reset" });
    expect(unknownKeysIn(failed)).toHaveLength(1);
  });
});
