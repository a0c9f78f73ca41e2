import { describe, expect, it, vi } from "vitest";
import type { Customization, NewCustomization } from "../../../src/core/customization.ts";
import { isRefusal } from "../../../src/core/refusal.ts";
import { tryAgain } from "../../../src/flow/try-again.ts";
import { accepted, REQUESTER, round } from "../../fixtures/customization-fixture.ts";
import type { Bench } from "./bench.ts";
import { alice, bench, eve } from "./bench.ts";
import { carol, operator, untilRelayed } from "./offers-bench.ts";

const VIDEO = accepted("identity-video", 1);
const FOOTAGE = accepted("footage", 2);

/** A request that has failed, with both files still in Slack. */
async function failed(over: Partial<NewCustomization> = {}): Promise<Bench> {
  const b = bench();
  for (const { file } of [VIDEO, FOOTAGE]) b.w.files.put(file.id, file.name, "mp4");
  await b.open({ state: "failed", materials: [VIDEO, FOOTAGE], revision: 2, ...over });
  return b;
}

async function again(b: Bench, who = alice): Promise<Customization> {
  const c = await tryAgain(b.ports, b.transfers, { id: "AV-1", who });
  if (isRefusal(c)) throw new Error(c.type);
  return c;
}

const stored = async (b: Bench, id: string): Promise<Customization> => {
  const c = await b.w.store.get(id);
  if (!c) throw new Error(`no ${id}`);
  return c;
};

describe("a request that failed is tried again", () => {
  it("with the same answers and files, linked both ways", async () => {
    const b = await failed({ notes: "calm", demoText: "Good morning", background: "green" });
    const c = await again(b);
    expect(c).toMatchObject({ id: "AV-2", retryOf: "AV-1", notes: "calm", demoText: "Good morning", name: "Anchor-1" });
    await untilRelayed(b, 2);
    await vi.waitFor(async () => expect((await stored(b, "AV-2")).state).toBe("ready"));
    const earlier = await stored(b, "AV-1");
    expect(earlier).toMatchObject({ state: "failed", retriedAs: ["AV-2"] });
    expect(earlier.history.at(-1)).toMatchObject({ by: REQUESTER, event: { type: "tried-again", as: "AV-2" } });
    expect(c.history[0]).toMatchObject({ by: REQUESTER, event: { type: "opened", again: "AV-1" } });
    expect(c.task).toBeUndefined();
    expect(b.w.studio.made).toEqual([]);
  });

  it("once, however often the button is pressed; again only after that try was cancelled", async () => {
    const b = await failed();
    const both = await Promise.all([1, 2].map(() => tryAgain(b.ports, b.transfers, { id: "AV-1", who: alice })));
    const made = both.filter((c) => !isRefusal(c)).map((c) => ("id" in c ? c.id : ""));
    expect(new Set(made)).toEqual(new Set(["AV-2"]));
    expect(await tryAgain(b.ports, b.transfers, { id: "AV-1", who: alice })).toEqual({
      type: "already-tried-again",
      id: "AV-1",
      as: "AV-2",
    });
    await b.w.store.replace({ ...(await stored(b, "AV-2")), state: "cancelled" });
    expect((await again(b)).id).toBe("AV-3");
  });

  it("and names the files that Slack has no more, or that did not come from there", async () => {
    const b = await failed({
      materials: [VIDEO, { ...FOOTAGE, file: { ...FOOTAGE.file, link: "https://a.example/f" } }],
    });
    b.w.files.files.set(VIDEO.file.id, { type: "file-gone" });
    const c = await again(b);
    expect(c.materials).toEqual([]);
    expect(c.outbox.find(({ key }) => key === "files-missing")?.content).toEqual({
      type: "files-missing",
      files: [
        { role: "identity-video", name: VIDEO.file.name, why: "gone" },
        { role: "footage", name: FOOTAGE.file.name, why: "elsewhere" },
      ],
    });
  });

  it("keeps the text of an ultra-fast voice and its id", async () => {
    const reading = accepted("reading", 1);
    const texts = [
      { id: "T1", text: "one" },
      { id: "T2", text: "two" },
    ];
    const b = await failed({ kind: "ZERO_SHOT_VOICE", materials: [reading], texts, chosenText: "T2", language: "chi" });
    b.w.files.put(reading.file.id, reading.file.name, "wav");
    expect(await again(b)).toMatchObject({ texts, chosenText: "T2", materials: [{ role: "reading" }] });
  });

  it("offers the files of others again, unless its requester has said yes to them", async () => {
    const by = { by: carol.id, byName: "carol" };
    const own = { ...VIDEO, file: { ...VIDEO.file, ...by }, allowed: { by: REQUESTER, at: 1, order: 2 } };
    const others = { ...FOOTAGE, file: { ...FOOTAGE.file, ...by }, allowed: { by: operator.id, at: 1, order: 2 } };
    const b = await failed({ materials: [own, others] });
    const c = await again(b, operator);
    expect(c.requester).toBe(REQUESTER);
    expect(c.materials.map((m) => m.id)).toEqual([own.id]);
    const now = await stored(b, "AV-2");
    expect(now.offers).toMatchObject([{ id: others.id, role: "footage" }]);
    expect(now.outbox.map(({ content }) => content.type)).toContain("files-offered");
    await untilRelayed(b, 1);
  });
});

describe("it is tried again only", () => {
  const refused = async (b: Bench, who = alice) => tryAgain(b.ports, b.transfers, { id: "AV-1", who });

  it("by its requester or an operator", async () => {
    expect(await refused(await failed(), eve)).toMatchObject({ type: "may-not-change" });
  });

  it("where the vendor has refused for good: never while a launch may have worked", async () => {
    for (const state of ["ready", "running", "launch-unknown", "done", "cancelled"] as const)
      expect(await refused(await failed({ state }))).toEqual({ type: "cannot-try-again", id: "AV-1", state });
    const b = await failed({ launchOutcomeUnknown: true });
    expect(await refused(b)).toMatchObject({ type: "cannot-try-again" });
  });

  it("under a name with a number while the earlier one still has its own, as after a refused retraining", async () => {
    const rounds = [round({ rejectReason: "the reason is not acceptable" })];
    const b = await failed({ state: "awaiting-decision", rounds });
    expect(await again(b)).toMatchObject({ name: "Anchor-2", retryOf: "AV-1" });
    expect((await stored(b, "AV-1")).state).toBe("awaiting-decision");
  });

  it("within the open requests that its requester may have", async () => {
    const b = await failed();
    await b.open({ formId: "V2", name: "Other" });
    const ports = { ...b.ports, settings: { ...b.ports.settings, maxOpenPerPerson: 1 } };
    expect(await tryAgain(ports, b.transfers, { id: "AV-1", who: alice })).toEqual({
      type: "too-many-open",
      open: 1,
      limit: 1,
    });
  });
});
