import { describe, expect, it } from "vitest";
import { noticeDelivery } from "../../../../src/bot/cards/notices.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import { APPROVER, HOUR, START } from "../../../fixtures/customization-fixture.ts";
import { labels, outcome, print } from "./print.ts";
import { AWAITING, ada, NOW, notice, REJECTED, ROUND, ROUND_2, told, view } from "./scenes.ts";

describe("a demo", () => {
  const demo = { type: "demo", round: 1 } as const;
  const pending = told(AWAITING, demo);

  it("carries its links, calls the approvers once and asks for a decision", () => {
    expect(print(pending)).toMatchInlineSnapshot(`
      "text: Demo 1 of ada is there.
      *Demo 1 of ada is there.* <@U0BOB>: please watch it, then confirm or reject.
      :clapper: <https://bucket-125.cos.ap-guangzhou.myqcloud.com/train/ada_1.mp4?q-ak=AK&amp;q-sign=1|ada_1.mp4> on \`bucket-125.cos.ap-guangzhou.myqcloud.com\`
      ~ These links expire. _Open the demo_ gets you fresh ones.
      Only the request's approvers can decide, and the first decision counts.
      [Open the demo] avatar.open-demo {"type":"open-demo","id":"AV-12","round":1}
      [Confirm] primary avatar.confirm {"type":"confirm","id":"AV-12","round":1}
         Confirm demo 1? "ada" is then finished as this demo shows it, and belongs to the account. This cannot be undone. (Confirm | Not yet)
      [Reject…] danger avatar.reject {"type":"reject","id":"AV-12","round":1}
      [Pass to…] avatar.pass-to {"type":"pass-to","id":"AV-12"}"
    `);
    expect(JSON.stringify(pending).match(/<@/g)).toHaveLength(1);
  });

  it("shows the vendor's links so that they are not unfurled: the label is part of the address", () => {
    expect(print(pending)).toContain("?q-ak=AK&amp;q-sign=1|ada_1.mp4>");
  });

  it("tells of the demo before, the refused retrain and a decision that the vendor seems to have lost", () => {
    const second = { ...ROUND_2, stale: true, rejectReason: "The footage is too dark." };
    const shown = told(ada({ state: "awaiting-decision", rounds: [REJECTED, second] }), { type: "demo", round: 2 });
    expect(print(shown)).toMatchInlineSnapshot(`
      "text: Demo 1 of ada still waits for a decision.
      *Demo 1 of ada still waits for a decision.* <@U0BOB>: please watch it, then confirm or reject.
      :clapper: <https://bucket-125.cos.ap-guangzhou.myqcloud.com/train/ada_1.mp4?q-ak=AK&amp;q-sign=1|ada_1.mp4> on \`bucket-125.cos.ap-guangzhou.myqcloud.com\`
      :warning: Demo 1 was rejected, <!date^1762176600^{date_short_pretty} {time}|2025-11-03T13:30Z>, but Tencent Cloud still shows the same demo and waits. It is slow, or it has lost the decision: you can decide again.
      :warning: Tencent Cloud refused to train it again: “The footage is too dark.” You can confirm this demo, or reject it with another reason.
      ~ *Demo 1* was rejected, <!date^1762176600^{date_short_pretty} {time}|2025-11-03T13:30Z>: “The lips lag.”
      ~ These links expire. _Open the demo_ gets you fresh ones.
      Only the request's approvers can decide, and the first decision counts.
      [Open the demo] avatar.open-demo {"type":"open-demo","id":"AV-12","round":2}
      [Confirm] primary avatar.confirm {"type":"confirm","id":"AV-12","round":2}
         Confirm demo 1? "ada" is then finished as this demo shows it, and belongs to the account. This cannot be undone. (Confirm | Not yet)
      [Reject…] danger avatar.reject {"type":"reject","id":"AV-12","round":2}
      [Pass to…] avatar.pass-to {"type":"pass-to","id":"AV-12"}"
    `);
    expect(JSON.stringify(shown).match(/<@/g)).toHaveLength(1);
  });

  it("settles from its buttons to who is at work, to the outcome and its time", () => {
    const decision = { operate: "AGREE", by: APPROVER, at: NOW, accepted: false } as const;
    const deciding: Customization = { ...AWAITING, state: "deciding", rounds: [{ ...ROUND, decision }] };
    expect(outcome(pending, told(deciding, demo))).toBe(":hourglass_flowing_sand: Confirming: working, by <@U0BOB>.");
    const confirmed: Customization = {
      ...deciding,
      state: "running",
      rounds: [{ ...ROUND, decision: { ...decision, accepted: true } }],
    };
    expect(outcome(pending, told(confirmed, demo))).toBe(
      ":white_check_mark: Confirmed by <@U0BOB>, <!date^1762178400^{date_short_pretty} {time}|2025-11-03T14:00Z>.",
    );
  });

  it("settles when it was rejected, and stays so when the next round has buttons", () => {
    const next = ada({ state: "awaiting-decision", rounds: [REJECTED, ROUND_2] });
    expect(outcome(pending, told(next, demo))).toBe(
      ":leftwards_arrow_with_hook: Rejected by <@U0BOB>, <!date^1762176600^{date_short_pretty} {time}|2025-11-03T13:30Z>: “The lips lag.” It goes back to training.",
    );
  });

  it.each([
    ["no", "“no”. It goes back to training."],
    ["The lips lag!", "“The lips lag!” It goes back to training."],
  ])("ends the sentence after the reason %j", (reason, said) => {
    const decision = { operate: "REJECT", by: APPROVER, at: NOW, accepted: true, reason } as const;
    const rejected = ada({ state: "running", rounds: [{ ...ROUND, decision }] });
    expect(outcome(pending, told(rejected, demo))).toContain(said);
  });

  it("settles when it was decided elsewhere, lost or left", () => {
    const elsewhere = { at: NOW, event: { type: "decided-elsewhere", round: 1 } as const };
    expect(outcome(pending, told({ ...AWAITING, state: "running", history: [elsewhere] }, demo))).toBe(
      "Decided elsewhere, not through this bot.",
    );
    const decision = { operate: "REJECT", by: APPROVER, at: NOW, accepted: false } as const;
    const lost: Customization = { ...AWAITING, state: "decision-unknown", rounds: [{ ...ROUND, decision }] };
    expect(outcome(pending, told(lost, demo))).toContain("rejected it, ");
    expect(outcome(pending, told({ ...AWAITING, state: "cancelled" }, demo))).toBe(
      "No decision is open any more: cancelled.",
    );
  });

  it("says so when a link is longer than Slack takes", () => {
    const long = `https://bucket.example.com/demo.mp4?sign=${"x".repeat(3000)}`;
    const shown = print(told({ ...AWAITING, rounds: [{ ...ROUND, demos: [long] }] }, demo));
    expect(shown).toContain("Demo 1: its link is longer than Slack takes.");
  });
});

it("in the direct message of somebody who approves no more has neither links, reason nor buttons", () => {
  const rounds = [{ ...ROUND, rejectReason: "The footage is too dark." }];
  const waiting = ada({ state: "awaiting-decision", rounds });
  const direct = (to: string) => told(waiting, { type: "demo-direct", round: 1, to });
  expect(print(direct(APPROVER))).toMatch(/ada_1\.mp4[\s\S]*too dark[\s\S]*\[Confirm\]/);
  expect(labels(direct("U0GONE"))).toEqual([]);
  expect(print(direct("U0GONE"))).not.toMatch(/ada_1\.mp4|too dark/);
});

describe("a decision whose answer was lost", () => {
  const what = { type: "decision-unknown", round: 1 } as const;
  const lost: Customization = {
    ...AWAITING,
    state: "decision-unknown",
    rounds: [{ ...ROUND, decision: { operate: "AGREE", by: APPROVER, at: START + HOUR, accepted: false } }],
    history: [
      { at: START + HOUR, by: APPROVER, event: { type: "decided", round: 1, operate: "AGREE" } },
      { at: START + HOUR, event: { type: "decision-unknown", round: 1, because: "reset", requestId: "9f1c" } },
    ],
    outbox: [notice(what)],
  };

  it("asks the person who decided to look, and offers the same round again", () => {
    expect(print(told(lost, what))).toMatchInlineSnapshot(`
      "text: Nobody knows whether the decision about demo 1 of ada arrived.
      *Nobody knows whether the decision about demo 1 of ada arrived.* <@U0BOB>: if the card does not move on by itself, decide again here.
      You confirmed it, <!date^1762164000^{date_short_pretty} {time}|2025-11-03T10:00Z>, but no clear answer came back (reset), and the progress does not tell either. Looking goes on.
      RequestID for its support: \`9f1c\`
      ~ Only the request's approvers can decide, and the first decision counts.
      [Open the demo] avatar.open-demo {"type":"open-demo","id":"AV-12","round":1}
      [Confirm] primary avatar.confirm {"type":"confirm","id":"AV-12","round":1}
         Confirm demo 1? "ada" is then finished as this demo shows it, and belongs to the account. This cannot be undone. (Confirm | Not yet)
      [Reject…] danger avatar.reject {"type":"reject","id":"AV-12","round":1}
      [Pass to…] avatar.pass-to {"type":"pass-to","id":"AV-12"}"
    `);
  });

  it("settles with the decision, and when a newer attempt was lost too", () => {
    const pending = told(lost, what);
    expect(outcome(pending, told({ ...lost, state: "awaiting-decision" }, what))).toContain("Decide again at the demo");
    const newer = { ...notice(what), key: "another" };
    expect(labels(noticeDelivery({ ...lost, outbox: [notice(what), newer] }, notice(what)).message(view()))).toEqual(
      [],
    );
    expect(labels(noticeDelivery({ ...lost, outbox: [notice(what), newer] }, newer).message(view()))).toEqual([
      "Open the demo",
      "Confirm",
      "Reject…",
      "Pass to…",
    ]);
  });
});
