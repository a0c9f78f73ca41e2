import { expect, onTestFinished, test } from "vitest";
import { startCos } from "../../sandbox/cos/server.ts";
import { startGateway } from "../../sandbox/gateway/server.ts";
import type { Kind, MaterialRole } from "../../src/core/kinds.ts";
import { KINDS } from "../../src/core/kinds.ts";
import type { FileFormat } from "../../src/core/material.ts";
import { cosVault } from "../../src/tencent/cos-vault.ts";
import { gateway } from "../../src/tencent/gateway.ts";
import { avatarStudio } from "../../src/tencent/studio.ts";
import { uploadCredentials } from "../../src/tencent/upload-credentials.ts";
import { recordingLog } from "../recording-log.ts";
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
};

test.each(KINDS)("%s: credentials, uploads, make, progress, confirmation; no secret in the log", async (kind) => {
  const clock = { time: Date.now(), now: () => clock.time };
  const cos = await startCos({ now: clock.now });
  const server = await startGateway({ cos, now: clock.now, stageMs: 1000 });
  onTestFinished(async () => {
    await server.close();
    await cos.close();
  });
  const log = recordingLog();
  const secrets = new Set<string>();
  const { appkey, accessToken } = server;
  const calls = gateway({ baseUrl: server.url, appkey, accessToken, rate: 100, clock, log, firstRetryMs: 1 });
  const credentials = uploadCredentials({ gateway: calls, clock, secrets });
  const vault = cosVault({ credentials, log, endpoint: cos.url, partBytes: MB, firstRetryMs: 1 });
  const studio = avatarStudio(calls);

  const relays = MATERIALS[kind].map(async ([role, format], i) => {
    const file = { name: `材料 ${i}.${format}`, id: `F0${i}`, format };
    const { place } = await vault.relay(relayOf(someBytes(2 * MB + i), { role, file }));
    return { role, key: place.key };
  });
  const materials = await Promise.all(relays);
  expect(server.calls.filter((call) => call.operation === "getuploadcredentials")).toHaveLength(1);

  const order = { claim: "claim-1", kind, name: `Alice_${kind}`, sex: "FEMALE", materials } as const;
  const made = await studio.make(order);
  if (made.answer !== "created") throw new Error(JSON.stringify(made));
  expect(await studio.make(order)).toMatchObject({ answer: "refused", code: "100002" });
  expect(server.calls.find((call) => call.operation === "make")?.header).toEqual({ RequestID: "claim-1" });

  const { taskId } = made;
  while ((await studio.progress(taskId)).stage !== (kind === "IMAGE_PHOTO" ? "END" : "CONFIRM")) server.advance(taskId);
  if (kind !== "IMAGE_PHOTO") {
    const offered = await studio.progress(taskId);
    expect(offered).toMatchObject({ status: "MAKING", stageStatus: "WAIT_PROCESS" });
    expect(offered.demos).not.toEqual([]);
    expect(await studio.confirm({ taskId, claim: "claim-2", operate: "AGREE" })).toEqual({ answer: "accepted" });
    expect((await studio.confirm({ taskId, claim: "claim-3", operate: "AGREE" })).answer).not.toBe("accepted");
  }
  clock.time += 3_600_000;
  const done = await studio.progress(taskId);
  expect(done.status).toBe("SUCCESS");
  expect(done.assets[0]).toHaveProperty("VirtualmanKey");

  const logged = JSON.stringify(log.lines);
  for (const secret of [...secrets, accessToken, "signature"]) expect(logged).not.toContain(secret);
});
