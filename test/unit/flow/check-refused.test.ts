import { describe, expect, it, vi } from "vitest";
import { urgentAt } from "../../../src/core/due-at.ts";
import { Fault } from "../../../src/core/fault.ts";
import { cancel } from "../../../src/flow/cancel.ts";
import { checkMaterials } from "../../../src/flow/check-material.ts";
import { setReferenceText } from "../../../src/flow/texts.ts";
import { useAnyway } from "../../../src/flow/use-anyway.ts";
import { accepted } from "../../fixtures/customization-fixture.ts";
import type { Bench } from "./bench.ts";
import { alice, bench } from "./bench.ts";

const REFUSED = new Fault("gateway-refused", "calling audioevaluation: code 100002 no", { resultCode: 100002 });
const NO_TASK = new Fault("gateway-refused", "calling getaudioevaluationstate: code 110006", { resultCode: 110006 });

type Check = "block" | "warn" | "off";

/** A voice that has everything but its recording, or its reading. */
async function voice(voiceCheck: Check = "block", kind: "VOICE" | "ZERO_SHOT_VOICE" = "VOICE"): Promise<Bench> {
  const b = bench({ voiceCheck });
  b.w.files.put("F1", "recording.wav", "wav");
  const materials = kind === "VOICE" ? [accepted("identity-letter", 1), accepted("voice-package", 2)] : [];
  await b.open({ kind, voiceCheck, materials });
  return b;
}

const last = async (b: Bench) => (await b.now()).materials.at(-1);

describe("an inspection that the gateway refuses to begin", () => {
  it.each(["VOICE", "ZERO_SHOT_VOICE"] as const)("of a %s is told at once instead of asked for ever", async (kind) => {
    const b = await voice("block", kind);
    b.w.voices.fault = REFUSED;
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect(await last(b)).toMatchObject({ state: "refused" }));
    expect(await last(b)).toMatchObject({
      check: { verdict: "broken" },
      refusal: { type: "check-broken", said: REFUSED.message },
    });
    expect((await b.now()).state).toBe("collecting");
    expect(b.w.card.told()).toEqual(["file-refused"]);
  });

  it("with VOICE_CHECK=warn counts as one that did not pass", async () => {
    const b = await voice("warn");
    b.w.voices.fault = REFUSED;
    await b.drop([{ fileId: "F1", name: "" }]);
    await b.until("ready");
    expect(await last(b)).toMatchObject({ state: "accepted", check: { verdict: "broken", said: REFUSED.message } });
  });
});

describe("an inspection under way", () => {
  it("whose task is denied is asked for a minute longer, then told", async () => {
    const b = await voice();
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect(await last(b)).toMatchObject({ state: "checking" }));
    b.w.voices.evaluation = () => Promise.reject(NO_TASK);
    await b.tick();
    expect(await last(b)).toMatchObject({ state: "checking", check: { failing: { because: NO_TASK.message } } });
    await b.tick(60_000);
    expect(await last(b)).toMatchObject({ state: "refused", refusal: { type: "check-broken" } });
  });

  it("that is not answered goes on being asked, however long", async () => {
    const b = await voice();
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect(await last(b)).toMatchObject({ state: "checking" }));
    const silent = new Fault("gateway-unclear", "calling getaudioevaluationstate: HTTP 503");
    b.w.voices.evaluation = () => Promise.reject(silent);
    for (let i = 0; i < 5; i += 1) await b.tick(600_000);
    expect(await last(b)).toMatchObject({ state: "checking", check: { failing: { because: silent.message } } });
    b.w.voices.evaluation = async () => ({ type: "evaluated", metrics: [{ name: "snr", value: 40, low: 30 }] });
    await b.tick(600_000);
    await b.until("ready");
  });

  it("that never ends holds up no newer recording, and none after its request was cancelled", async () => {
    const b = await voice();
    b.w.files.put("F2", "again.wav", "wav");
    const good = { type: "evaluated", metrics: [{ name: "snr", value: 40, low: 30 }] } as const;
    b.w.voices.evaluation = async (task: string) => (task === "check-1" ? { type: "running" } : good);
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect(await last(b)).toMatchObject({ state: "checking" }));
    await b.drop([{ fileId: "F2", name: "" }], { ts: "400.1" });
    await vi.waitFor(async () => expect(await last(b)).toMatchObject({ state: "checking" }));
    expect((await b.now()).state).toBe("collecting");
    await b.tick(60_000);
    expect(await b.until("ready")).toMatchObject({ materials: [{}, {}, { replacedBy: "400.1/F2" }, {}] });
    expect(urgentAt(await b.now())).toBeUndefined();

    const other = await voice();
    await other.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect(await last(other)).toMatchObject({ state: "checking" }));
    await cancel(other.ports, other.transfers, { id: "AV-1", who: alice });
    expect(await other.w.store.claimDue(other.w.clock.now() + 3_600_000, 20, 1)).toEqual([]);
  });

  it("is begun once, however many come to begin it at the same moment", async () => {
    const b = await voice();
    b.w.voices.fault = new Fault("gateway-unclear", "calling audioevaluation: HTTP 503");
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect((await last(b))?.check?.failing).toBeDefined());
    b.w.voices.fault = undefined;
    b.w.clock.advance(600_000);
    await Promise.all([1, 2, 3].map(() => checkMaterials(b.ports, "AV-1")));
    expect(b.w.voices.asked).toHaveLength(1);
  });

  it("that began without a text is not held against one that came while it began", async () => {
    const b = await voice();
    b.w.voices.evaluate = async () => {
      await setReferenceText(b.ports, { id: "AV-1", text: "too late", who: alice });
      return "check-1";
    };
    b.w.voices.reports = [{ type: "evaluated", metrics: [{ name: "wer", value: 0, low: 70 }] }];
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect(await last(b)).toMatchObject({ state: "checking" }));
    await b.tick();
    await b.until("ready");
    expect((await b.now()).referenceText).toBe("too late");
  });
});

describe("a face detection that never ends", () => {
  it("is waited for ten minutes; then its requester may use the photo anyway", async () => {
    const b = bench();
    b.w.files.put("F1", "face.png", "png");
    await b.open({ kind: "IMAGE_PHOTO" });
    b.w.faces.report = { type: "running" };
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect(await last(b)).toMatchObject({ state: "checking" }));
    await b.tick(9 * 60_000);
    expect(await last(b)).toMatchObject({ state: "checking" });
    await b.tick(60_000);
    const warned = await last(b);
    expect(warned).toMatchObject({ state: "warned", check: { verdict: "broken" } });
    const used = await useAnyway(b.ports, { id: "AV-1", material: warned?.id ?? "", who: alice });
    expect(used).toMatchObject({ state: "ready" });
  });
});
