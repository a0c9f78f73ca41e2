import { Response } from "node-fetch";
import { afterEach, expect, test, vi } from "vitest";
import { systemClock } from "../../../src/ops/clock.ts";
import { faceCheck } from "../../../src/tencent/face-check.ts";
import { gateway } from "../../../src/tencent/gateway.ts";
import { avatarStudio } from "../../../src/tencent/studio.ts";
import { voiceLab } from "../../../src/tencent/voice-lab.ts";
import { freeRate } from "../../fixtures/free-rate.ts";
import { recordingLog } from "../../twins/recording-log.ts";

afterEach(() => vi.restoreAllMocks());

const order = { claim: "c", kind: "IMAGE", name: "Alice", sex: "FEMALE", materials: [] } as const;

test("a call waits 15 s for its answer, make a minute", async () => {
  const waits = vi.spyOn(AbortSignal, "timeout");
  const answer = {
    Header: { Code: 0 },
    Payload: { TaskId: "7", Status: "MAKING", TaskState: "PROCESSING", Texts: [] },
  };
  const calls = gateway({
    baseUrl: "http://gateway.invalid",
    appkey: "a",
    accessToken: "t",
    ...freeRate,
    clock: systemClock,
    log: recordingLog(),
    fetch: async () => new Response(JSON.stringify(answer)),
  });
  const [studio, voices, faces] = [avatarStudio(calls), voiceLab(calls), faceCheck(calls, () => "id")];
  await studio.progress("7");
  await studio.confirm({ taskId: "7", claim: "c", operate: "AGREE" });
  await voices.texts("chi");
  await voices.evaluate({ url: "u" });
  await voices.detection("7");
  await faces.detect("u");
  expect(waits.mock.calls.flat()).toEqual(Array.from({ length: 6 }, () => 15_000));
  waits.mockClear();
  expect(await studio.make(order)).toEqual({ type: "created", taskId: "7" });
  expect(waits.mock.calls).toEqual([[60_000]]);
});
