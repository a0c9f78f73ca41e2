import { expect, onTestFinished, test } from "vitest";
import { startCos } from "../../../sandbox/cos/server.ts";
import { startGateway } from "../../../sandbox/gateway/server.ts";
import type { CheckReport, VoiceLab } from "../../../src/core/check-ports.ts";
import { cosObjectUrl } from "../../../src/core/coskey.ts";
import type { Kind, MaterialRole } from "../../../src/core/kinds.ts";
import { KINDS } from "../../../src/core/kinds.ts";
import type { FileFormat } from "../../../src/core/material.ts";
import type { Location } from "../../../src/core/vault.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { cosVault } from "../../../src/tencent/cos-vault.ts";
import { gateway } from "../../../src/tencent/gateway.ts";
import { avatarStudio } from "../../../src/tencent/studio.ts";
import { uploadCredentials } from "../../../src/tencent/upload-credentials.ts";
import { voiceLab } from "../../../src/tencent/voice-lab.ts";
import { freeRate } from "../../fixtures/free-rate.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { MB, relayOf, someBytes } from "./vault-lab.ts";

const MATERIALS: Readonly<Record<Kind, readonly [MaterialRole, FileFormat][]>> = {
  IMAGE: [
    ["identity-video", "mp4"],
    ["footage", "mov"],
  ],
  IMAGE_GENERAL: [
    ["identity-letter", "pdf"],
    ["footage", "mp4"],
  ],
  IMAGE_4K: [
    ["identity-video", "mp4"],
    ["footage", "mp4"],
  ],
  IMAGE_PHOTO: [["photo", "webp"]],
  VOICE: [
    ["identity-letter", "pdf"],
    ["voice-package", "zip"],
    ["recording", "wav"],
  ],
  ZERO_SHOT_VOICE: [["reading", "mp3"]],
};

/** What the kind's inspection hands on to the order. */
async function inspect(kind: Kind, places: ReadonlyArray<{ role: MaterialRole; location: Location }>, lab: VoiceLab) {
  const heard = places.find(({ role }) => role === "recording" || role === "reading");
  if (!heard) return {};
  const url = cosObjectUrl(heard.location);
  if (kind === "VOICE") {
    const task = await lab.evaluate({ url, referenceText: "hello" });
    expect(await ended(() => lab.evaluation(task))).toMatchObject({ type: "evaluated" });
    return {};
  }
  const [first] = await lab.texts("eng");
  const task = await lab.detect({ url, language: "eng", ...(first && { textId: first.id }) });
  const report = await ended(() => lab.detection(task));
  if (report.type !== "detected" || report.audioId === undefined) throw new Error(JSON.stringify(report));
  return { audioId: report.audioId, language: "eng" } as const;
}

async function ended(look: () => Promise<CheckReport>): Promise<CheckReport> {
  const report = await look();
  return report.type === "running" ? ended(look) : report;
}

test.each(KINDS)("%s: credentials, uploads, make, progress, confirmation; no secret in the log", async (kind) => {
  const clock = { time: Date.now(), now: () => clock.time, sleep: systemClock.sleep };
  const cos = await startCos({ now: clock.now });
  const server = await startGateway({ cos, now: clock.now, stageMs: 1000, plays: "mainland" });
  onTestFinished(async () => {
    await server.close();
    await cos.close();
  });
  const log = recordingLog();
  const secrets = new Set<string>();
  const { appkey, accessToken } = server;
  const calls = gateway({ baseUrl: server.url, appkey, accessToken, ...freeRate, clock, log, firstRetryMs: 1 });
  const credentials = uploadCredentials({ gateway: calls, clock, secrets });
  const vault = cosVault({ credentials, log, endpoint: cos.url, partBytes: MB, firstRetryMs: 1 });
  const studio = avatarStudio(calls);

  const relays = MATERIALS[kind].map(async ([role, format], i) => {
    const file = { name: `材料 ${i}.${format}`, id: `F0${i}`, format };
    const { location } = await vault.relay(relayOf(someBytes(2 * MB + i), { role, file }));
    return { role, key: location.key, location };
  });
  const materials = await Promise.all(relays);
  expect(server.calls.filter((call) => call.operation === "getuploadcredentials")).toHaveLength(1);

  server.nextEvaluation({});
  server.nextDetection(0);
  const heard = await inspect(kind, materials, voiceLab(calls));
  const order = { claim: "claim-1", kind, name: `Alice_${kind}`, sex: "FEMALE", materials, ...heard } as const;
  const made = await studio.make(order);
  if (made.type !== "created") throw new Error(JSON.stringify(made));
  expect(await studio.make(order)).toMatchObject({ type: "refused", code: "100002" });
  expect(server.calls.find((call) => call.operation === "make")?.header).toEqual({ RequestID: "claim-1" });

  const { taskId } = made;
  while ((await studio.progress(taskId)).stage !== (kind === "IMAGE_PHOTO" ? "END" : "CONFIRM")) server.advance(taskId);
  if (kind !== "IMAGE_PHOTO") {
    const offered = await studio.progress(taskId);
    expect(offered).toMatchObject({ status: "MAKING", stageStatus: "WAIT_PROCESS" });
    expect(offered.demos).not.toEqual([]);
    expect(await studio.confirm({ taskId, claim: "claim-2", operate: "AGREE" })).toMatchObject({ type: "accepted" });
    expect((await studio.confirm({ taskId, claim: "claim-3", operate: "AGREE" })).type).not.toBe("accepted");
  }
  clock.time += 3_600_000;
  const done = await studio.progress(taskId);
  expect(done.status).toBe("SUCCESS");
  expect(done.assets[0]).toHaveProperty(kind.endsWith("VOICE") ? "TimbreKey" : "VirtualmanKey");

  const logged = JSON.stringify(log.lines);
  for (const secret of [...secrets, accessToken, "signature"]) expect(logged).not.toContain(secret);
});
