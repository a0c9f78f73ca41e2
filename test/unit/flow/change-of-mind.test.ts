import { describe, expect, it } from "vitest";
import type { RequestEdit } from "../../../src/core/change-of-mind.ts";
import { isRefusal } from "../../../src/core/refusal.ts";
import { checkMaterials } from "../../../src/flow/check-material.ts";
import { decide } from "../../../src/flow/decide.ts";
import { editRequest } from "../../../src/flow/edit-request.ts";
import { launch } from "../../../src/flow/launch.ts";
import { deliverOutbox } from "../../../src/flow/outbox.ts";
import { replaceApprover } from "../../../src/flow/replace-approver.ts";
import { setApprovers } from "../../../src/flow/set-approvers.ts";
import { setReferenceText } from "../../../src/flow/texts.ts";
import { transferRequest } from "../../../src/flow/transfer-request.ts";
import {
  APPROVER,
  accepted,
  newCustomization,
  OPERATOR,
  REQUESTER,
  TEAM,
} from "../../fixtures/customization-fixture.ts";
import type { Bench } from "./bench.ts";
import { alice, bench, bob, eve, openAwaiting, openReady, openRunning } from "./bench.ts";

const operator = { id: OPERATOR, team: TEAM };
const carol = { id: "U0CAROL", team: TEAM };
const SAME: RequestEdit = { name: "Anchor-1", approvers: [APPROVER] };

async function edit(b: Bench, over: Partial<RequestEdit>, who = alice) {
  return editRequest(b.ports, { id: "AV-1", edit: { ...SAME, ...over }, who });
}

describe("Edit", () => {
  it("makes a new revision, so that a Launch button from before does nothing", async () => {
    const b = bench();
    await openReady(b);
    expect(await edit(b, { name: "Anchor-2", notes: "blue suit" })).toMatchObject({ edited: { revision: 3 } });
    expect(await launch(b.ports, { id: "AV-1", revision: 2, who: alice })).toEqual({ type: "materials-changed" });
    expect(await launch(b.ports, { id: "AV-1", revision: 3, who: alice })).toMatchObject({ name: "Anchor-2" });
    expect(b.w.studio.made).toMatchObject([{ name: "Anchor-2", notes: "blue suit" }]);
  });

  it("empties a field, and writes nothing where nothing differs", async () => {
    const b = bench();
    await openReady(b, { notes: "old" });
    expect(await edit(b, {})).toMatchObject({ edited: { revision: 3 } });
    expect((await b.now()).notes).toBeUndefined();
    const before = await b.now();
    await edit(b, {});
    expect(await b.now()).toBe(before);
  });

  it("keeps the rules of the form, and those of a name in use", async () => {
    const b = bench();
    await openReady(b);
    await b.ports.store.create(newCustomization({ formId: "V2", name: "Taken" }));
    expect(await edit(b, { name: "x", approvers: [REQUESTER] })).toEqual({
      fields: { name: { type: "name-rule" }, approvers: { type: "nobody-can-decide" } },
    });
    expect(await edit(b, { language: "eng" })).toMatchObject({ fields: { language: { type: "not-for-kind" } } });
    expect(await edit(b, { name: "taken" })).toEqual({ fields: { name: { type: "name-in-use" } } });
  });

  it("is for the requester and operators, before Launch, and never while it is launched", async () => {
    const b = bench();
    await openReady(b);
    expect(await edit(b, { name: "Other" }, bob)).toMatchObject({ refused: { type: "may-not-change" } });
    expect(await edit(b, { name: "Other" }, operator)).toHaveProperty("edited");
    const held = { answer: (): void => undefined };
    b.w.studio.make = () =>
      new Promise((answered) => {
        held.answer = () => answered({ type: "created", taskId: "task-1" });
      });
    const launching = launch(b.ports, { id: "AV-1", revision: 3, who: alice });
    await b.until("launching");
    const busy = { type: "busy", by: alice.id, doing: "launching" };
    expect(await edit(b, { name: "Third" })).toEqual({ refused: busy });
    expect(await setApprovers(b.ports, { id: "AV-1", approvers: [carol.id], who: operator })).toEqual(busy);
    expect(await transferRequest(b.ports, { id: "AV-1", to: carol.id, who: alice })).toEqual(busy);
    held.answer();
    await launching;
    expect(await edit(b, { name: "Third" })).toEqual({ refused: { type: "not-editable" } });
  });
});

describe("another language or reference text", () => {
  const recording = accepted("recording", 3, {
    check: { of: "evaluation", task: "check-0", startedAt: 0, nextLookAt: 0, everyMs: 1, verdict: "passed" },
  });
  const voice = {
    kind: "VOICE",
    materials: [accepted("identity-video", 1), accepted("voice-package", 2), recording],
  } as const;
  const VOICE: RequestEdit = { ...SAME, language: "eng" };

  it("has the recording inspected again, and Launch waits for it", async () => {
    const b = bench();
    await openReady(b, { ...voice, materials: [...voice.materials] });
    await editRequest(b.ports, { id: "AV-1", edit: VOICE, who: alice });
    expect(await b.now()).toMatchObject({ state: "collecting" });
    const { revision } = await b.now();
    expect(await launch(b.ports, { id: "AV-1", revision, who: alice })).toMatchObject({ type: "not-ready" });
    await checkMaterials(b.ports, "AV-1");
    expect(b.w.voices.asked).toMatchObject([{ language: "eng" }]);
    b.w.voices.reports = [{ type: "evaluated", metrics: [] }];
    await b.tick();
    expect(await b.now()).toMatchObject({ state: "ready" });
    await deliverOutbox(b.ports, "AV-1");
    expect(b.w.card.said.map(({ key }) => key)).toContain(`check-${recording.id}-1`);
  });

  it("gives a recording that was refused by its inspection another chance", async () => {
    const b = bench();
    const refused = { ...recording, state: "refused", refusal: { type: "check-failed", of: "evaluation" } } as const;
    await b.open({ kind: "VOICE", materials: [accepted("identity-video", 1), accepted("voice-package", 2), refused] });
    await setReferenceText(b.ports, { id: "AV-1", text: "The quick brown fox.", who: alice });
    expect((await b.now()).materials[2]).toMatchObject({ state: "stored", check: { again: 1 } });
    expect((await b.now()).materials[2]?.refusal).toBeUndefined();
    await setReferenceText(b.ports, { id: "AV-1", text: "The quick brown fox.", who: alice });
    expect((await b.now()).materials[2]).toMatchObject({ check: { again: 1 } });
  });

  it("gives an ultra-fast voice texts in the new language", async () => {
    const b = bench();
    await b.open({ kind: "ZERO_SHOT_VOICE", texts: [{ id: "text-0", text: "你好" }], chosenText: "text-0" });
    await editRequest(b.ports, { id: "AV-1", edit: VOICE, who: alice });
    expect((await b.now()).chosenText).toBeUndefined();
    await deliverOutbox(b.ports, "AV-1");
    expect((await b.now()).texts?.map(({ id }) => id)).toEqual(["text-1", "text-2"]);
    expect(b.w.voices.languages).toEqual(["eng"]);
    expect(b.w.card.told()).toContain("texts");
  });
});

describe("approvers", () => {
  it("who are new are told: that they are, or by the demo that waits", async () => {
    const b = bench();
    await openReady(b);
    await setApprovers(b.ports, { id: "AV-1", approvers: [APPROVER, carol.id], who: alice });
    await deliverOutbox(b.ports, "AV-1");
    expect(b.w.card.told()).toEqual(["approver-added"]);
    const waiting = bench();
    await openAwaiting(waiting);
    expect(await setApprovers(waiting.ports, { id: "AV-1", approvers: [carol.id], who: alice })).toMatchObject({
      type: "may-not-replace-approver",
    });
    await setApprovers(waiting.ports, { id: "AV-1", approvers: [carol.id], who: operator });
    await deliverOutbox(waiting.ports, "AV-1");
    expect(waiting.w.card.told().at(-1)).toBe("demo-direct");
    expect((await waiting.now()).history.at(-1)?.event).toEqual({
      type: "approvers-changed",
      added: [carol.id],
      gone: [APPROVER],
    });
  });

  it("pass their own part on, by the form's rules", async () => {
    const b = bench();
    await openAwaiting(b);
    const ask = { id: "AV-1", gone: bob.id, now: carol.id, who: bob };
    expect(await replaceApprover(b.ports, { ...ask, who: eve })).toMatchObject({ type: "may-not-replace-approver" });
    expect(await replaceApprover(b.ports, { ...ask, now: alice.id })).toEqual({ type: "nobody-can-decide" });
    expect(await replaceApprover(b.ports, ask)).toMatchObject({ approvers: [carol.id] });
    const mine = await decide(b.ports, { id: "AV-1", round: 1, operate: "AGREE", who: bob });
    expect(mine).toMatchObject({ type: "may-not-decide", may: [carol.id] });
  });
});

describe("a new owner", () => {
  it("launches and answers for it; none who ever had it, or launched it, decides", async () => {
    const b = bench();
    await openAwaiting(b, { approvers: [APPROVER, alice.id, carol.id, "U0DAN"] });
    expect(await transferRequest(b.ports, { id: "AV-1", to: carol.id, who: eve })).toMatchObject({
      type: "may-not-change",
    });
    await transferRequest(b.ports, { id: "AV-1", to: carol.id, who: alice });
    await transferRequest(b.ports, { id: "AV-1", to: "U0DAN", who: carol });
    expect(await b.now()).toMatchObject({ requester: "U0DAN", formerRequesters: [alice.id, carol.id] });
    for (const who of [alice, carol, { id: "U0DAN", team: TEAM }]) {
      const refused = await decide(b.ports, { id: "AV-1", round: 1, operate: "AGREE", who });
      expect(refused).toMatchObject({ type: "may-not-decide", isRequester: true, may: [APPROVER] });
    }
    expect(isRefusal(await decide(b.ports, { id: "AV-1", round: 1, operate: "AGREE", who: bob }))).toBe(false);
    expect(b.w.card.told()).toContain("owner-changed");
  });

  it("who was its only approver needs another one first", async () => {
    const b = bench();
    await openRunning(b);
    expect(await transferRequest(b.ports, { id: "AV-1", to: bob.id, who: alice })).toEqual({
      type: "owner-only-approver",
      user: bob.id,
    });
    await setApprovers(b.ports, { id: "AV-1", approvers: [APPROVER, carol.id], who: operator });
    expect(await transferRequest(b.ports, { id: "AV-1", to: bob.id, who: alice })).toMatchObject({ requester: bob.id });
  });

  it("has room for it, and the old one's yes to files of others ends", async () => {
    const b = bench();
    await openReady(b, { trusted: [{ dropper: eve.id, role: "footage", by: alice.id, at: 1 }] });
    const full = { ...b.ports, settings: { ...b.ports.settings, maxOpenPerPerson: 0 } };
    expect(await transferRequest(full, { id: "AV-1", to: carol.id, who: alice })).toMatchObject({
      type: "too-many-open",
    });
    await transferRequest(b.ports, { id: "AV-1", to: carol.id, who: alice });
    expect((await b.now()).trusted).toBeUndefined();
    expect(await transferRequest(b.ports, { id: "AV-1", to: carol.id, who: operator })).toMatchObject({
      type: "owner-already",
    });
  });

  it("whoever launched it does not approve it either", async () => {
    const b = bench({ policy: { launchers: [bob.id] } });
    await openReady(b, { approvers: [APPROVER, carol.id] });
    await launch(b.ports, { id: "AV-1", revision: 2, who: bob });
    await b.tick();
    expect(await decide(b.ports, { id: "AV-1", round: 1, operate: "AGREE", who: bob })).toMatchObject({
      type: "may-not-decide",
      may: [carol.id],
    });
  });
});
