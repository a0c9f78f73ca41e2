import fc from "fast-check";
import { expect, test } from "vitest";
import { applyPoll } from "../../../src/core/apply-poll.ts";
import type { Customization } from "../../../src/core/customization.ts";
import { customizationSchema } from "../../../src/core/customization.ts";
import { dueAt } from "../../../src/core/due-at.ts";
import { KINDS, MATERIAL_ROLES, needs } from "../../../src/core/kinds.ts";
import { FILE_FORMATS } from "../../../src/core/material.ts";
import type { ProgressReport } from "../../../src/core/poll-plan.ts";
import { planPoll } from "../../../src/core/poll-plan.ts";
import { currentMaterial, isOnItsWay, lastRound, missingNeeds, withMaterial } from "../../../src/core/record.ts";
import type { State } from "../../../src/core/state.ts";
import {
  canMove,
  collects,
  isFollowed,
  isOver,
  STATES,
  stageSchema,
  stageStatusSchema,
} from "../../../src/core/state.ts";
import { accepted, customization, HOUR, MINUTE, round, START, task } from "../../fixtures/customization-fixture.ts";
import type { Event } from "./journey.ts";
import { happen } from "./journey.ts";

const demo = fc.constantFrom("one", "two", "three").map((name) => `https://demo.example.com/${name}.mp4?sign=${name}`);
const anyReport: fc.Arbitrary<ProgressReport> = fc
  .record(
    {
      status: fc.constantFrom("MAKING", "MAKING", "MAKING", "MAKING", "SUCCESS", "FAIL"),
      stage: fc.constantFrom(...stageSchema.options),
      stageStatus: fc.constantFrom(...stageStatusSchema.options),
      demos: fc.array(demo, { maxLength: 2 }),
      trainRecord: fc.constantFrom("", "one round"),
      assets: fc.constantFrom([], [{ VirtualmanKey: "vk" }]),
      rejectReason: fc.constant("no"),
      failMessage: fc.constant("too dark"),
      requestId: fc.constant("r-1"),
    },
    { requiredKeys: ["status", "demos", "trainRecord", "assets"] },
  )
  .map((r): ProgressReport => r);
const offering = anyReport.map(
  (r): ProgressReport => ({ ...r, status: "MAKING", stage: "CONFIRM", stageStatus: "WAIT_PROCESS" }),
);
const later = fc.constantFrom(0, MINUTE, 16 * MINUTE);

const dropping: fc.Arbitrary<Event> = fc.record({
  type: fc.constant("drop"),
  n: fc.nat(500),
  format: fc.oneof(fc.constantFrom("mp4", "pdf", "png"), fc.constantFrom(...FILE_FORMATS)),
  size: fc.oneof({ weight: 9, arbitrary: fc.constant(1000) }, fc.constantFrom(0, 20 * 1024 ** 3)),
  caption: fc.constantFrom("", "consent", "footage", "consent and footage"),
  several: fc.boolean(),
});
const which = fc.integer({ min: -3, max: 3 });
const receiving: fc.Arbitrary<Event> = fc.oneof(
  dropping,
  fc.record({ type: fc.constant("answer"), which, role: fc.constantFrom(...MATERIAL_ROLES) }),
  fc.record({ type: fc.constant("upload ends"), which, well: fc.constantFrom(true, true, false) }),
);
const following: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ type: fc.constant("launch") }),
  fc.record({ type: fc.constant("make answers"), answer: fc.constantFrom("created", "created", "refused", "unknown") }),
  fc.record({ type: fc.constant("look"), report: fc.oneof(anyReport, offering), later }),
  fc.record({ type: fc.constant("decide"), operate: fc.constantFrom("AGREE", "REJECT") }),
  fc.record({ type: fc.constant("confirm answers"), answer: fc.constantFrom("accepted", "refused", "unknown") }),
  fc.record({ type: fc.constantFrom("task found", "look fails") }),
);
/** Offers of an event, of which the first that applies happens. */
const offers: fc.Arbitrary<Event[]> = fc.oneof(
  { weight: 60, arbitrary: fc.tuple(following, following, receiving, receiving) },
  { weight: 20, arbitrary: fc.tuple(receiving, following) },
  { weight: 1, arbitrary: fc.constant<Event[]>([{ type: "cancel" }]) },
);

/** A request at its beginning, or with all that it needs. */
const begun = fc
  .record({ kind: fc.constantFrom(...KINDS), consentRequired: fc.boolean(), complete: fc.boolean() })
  .map(({ kind, consentRequired, complete }) => {
    const roles = complete ? needs(kind, consentRequired).flatMap((need) => need.roles.slice(-1)) : [];
    return roles.map((role) => accepted(role)).reduce(withMaterial, customization({ kind, consentRequired }));
  });

/** What must hold of every record that anything leads to. */
function checkRecord(c: Customization): void {
  expect(customizationSchema.parse(c)).toEqual(c);
  expect(new Set(c.outbox.map((notice) => notice.key)).size).toBe(c.outbox.length);
  expect(new Set(c.materials.map((m) => m.id)).size).toBe(c.materials.length);
  expect(c.rounds.map((r) => r.n)).toEqual(c.rounds.map((_, i) => i + 1));
  if (collects(c.state)) {
    const waits = missingNeeds(c).length > 0 || c.materials.some((m) => m.role && isOnItsWay(m));
    expect(c.state).toBe(waits ? "collecting" : "ready");
  } else if (c.state !== "cancelled") expect(missingNeeds(c)).toEqual([]);
  for (const m of c.materials) {
    if (m.replacedBy === undefined) continue;
    const newer = c.materials.find((o) => o.id === m.replacedBy);
    expect(["accepted", "receiving", "stored", "checking"]).toContain(m.state);
    expect([newer?.state, newer?.role]).toEqual(["accepted", m.role]);
    expect(Number(newer?.file.ts)).toBeGreaterThanOrEqual(Number(m.file.ts));
  }
  for (const role of MATERIAL_ROLES) {
    const current = c.materials.filter((m) => m.role === role && m.state === "accepted" && m.replacedBy === undefined);
    expect(current.length).toBeLessThanOrEqual(1);
    if (current[0]) expect(needs(c.kind, c.consentRequired).some((need) => need.roles.includes(role))).toBe(true);
  }
  const decides = c.state === "awaiting-decision" || c.state === "deciding" || c.state === "decision-unknown";
  if (decides) expect(lastRound(c)).toBeDefined();
  if (decides || isFollowed(c.state) || c.state === "done" || c.state === "failed") expect(c.task).toBeDefined();
  if (c.state === "awaiting-decision") expect(lastRound(c)?.decision).toBeUndefined();
  if (c.state === "deciding" || c.state === "decision-unknown") expect(lastRound(c)?.decision?.accepted).toBe(false);
  expect(c.claim !== undefined).toBe(c.state === "launching" || c.state === "deciding");
  expect(Number.isFinite(dueAt(c) ?? 0)).toBe(true);
  if (isFollowed(c.state) || c.claim) expect(dueAt(c)).toBeDefined();
}

const sent = (c: Customization) => MATERIAL_ROLES.map((role) => currentMaterial(c, role)?.id);

/** What must hold between one record and the next. */
function checkStep(before: Customization, after: Customization): void {
  expect(before.state === after.state || canMove(before.state, after.state)).toBe(true);
  const lines = (c: Customization) => c.history.filter(({ event }) => event.type !== "file-refused");
  expect(lines(after).slice(0, lines(before).length)).toEqual(lines(before));
  const count = (c: Customization) => c.history.reduce((sum, line) => sum + 1 + (line.before ?? 0), 0);
  expect(count(after)).toBeGreaterThanOrEqual(count(before));
  const changed = JSON.stringify(sent(before)) !== JSON.stringify(sent(after));
  expect(after.revision - before.revision).toBe(changed ? 1 : 0);
  expect(after.rounds.length).toBeGreaterThanOrEqual(before.rounds.length);
  expect(after.rounds.slice(0, -1).map((r) => r.fingerprint)).toEqual(
    before.rounds.slice(0, Math.max(0, after.rounds.length - 1)).map((r) => r.fingerprint),
  );
}

test("no sequence of events reaches an illegal state", () => {
  const reached = new Map<State, number>();
  fc.assert(
    fc.property(begun, fc.array(offers, { minLength: 1, maxLength: 60, size: "max" }), (from, steps) => {
      let c = from;
      for (const [i, events] of steps.entries()) {
        const now = START + i * MINUTE;
        const next = events.map((event) => happen(c, event, now)).find((made) => made !== c) ?? c;
        checkStep(c, next);
        checkRecord(next);
        c = next;
        reached.set(c.state, (reached.get(c.state) ?? 0) + 1);
      }
    }),
    { numRuns: 300 },
  );
  expect(new Set(reached.keys())).toEqual(new Set(STATES));
});

test("whatever a report says, of whatever is followed, the record stays legal", () => {
  const decision = fc.record({
    operate: fc.constantFrom("AGREE", "REJECT"),
    by: fc.constant("U0BOB"),
    at: fc.constantFrom(START, START + HOUR),
    accepted: fc.constant(true),
  });
  const rounds = fc.array(fc.record({ demos: fc.array(demo, { maxLength: 2 }), decision, stale: fc.boolean() }), {
    maxLength: 3,
  });
  const stage = fc.constantFrom(...stageSchema.options);
  fc.assert(
    fc.property(
      fc.constantFrom(...STATES.filter(isFollowed)),
      rounds,
      stage,
      anyReport,
      later,
      (state, past, at, seen, ms) => {
        const all = past.map((over, i) => {
          const { decision, ...open } = round({ ...over, n: i + 1 });
          const isLast = i === past.length - 1;
          if (!decision || (isLast && state === "awaiting-decision")) return open;
          return { ...open, decision: { ...decision, accepted: !(isLast && state === "decision-unknown") } };
        });
        if (all.length === 0 && state !== "running") return;
        const materials = customization().materials;
        const c = customization({ kind: "IMAGE", state, materials, rounds: all, task: task({ stage: at }) });
        const now = START + HOUR + ms;
        const after = applyPoll(c, planPoll(c, seen, now), seen, now, { min: 1, max: 2 });
        checkStep(c, after);
        expect(after.task?.lookedAt).toBe(now);
        expect(after.task?.nextLookAt).toBeGreaterThan(now);
        if (isOver(after.state)) expect(after.outbox.some((notice) => notice.key === after.state)).toBe(true);
        expect(after.rounds.filter((r) => r.decision?.accepted === false).length).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 1000 },
  );
});
