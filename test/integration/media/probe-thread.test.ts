import { readFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { material } from "../../../sandbox/material/files.ts";
import type { RandomAccess } from "../../../src/core/check-ports.ts";
import { mediaProbe } from "../../../src/media/media-probe.ts";
import { startProbeThread } from "../../../src/media/probe-thread.ts";
import { ManualClock } from "../../twins/manual-clock.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const GREEDY = new URL("greedy-thread.ts", import.meta.url);
const BUDGET_MS = 2_000;

async function fileOf(path: string): Promise<RandomAccess & { readonly cost: { reads: number } }> {
  const bytes = await readFile(path);
  const cost = { reads: 0 };
  const read = async (at: number, length: number): Promise<Uint8Array> => {
    cost.reads += 1;
    return bytes.subarray(at, at + length);
  };
  return { size: bytes.length, cost, read };
}

function probeOn(module?: URL) {
  const clock = new ManualClock(0);
  const log = recordingLog();
  const started: string[] = [];
  const startThread = () => {
    // The first thread alone misbehaves.
    const thread = startProbeThread(module && started.length === 0 ? { module } : {});
    const named = { ...thread, started: thread.started.then(() => void started.push("ready")) };
    started.push("begun");
    return named;
  };
  const probe = mediaProbe({ clock, log, startThread });
  onTestFinished(() => probe.close());
  return { clock, log, probe, started };
}

describe("a thread", () => {
  it("that takes all memory ends alone: the file is given up on, and the next is read", async () => {
    const { log, probe } = probeOn(GREEDY);
    const png = await fileOf(material.photoPng.path);
    expect(await probe.probe(png, "zip")).toEqual({ gaveUp: true });
    expect(log.lines).toMatchObject([{ fields: { because: expect.stringMatching(/memory limit/i) } }]);
    expect(await probe.probe(png, "png")).toMatchObject({ container: "png" });
  });

  it("that never comes back is ended in the middle of its loop, while this one goes on", async () => {
    const { clock, probe, started } = probeOn(GREEDY);
    const png = await fileOf(material.photoPng.path);
    const look = probe.probe(png, "mp4");
    await vi.waitFor(() => expect(started).toContain("ready"));
    await new Promise(setImmediate);
    clock.advance(BUDGET_MS);
    expect(await look).toEqual({ gaveUp: true });
    expect(await probe.probe(png, "png")).toMatchObject({ container: "png" });
  });

  it("gets no environment, and so no secrets", async () => {
    vi.stubEnv("SLACK_BOT_TOKEN", "xoxb-secret");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { probe } = probeOn(GREEDY);
    expect(await probe.probe(await fileOf(material.photoPng.path), "png")).toEqual({ container: "" });
  });
});

it("a photo with thousands of entries is ended in the middle of MediaInfo", async () => {
  const { clock, probe } = probeOn();
  const photo = await fileOf("test/recorded/files/jpeg-3000-mpf-entries.jpg");
  const look = probe.probe(photo, "jpg");
  await vi.waitFor(() => expect(photo.cost.reads).toBe(1));
  await new Promise(setImmediate);
  clock.advance(BUDGET_MS);
  expect(await look).toEqual({ gaveUp: true });
});
