import { describe, expect, it, vi } from "vitest";
import type { CheckReport } from "../../../src/core/check-ports.ts";
import { Fault } from "../../../src/core/fault.ts";
import type { PackedRecording } from "../../../src/core/packed-recording.ts";
import { useAnyway } from "../../../src/flow/use-anyway.ts";
import { accepted } from "../../fixtures/customization-fixture.ts";
import { alice, bench } from "./bench.ts";

const GOOD: CheckReport = { type: "evaluated", metrics: [{ name: "snr", value: 34, low: 30 }] };
const NOISY: CheckReport = { type: "evaluated", metrics: [{ name: "snr", value: 12, low: 30 }] };

function packed(name: string, seconds: number, over: Partial<PackedRecording> = {}): PackedRecording {
  return { name, format: "wav", size: 1000, packed: 700, offset: 0, isDeflated: true, crc32: 0, seconds, ...over };
}

const FOUR = [packed("a/02.wav", 200), packed("a/01.wav", 300), packed("a/03.wav", 100), packed("a/04.wav", 50)];

async function voice(recordings: readonly PackedRecording[] = FOUR, settings: Parameters<typeof bench>[0] = {}) {
  const b = bench(settings);
  b.w.files.put("FZIP", "takes.zip", "zip", 5000);
  b.w.files.put("FWAV", "extra.wav", "wav");
  const names = recordings.map(({ name, size }) => ({ name, size, packed: 700, isEncrypted: false }));
  b.w.media.inside = { zip: { bytes: 5000, count: names.length, entries: names, recordings } };
  await b.open({
    kind: "VOICE",
    voiceCheck: settings.voiceCheck ?? "block",
    materials: [accepted("identity-letter", 1)],
  });
  return {
    ...b,
    dropPackage: () => b.drop([{ fileId: "FZIP", name: "" }]),
    /** Ticks until so many inspections have been asked for. */
    async asked(count: number) {
      await vi.waitFor(async () => {
        await b.tick();
        expect(b.w.voices.asked).toHaveLength(count);
      });
    },
    async endsAs(state: "ready" | "collecting") {
      await vi.waitFor(async () => {
        await b.tick();
        const c = await b.now();
        expect(c.materials.every((m) => m.state === "accepted" || m.state === "refused")).toBe(true);
        expect(c.state).toBe(state);
      });
      return b.now();
    },
  };
}

describe("a voice package", () => {
  it("alone makes a request ready: its longest recording is taken out, uploaded beside it and inspected", async () => {
    const v = await voice();
    v.w.voices.reports = [GOOD];
    await v.dropPackage();
    const c = await v.endsAs("ready");
    expect(v.w.vault.relayed.map((key) => key.split("/6f2a/")[1])).toEqual([
      "audio/takes-FZIP.zip",
      "audio/01-FZIP-1.wav",
    ]);
    expect(v.w.voices.asked).toEqual([{ url: expect.stringMatching(/\/audio\/01-FZIP-1\.wav$/) }]);
    expect(c.materials.at(-1)).toMatchObject({
      role: "recording",
      packed: { name: "takes.zip", n: 1, recording: { name: "a/01.wav", seconds: 300 } },
      check: { verdict: "passed" },
    });
    expect(v.w.card.told()).toEqual(["check-report"]);
  });

  it("with a bad longest goes on to the second, and the thread is told once", async () => {
    const v = await voice();
    v.w.voices.reports = [NOISY, GOOD];
    await v.dropPackage();
    const c = await v.endsAs("ready");
    expect(c.materials.slice(2).map((m) => [m.file.name, m.state])).toEqual([
      ["01.wav", "refused"],
      ["02.wav", "accepted"],
    ]);
    expect(v.w.card.told()).toEqual(["check-report"]);
  });

  it("of which three fail is told once, with nothing private, and a recording dropped by itself still counts", async () => {
    const v = await voice();
    v.w.voices.reports = [NOISY, NOISY, NOISY];
    await v.dropPackage();
    const c = await v.endsAs("collecting");
    expect(v.w.voices.asked).toHaveLength(3);
    expect(c.materials.slice(2).map((m) => m.packed?.recording.name)).toEqual(["a/01.wav", "a/02.wav", "a/03.wav"]);
    expect(v.w.card.told()).toEqual(["check-report"]);
    v.w.voices.reports = [GOOD];
    await v.drop([{ fileId: "FWAV", name: "" }], { ts: "400.1" });
    await v.endsAs("ready");
    expect(v.w.card.told()).toEqual(["check-report", "check-report"]);
  });

  it("takes nothing out beside a recording that was dropped with it, unless that one fails", async () => {
    const v = await voice();
    v.w.voices.reports = [NOISY, GOOD];
    await v.drop([
      { fileId: "FZIP", name: "" },
      { fileId: "FWAV", name: "" },
    ]);
    await v.asked(2);
    const c = await v.endsAs("ready");
    expect(c.materials.map((m) => [m.file.name, m.state])).toEqual([
      [expect.any(String), "accepted"],
      ["takes.zip", "accepted"],
      ["extra.wav", "refused"],
      ["01.wav", "accepted"],
    ]);
  });

  it("that replaces another has its own recording inspected: the other's no longer counts", async () => {
    const v = await voice();
    v.w.voices.reports = [GOOD, GOOD];
    await v.dropPackage();
    await v.endsAs("ready");
    v.w.files.put("FNEW", "better.zip", "zip", 6000);
    await v.drop([{ fileId: "FNEW", name: "" }], { ts: "500.1" });
    const c = await v.endsAs("ready");
    const [old, now] = c.materials.filter((m) => m.role === "recording");
    expect(old).toMatchObject({ replacedBy: "500.1/FNEW" });
    expect(now).toMatchObject({ packed: { name: "better.zip" } });
    expect(now).not.toHaveProperty("replacedBy");
  });

  it("a recording that cannot be taken out is passed over", async () => {
    const v = await voice();
    v.w.voices.reports = [GOOD];
    v.w.media.unpack = async function* (_file, { name, size }) {
      if (name === "a/01.wav") throw new Fault("packed-recording", "taking it out: inflating");
      yield new Uint8Array(size);
    };
    await v.dropPackage();
    const c = await v.endsAs("ready");
    expect(c.materials.at(-1)).toMatchObject({ file: { name: "02.wav" } });
  });

  it("of formats that this gateway does not inspect asks for a recording", async () => {
    const v = await voice([packed("01.mp3", 300, { format: "mp3" })]);
    await v.dropPackage();
    await vi.waitFor(async () => expect((await v.now()).materials.at(-1)).toMatchObject({ state: "warned" }));
    await useAnyway(v.ports, { id: "AV-1", material: "300.1/FZIP", who: alice });
    const c = await v.endsAs("collecting");
    expect(c.materials).toHaveLength(2);
    expect(v.w.voices.asked).toEqual([]);
  });

  it("is not looked through where nothing is inspected", async () => {
    const v = await voice(FOUR, { voiceCheck: "off" });
    await v.dropPackage();
    await v.endsAs("ready");
    expect(v.w.voices.asked).toEqual([]);
  });

  it("is finished by the next process when this one dies in the middle", async () => {
    const v = await voice();
    await v.dropPackage();
    await vi.waitFor(async () => expect((await v.now()).materials.at(-1)?.packed).toBeDefined());
    const next = bench({}, v.w);
    v.w.voices.reports = [GOOD];
    await vi.waitFor(async () => {
      await next.tick();
      expect((await next.now()).state).toBe("ready");
    });
    expect(v.w.voices.asked).toHaveLength(1);
  });
});
