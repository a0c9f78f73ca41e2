import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_CARD_LINES, requestCard } from "../../../../src/bot/cards/request-card.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import type { Kind } from "../../../../src/core/kinds.ts";
import { KINDS, needs } from "../../../../src/core/kinds.ts";
import type { Material } from "../../../../src/core/material-record.ts";
import { STATES } from "../../../../src/core/state.ts";
import { accepted, DAY, HOUR, MINUTE, START, task } from "../../../fixtures/customization-fixture.ts";
import { anyRecord } from "./any-record.ts";
import { print } from "./print.ts";
import { ada, file, LOST, NOW, notice, REFUSED, REJECTED, ROUND, ROUND_2, UPLOADING, VIDEO, view } from "./scenes.ts";

/** What only an operator, the vendor or a developer says. */
const JARGON =
  /\b(?:SUBMIT|AUDIT|PROCESS|TRAIN|CONFIRM|WAIT_PROCESS|CRC-64|TaskId|RequestID|coskey|MakeType|undefined|null)\b/;

/** The lines above the buttons, as a phone shows them before it wraps. */
function linesOf(c: Customization): string[] {
  const [, ...shown] = print(requestCard(c, view())).split("\n");
  const firstButton = shown.findIndex((line) => /^\[.+\] .*avatar\./.test(line));
  return firstButton < 0 ? shown : shown.slice(0, firstButton);
}

function expectShort(c: Customization): void {
  const shown = linesOf(c);
  const waits = ["collecting", "ready", "launch-unknown", "awaiting-decision", "decision-unknown"].includes(c.state);
  expect(shown.length, shown.join("\n")).toBeLessThanOrEqual(waits ? MOST_CARD_LINES.waiting : MOST_CARD_LINES.other);
}

const FILES = { "identity-video": "consent.mp4", footage: "take-3.mp4", photo: "ada.png", "voice-package": "ada.zip" };

function filesOf(kind: Kind): Material[] {
  return needs(kind, true).flatMap(({ roles: [role] }, i) =>
    role ? [file(accepted(role, i + 1), FILES[role as keyof typeof FILES] ?? "take.wav", 9e6)] : [],
  );
}

const NO = { type: "launch-refused", code: "100008", said: "resource quota used up", requestId: "9f1c" } as const;
const failing = { since: NOW - HOUR, because: "calling getprogress: ECONNRESET" };

/** A request in each state of a kind, with what makes its card longest. */
function scenesOf(kind: Kind): Customization[] {
  const done = task({ id: "7781203", since: START, lookedAt: NOW - MINUTE });
  const whole = ada({ kind, consentRequired: true, materials: filesOf(kind), task: { ...done, failing } });
  const shared = { ...whole.conversation, shared: "yes" as const };
  const { task: _task, ...before } = whole;
  const sent = [REJECTED, { ...REJECTED, n: 2 }, { ...ROUND_2, n: 3, rejectReason: "no better footage" }];
  return [
    ...STATES.map((state) => ({ ...whole, state, conversation: shared, rounds: [REJECTED, ROUND_2] })),
    { ...whole, state: "awaiting-decision", rounds: sent },
    { ...before, materials: [], state: "collecting" },
    { ...before, materials: [UPLOADING, VIDEO, REFUSED, { ...REFUSED, id: "1/2" }], state: "collecting" },
    { ...before, materials: [...before.materials, REFUSED], conversation: shared, state: "ready" },
    { ...before, state: "ready", history: [{ at: START, event: NO }] },
    { ...before, state: "launch-unknown", history: LOST.history, outbox: [notice({ type: "name-taken", said: "" })] },
    { ...whole, state: "running", task: { ...done, since: NOW - 9 * DAY, failing }, rounds: [REJECTED] },
    { ...whole, state: "done", assets: [{ VirtualmanKey: "8f7be0cc", TimbreKey: "t-1", OriginZoom: 1 }] },
    {
      ...whole,
      state: "done",
      assets: [],
      lookup: { since: 0, nextLookAt: 0, everyMs: 0, ended: "several", count: 2 },
    },
    { ...whole, state: "failed", failure: { said: "face is covered at 00:41", requestId: "9f1c" } },
  ];
}

describe.each(KINDS)("the card of %s", (kind) => {
  it("has few lines and plain words in every state", () => {
    for (const c of scenesOf(kind)) {
      expectShort(c);
      expect(linesOf(c).join("\n").replaceAll(":white_check_mark:", "")).not.toMatch(JARGON);
    }
  });

  it("always has the way to the details", () => {
    for (const c of scenesOf(kind)) expect(print(requestCard(c, view()))).toContain("[Details] avatar.details");
  });
});

it("no record makes a card longer", () => {
  fc.assert(fc.property(anyRecord, expectShort), { numRuns: 150 });
});

it("a headline is the truth in each state", () => {
  const headline = (over: Partial<Customization>) => linesOf(ada(over))[1];
  const base = { task: task({ since: START + 2 * HOUR }), rounds: [ROUND] };
  expect(headline({ materials: [] })).toContain(
    "*ada needs 2 files* — drop them in this thread. Next: <@U0ALICE>, since",
  );
  expect(headline({ state: "ready" })).toMatch(
    /\*Ready to launch\* — <@U0ALICE>, press _Launch_.*Uses 1 quota, non-refundable\.$/,
  );
  expect(headline({ state: "ready", history: [{ at: START, event: NO }] })).toContain(
    "*Out of quota* — nothing was spent",
  );
  expect(headline({ ...base, state: "running" })).toContain(
    "*In production: training* (step 4 of 6) — 3 h so far, usually 4 h",
  );
  expect(headline({ ...base, state: "awaiting-decision" })).toContain(
    "*Demo ready for review* — <@U0BOB>, in the thread, since",
  );
  const refused = { ...ROUND_2, rejectReason: "the footage does not allow it" };
  expect(headline({ ...base, state: "awaiting-decision", rounds: [REJECTED, refused] })).toContain(
    "*Training again was refused* — demo 1 still waits for <@U0BOB>",
  );
  expect(headline({ ...base, state: "awaiting-decision", rounds: [REJECTED, ROUND_2] })).toContain(
    "*Demo 2 ready for review*",
  );
  expect(headline({ state: "launch-unknown" })).toContain(
    "*We lost the reply to this launch* — it may have used 1 quota, so it is not repeated.",
  );
  expect(headline({ state: "done", assets: [] })).toContain("*Done* — ready to use");
});
