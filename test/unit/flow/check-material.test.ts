import { describe, expect, it, vi } from "vitest";
import type { CheckReport, Metric } from "../../../src/core/check-ports.ts";
import { Fault } from "../../../src/core/fault.ts";
import { launch } from "../../../src/flow/launch.ts";
import { announceRequest } from "../../../src/flow/open-request.ts";
import { chooseText, setReferenceText } from "../../../src/flow/texts.ts";
import { useAnyway } from "../../../src/flow/use-anyway.ts";
import { accepted } from "../../fixtures/customization-fixture.ts";
import { alice, bench, bob } from "./bench.ts";

const GOOD: Metric[] = [
  { name: "snr", value: 34, low: 30 },
  { name: "clipping", value: 0, high: 0 },
  { name: "wer", value: 0, low: 0.7 },
];
const NOISY: CheckReport = { type: "evaluated", metrics: [{ name: "snr", value: 12, low: 30 }] };

async function voice(
  settings: Parameters<typeof bench>[0] = {},
  over: Parameters<ReturnType<typeof bench>["open"]>[0] = {},
) {
  const b = bench(settings);
  b.w.files.put("F1", "recording.wav", "wav");
  b.w.files.put("F2", "reading.mp3", "mp3");
  b.w.files.put("F3", "face.png", "png");
  const voiceCheck = settings.voiceCheck ?? "block";
  const materials = [accepted("identity-letter", 1), accepted("voice-package", 2)];
  await b.open({ kind: "VOICE", voiceCheck, materials, ...over });
  return b;
}

describe("a recording of a basic voice", () => {
  it("is uploaded, inspected by its full URL, and accepted when it passes; accuracy does not count without a text", async () => {
    const b = await voice();
    b.w.voices.reports = [{ type: "running" }, { type: "evaluated", metrics: GOOD }];
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect((await b.now()).materials.at(-1)).toMatchObject({ state: "checking" }));
    expect(b.w.voices.asked).toEqual([
      {
        url: expect.stringMatching(
          /^https:\/\/bucket-125\.cos\.ap-guangzhou\.myqcloud\.com\/.*\/audio\/recording-F1\.wav$/,
        ),
      },
    ]);
    await b.tick();
    expect((await b.now()).state).toBe("collecting");
    await b.tick(60_000);
    expect(await b.now()).toMatchObject({ state: "ready" });
    expect((await b.now()).materials.at(-1)).toMatchObject({ state: "accepted", check: { verdict: "passed" } });
    expect(b.w.card.told()).toEqual(["check-report"]);
  });

  it("is refused when it fails, and the request goes on collecting", async () => {
    const b = await voice();
    b.w.voices.reports = [NOISY];
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(() => expect(b.w.voices.asked).toHaveLength(1));
    await b.tick();
    expect((await b.now()).materials.at(-1)).toMatchObject({
      state: "refused",
      refusal: { type: "check-failed" },
      check: { verdict: "failed" },
    });
    expect((await b.now()).state).toBe("collecting");
    expect(b.w.card.told().sort()).toEqual(["check-report"]);
  });

  it("with VOICE_CHECK=warn counts in spite of it", async () => {
    const warn = await voice({ voiceCheck: "warn" });
    warn.w.voices.reports = [NOISY];
    await warn.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(() => expect(warn.w.voices.asked).toHaveLength(1));
    await warn.tick();
    expect((await warn.now()).materials.at(-1)).toMatchObject({ state: "accepted", check: { verdict: "failed" } });
  });

  it("with VOICE_CHECK=off is neither inspected nor waited for, and is taken all the same", async () => {
    const off = await voice({ voiceCheck: "off" }, { state: "ready" });
    await off.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect((await off.now()).materials.at(-1)).toMatchObject({ state: "accepted" }));
    expect((await off.now()).state).toBe("ready");
    expect(off.w.voices.asked).toEqual([]);
  });

  it("is compared with the reference text of the form or of a reply by the requester", async () => {
    const b = await voice();
    expect(await setReferenceText(b.ports, { id: "AV-1", text: "no", who: bob })).toMatchObject({
      type: "may-not-override",
    });
    await setReferenceText(b.ports, { id: "AV-1", text: "hello world", who: alice });
    b.w.voices.reports = [{ type: "evaluated", metrics: GOOD }];
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(() => expect(b.w.voices.asked).toMatchObject([{ referenceText: "hello world" }]));
    await b.tick();
    expect((await b.now()).materials.at(-1)).toMatchObject({ check: { verdict: "failed" } });
  });

  it("is looked at again later when the vendor cannot be asked", async () => {
    const b = await voice();
    b.w.voices.fault = new Fault("gateway-unclear", "asking: time-out");
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect((await b.now()).materials.at(-1)?.check?.failing).toBeDefined());
    b.w.voices.fault = undefined;
    b.w.voices.reports = [{ type: "evaluated", metrics: GOOD }];
    await b.tick(60_000);
    await b.tick(60_000);
    expect(await b.now()).toMatchObject({ state: "ready" });
  });
});

describe("a reading for an ultra-fast voice", () => {
  const zeroShot = async () => {
    const b = await voice(
      {},
      {
        kind: "ZERO_SHOT_VOICE",
        materials: [],
        language: "eng",
        outbox: [{ key: "texts", at: 0, content: { type: "texts" } }],
      },
    );
    await announceRequest(b.ports, "AV-1");
    return b;
  };

  it("gets its texts from the start; the chosen TextId goes with the inspection, the AudioId with make", async () => {
    const b = await zeroShot();
    expect((await b.now()).texts).toHaveLength(2);
    expect(b.w.voices.languages).toEqual(["eng"]);
    expect(b.w.card.told()).toEqual(["texts"]);
    await chooseText(b.ports, { id: "AV-1", text: "text-2", who: alice });
    b.w.voices.reports = [{ type: "detected", code: 0, said: "", audioId: "audio-9" }];
    await b.drop([{ fileId: "F2", name: "" }]);
    await vi.waitFor(() => expect(b.w.voices.asked).toMatchObject([{ language: "eng", textId: "text-2" }]));
    await b.tick();
    const ready = await b.until("ready");
    await launch(b.ports, { id: "AV-1", revision: ready.revision, who: alice });
    expect(b.w.studio.made).toMatchObject([
      { kind: "ZERO_SHOT_VOICE", audioId: "audio-9", language: "eng", materials: [] },
    ]);
  });

  it.each([-1, -2, -3])("with DetectionCode %i is refused and told why", async (code) => {
    const b = await zeroShot();
    b.w.voices.reports = [{ type: "detected", code, said: "no" }];
    await b.drop([{ fileId: "F2", name: "" }]);
    await vi.waitFor(() => expect(b.w.voices.asked).toHaveLength(1));
    await b.tick();
    expect((await b.now()).materials.at(-1)).toMatchObject({
      refusal: { type: "check-failed", of: "detection", code: String(code) },
    });
  });

  it("gets its texts later when the vendor cannot be asked at the start", async () => {
    const b = await voice(
      {},
      { kind: "ZERO_SHOT_VOICE", materials: [], outbox: [{ key: "texts", at: 0, content: { type: "texts" } }] },
    );
    b.w.voices.fault = new Fault("gateway-unclear", "asking: time-out");
    await announceRequest(b.ports, "AV-1");
    expect((await b.now()).outbox).toMatchObject([{ key: "texts", tries: 1 }]);
    b.w.voices.fault = undefined;
    await b.tick(600_000);
    expect((await b.now()).texts).toHaveLength(2);
  });
});

describe("a photo", () => {
  const withPhoto = () => voice({}, { kind: "IMAGE_PHOTO", materials: [] });

  it("whose face detection fails waits for the requester's word", async () => {
    const b = await withPhoto();
    b.w.faces.report = { type: "faces", passed: false, code: "12", said: "turned", faces: [{ yaw: 40 }] };
    await b.drop([{ fileId: "F3", name: "" }]);
    await vi.waitFor(async () => expect((await b.now()).materials[0]).toMatchObject({ state: "checking" }));
    await b.tick();
    const warned = (await b.now()).materials[0];
    expect(warned).toMatchObject({ state: "warned", check: { faces: [{ yaw: 40 }] } });
    const ask = { id: "AV-1", material: warned?.id ?? "", who: bob };
    expect(await useAnyway(b.ports, ask)).toMatchObject({ type: "may-not-override", may: [alice.id] });
    expect(await useAnyway(b.ports, { ...ask, who: alice })).toMatchObject({ state: "ready" });
    expect((await b.now()).history.map((line) => line.event.type)).toContain("warning-overridden");
    expect(await useAnyway(b.ports, { ...ask, who: alice })).toEqual({ type: "nothing-to-override" });
  });

  it("counts unchecked where the account has no face detection; that it is small is said, and nobody is asked", async () => {
    const b = await withPhoto();
    b.w.faces.absent = true;
    b.w.media.inside = { picture: { width: 1, height: 1 } };
    await b.drop([{ fileId: "F3", name: "" }]);
    await b.until("ready");
    const small = [{ rule: "pixels", severity: "warn" }];
    expect((await b.now()).materials[0]).toMatchObject({ check: { verdict: "absent" }, findings: small });
  });
});

describe("a gateway that has its own word for a route that it does not have", () => {
  it.each([
    ["refuses it", new Fault("gateway-refused", "asking: no such route", { resultCode: 404001 })],
    ["does not answer it", new Fault("gateway-unclear", "asking: HTTP 502", { resultCode: "http-502" })],
  ])("%s: the photo counts unchecked", async (_what, fault) => {
    const b = await voice({}, { kind: "IMAGE_PHOTO", materials: [] });
    b.w.faces.fault = fault;
    await b.drop([{ fileId: "F3", name: "" }]);
    await vi.waitFor(async () => {
      const { state, materials } = await b.now();
      expect(state === "ready" || materials[0]?.check?.failing !== undefined).toBe(true);
    });
    for (let i = 0; i < 3; i += 1) await b.tick(60_000);
    const c = await b.until("ready");
    expect(c.materials[0]).toMatchObject({ state: "accepted", check: { verdict: "absent" } });
  });
});

describe("looking inside", () => {
  it("refuses with everything that is wrong, not with the first of it", async () => {
    const b = await voice({}, { kind: "IMAGE", materials: [] });
    b.w.files.put("F9", "short.mp4", "mp4");
    b.w.media.inside = { seconds: 20, video: { width: 1920, height: 1080, fps: 90 } };
    await b.drop([{ fileId: "F9", name: "" }], { text: "footage" });
    await vi.waitFor(async () => expect((await b.now()).materials[0]).toMatchObject({ state: "refused" }));
    expect((await b.now()).materials[0]?.refusal).toMatchObject({
      finding: { rule: "duration" },
      others: [{ rule: "frame-rate" }],
    });
  });

  it("refuses a clear violation before a byte is sent, with what was measured", async () => {
    const b = await voice({}, { kind: "IMAGE", materials: [] });
    b.w.files.put("F9", "short.mp4", "mp4");
    b.w.media.inside = { seconds: 20, video: { width: 1920, height: 1080, fps: 25 } };
    await b.drop([{ fileId: "F9", name: "" }], { text: "footage" });
    await vi.waitFor(async () => expect((await b.now()).materials[0]).toMatchObject({ state: "refused" }));
    expect((await b.now()).materials[0]?.refusal).toMatchObject({
      type: "material-rule",
      finding: { measured: 20 },
    });
    expect(b.w.vault.relayed).toEqual([]);
  });

  it("lets through what cannot be known, and looks once", async () => {
    const b = await voice({}, { kind: "IMAGE_PHOTO", materials: [] });
    b.w.faces.absent = true;
    await b.drop([{ fileId: "F3", name: "" }]);
    const c = await b.until("ready");
    expect(c.materials[0]?.findings?.every((finding) => finding.severity === "unknown")).toBe(true);
    expect(b.w.media.probes).toBe(1);
  });
});
