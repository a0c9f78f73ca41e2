import { describe, expect, it, vi } from "vitest";
import { Fault } from "../../../src/core/fault.ts";
import { cancel } from "../../../src/flow/cancel.ts";
import { decide } from "../../../src/flow/decide.ts";
import { launch } from "../../../src/flow/launch.ts";
import { replaceApprover } from "../../../src/flow/replace-approver.ts";
import { findRequest, listRequests, openDemo } from "../../../src/flow/show.ts";
import { APPROVER, OPERATOR, REQUESTER, TEAM } from "../../fixtures/customization-fixture.ts";
import { demo } from "../../twins/twins.ts";
import { alice, bench, bob, eve, openAwaiting, openReady, openRunning, stranger } from "./bench.ts";

const operator = { id: OPERATOR, team: TEAM };
const member = async (): Promise<boolean | undefined> => true;
const noMember = async (): Promise<boolean | undefined> => false;
const hidden = { team: TEAM, channel: "G1", visibility: "private", card: "100.000" } as const;

describe("who sees a request", () => {
  it("is decided by what its channel is now, and nobody new sees it while Slack does not say", async () => {
    const b = bench();
    await b.open();
    const see = (who = eve, isMember = noMember, here?: string) =>
      findRequest(b.ports, { id: "AV-1", who, isMember, here });
    expect(await see()).toMatchObject({ id: "AV-1" });
    b.w.channels.known.set("C0STUDIO", { visibility: "private" });
    expect(await see()).toEqual({ type: "not-found", id: "AV-1" });
    expect(await see(eve, member)).toMatchObject({ id: "AV-1" });
    b.w.channels.known.set("C0STUDIO", "not-said");
    const unknown = { type: "sight-unknown", id: "AV-1" };
    expect(await see()).toEqual(unknown);
    expect(await see(eve, async () => undefined)).toEqual(unknown);
    expect(await listRequests(b.ports, { who: eve, scope: { type: "open" }, isMember: noMember })).toEqual({
      seen: [],
      mayMiss: true,
    });
    expect(await see(eve, noMember, "C0STUDIO")).toMatchObject({ id: "AV-1" });
    expect(await see(alice, async () => undefined)).toMatchObject({ id: "AV-1" });
  });

  it("a private channel's exists for its people, its members and operators only", async () => {
    const b = bench();
    await b.open({ conversation: hidden });
    const see = (who = eve, isMember = noMember) => findRequest(b.ports, { id: "AV-1", who, isMember });
    for (const who of [alice, bob, operator]) expect(await see(who)).toMatchObject({ id: "AV-1" });
    expect(await see(eve)).toEqual({ type: "not-found", id: "AV-1" });
    expect(await see(eve, member)).toMatchObject({ id: "AV-1" });
    expect(await see(stranger, member)).toEqual({ type: "not-found", id: "AV-1" });
    const list = (who: typeof eve, type: "open" | "mine") =>
      listRequests(b.ports, { who, scope: { type }, isMember: noMember });
    expect(await list(eve, "open")).toEqual({ seen: [], mayMiss: false });
    expect((await list(alice, "mine")).seen).toHaveLength(1);
  });

  it("lists newest first, without what is over but for a channel's", async () => {
    const b = bench();
    for (const n of [1, 2, 3]) await b.open({ formId: `V${n}`, name: `Anchor-${n}`, createdAt: n });
    await cancel(b.ports, b.transfers, { id: "AV-2", who: alice });
    const ids = async (scope: Parameters<typeof listRequests>[1]["scope"]) =>
      (await listRequests(b.ports, { who: eve, scope, isMember: noMember })).seen.map((c) => c.id);
    expect(await ids({ type: "open" })).toEqual(["AV-3", "AV-1"]);
    expect(await ids({ type: "channel", channel: "C0STUDIO" })).toEqual(["AV-3", "AV-2", "AV-1"]);
    expect(await ids({ type: "mine" })).toEqual([]);
  });

  it("knows what waits for somebody", async () => {
    const b = bench();
    await openAwaiting(b);
    await b.open({ formId: "V2", name: "Anchor-2" });
    const waiting = (who: typeof bob) =>
      listRequests(b.ports, { who, scope: { type: "waiting" }, isMember: noMember }).then(({ seen }) =>
        seen.map((c) => c.id),
      );
    expect(await waiting(bob)).toEqual(["AV-1"]);
    for (const who of [alice, eve, stranger]) expect(await waiting(who)).toEqual([]);
  });
});

describe("Open the demo", () => {
  it("gives links fetched at that moment, and those known when the vendor cannot be asked", async () => {
    const b = bench();
    await openAwaiting(b);
    b.w.studio.reports.set("task-1", demo("https://demo.example.com/one.mp4?sign=fresh"));
    const ask = { id: "AV-1", round: 1, who: eve, isMember: member };
    expect(await openDemo(b.ports, ask)).toMatchObject({ demos: ["https://demo.example.com/one.mp4?sign=fresh"] });
    b.w.studio.progress = async () => {
      throw new Fault("gateway-unclear", "time-out");
    };
    expect(await openDemo(b.ports, ask)).toMatchObject({
      demos: ["https://demo.example.com/one.mp4?sign=1"],
      fresh: false,
    });
    b.w.studio.progress = () => new Promise(() => undefined);
    const slow = openDemo(b.ports, ask);
    await new Promise(setImmediate);
    b.w.clock.advance(8_000);
    expect(await slow).toMatchObject({ fresh: false });
    expect(await openDemo(b.ports, { ...ask, round: 2 })).toEqual({ type: "old-round", round: 1 });
  });
});

describe("cancel", () => {
  it("before Launch ends the request; after it stops following and keeps the TaskId", async () => {
    const b = bench();
    await openReady(b);
    expect(await cancel(b.ports, b.transfers, { id: "AV-1", who: eve })).toMatchObject({ type: "may-not-cancel" });
    expect(await cancel(b.ports, b.transfers, { id: "AV-1", who: bob })).toMatchObject({ state: "cancelled" });
    expect(await cancel(b.ports, b.transfers, { id: "AV-1", who: bob })).toEqual({
      type: "already-over",
      state: "cancelled",
    });
    const other = bench();
    await openRunning(other);
    const old = { id: "AV-1", who: alice, spent: false };
    expect(await cancel(other.ports, other.transfers, old)).toEqual({ type: "launched-meanwhile", id: "AV-1" });
    await cancel(other.ports, other.transfers, { id: "AV-1", who: alice, spent: true });
    expect(await other.now()).toMatchObject({ state: "cancelled", task: { id: "task-1" } });
    expect((await other.now()).history.at(-1)?.event).toEqual({ type: "cancelled", spent: true });
    await other.tick(3_600_000);
    expect(other.w.studio.polls).toBe(0);
  });

  it("waits for a launch or a decision that is under way, and says whose", async () => {
    const launching = bench();
    await openReady(launching);
    const decidingNow = bench();
    await openAwaiting(decidingNow);
    const clicks = { launch: undefined as unknown, decision: undefined as unknown };
    vi.spyOn(launching.w.studio, "make").mockImplementationOnce(async () => {
      clicks.launch = await cancel(launching.ports, launching.transfers, { id: "AV-1", who: alice });
      return { type: "created", taskId: "task-1" };
    });
    vi.spyOn(decidingNow.w.studio, "confirm").mockImplementationOnce(async () => {
      clicks.decision = await cancel(decidingNow.ports, decidingNow.transfers, { id: "AV-1", who: alice });
      return { type: "accepted" };
    });
    await launch(launching.ports, { id: "AV-1", revision: 2, who: alice });
    await decide(decidingNow.ports, { id: "AV-1", round: 1, operate: "AGREE", who: bob });
    expect(clicks.launch).toEqual({ type: "cancel-while-launching", by: alice.id });
    expect(clicks.decision).toEqual({ type: "being-decided", by: bob.id });
  });
});

describe("replaceApprover", () => {
  it("is an operator's, keeps the form's rules, and the new approver may decide", async () => {
    const b = bench();
    await b.open();
    const ask = { id: "AV-1", gone: APPROVER, now: "U0NEW", who: operator };
    expect(await replaceApprover(b.ports, { ...ask, who: eve })).toMatchObject({
      type: "may-not-replace-approver",
    });
    expect(await replaceApprover(b.ports, { ...ask, now: REQUESTER })).toEqual({ type: "nobody-can-decide" });
    expect(await replaceApprover(b.ports, { ...ask, gone: "U0WHO" })).toMatchObject({ type: "not-an-approver" });
    expect(await replaceApprover(b.ports, ask)).toMatchObject({ approvers: ["U0NEW"] });
    const photo = bench();
    await photo.open({ kind: "IMAGE_PHOTO", approvers: [] });
    expect(await replaceApprover(photo.ports, ask)).toEqual({ type: "no-approvers" });
  });
});
