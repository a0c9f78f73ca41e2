import { expect, test } from "vitest";
import type { MakeOrder } from "../../../src/core/ports.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { gateway } from "../../../src/tencent/gateway.ts";
import { avatarStudio } from "../../../src/tencent/studio.ts";
import { freeRate } from "../../fixtures/free-rate.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { answeringServer, ok } from "./answering-server.ts";

const order: MakeOrder = {
  claim: "claim-1",
  kind: "IMAGE",
  name: "Alice_blue",
  sex: "FEMALE",
  materials: [
    { role: "identity-video", key: "customer-pipeline/12/6f/idcard/consent-F1.mp4" },
    { role: "footage", key: "customer-pipeline/12/77/video/alice-F2.mov" },
  ],
};

function studioAt(baseUrl: string) {
  const keys = { appkey: "sandbox_appkey", accessToken: "sandbox_accesstoken" };
  return avatarStudio(gateway({ baseUrl, ...keys, ...freeRate, clock: systemClock, log: recordingLog() }));
}

test("make: every field of a studio avatar, each material under its own coskey", async () => {
  const { url, seen } = await answeringServer(ok({ TaskId: "123" }));
  const full = { ...order, notes: "n", demoText: "hello", background: "white" } as const;
  expect(await studioAt(url).make(full)).toMatchObject({ type: "created", taskId: "123" });
  expect(seen[0]?.url.pathname).toBe("/v2/ivh/assetmanager/customservice/make");
  expect(seen[0]?.body).toEqual({
    Header: { RequestID: "claim-1" },
    Payload: {
      AnchorName: "Alice_blue",
      MakeType: "IMAGE",
      SexType: "FEMALE",
      Notes: "n",
      TextDriver: "hello",
      RemoveBackground: 2,
      IdentityCosUrl: "/customer-pipeline/12/6f/idcard/consent-F1.mp4",
      MaterialCosUrl: "/customer-pipeline/12/77/video/alice-F2.mov",
    },
  });
});

test("make: nothing that was not asked for; a letter in its own field; green", async () => {
  const { url, seen } = await answeringServer(ok({ TaskId: "123" }));
  const materials = [
    { role: "identity-letter", key: "k/idcard/letter-F1.pdf" },
    { role: "footage", key: "k/video/a-F2.mp4" },
  ] as const;
  await studioAt(url).make({ ...order, kind: "IMAGE_4K", background: "green", materials });
  expect(seen[0]?.body.Payload).toEqual({
    AnchorName: "Alice_blue",
    MakeType: "IMAGE_4K",
    SexType: "FEMALE",
    RemoveBackground: 1,
    IdentityWrittenCosUrl: "/k/idcard/letter-F1.pdf",
    MaterialCosUrl: "/k/video/a-F2.mp4",
  });
});

test("make: a photo avatar has a version and no identity fields, also where the team keeps a consent", async () => {
  const { url, seen } = await answeringServer(ok({ TaskId: "123" }));
  const materials = [
    { role: "identity-letter", key: "k/idcard/letter-F1.pdf" },
    { role: "photo", key: "k/photo/a-F2.png" },
  ] as const;
  await studioAt(url).make({ ...order, kind: "IMAGE_PHOTO", photoVersion: 0, materials });
  expect(seen[0]?.body.Payload).toEqual({
    AnchorName: "Alice_blue",
    MakeType: "IMAGE_PHOTO",
    SexType: "FEMALE",
    PhotoVersion: 0,
    MaterialCosUrl: "/k/photo/a-F2.png",
  });
});

test("make: a basic voice has its authorization and its package, not the recording that was inspected", async () => {
  const { url, seen } = await answeringServer(ok({ TaskId: "123" }));
  const materials = [
    { role: "identity-letter", key: "k/idcard/letter-F1.pdf" },
    { role: "voice-package", key: "k/audio/takes-F2.zip" },
    { role: "recording", key: "k/audio/take-F3.wav" },
  ] as const;
  await studioAt(url).make({ ...order, kind: "VOICE", materials });
  expect(seen[0]?.body.Payload).toEqual({
    AnchorName: "Alice_blue",
    MakeType: "VOICE",
    SexType: "FEMALE",
    IdentityWrittenCosUrl: "/k/idcard/letter-F1.pdf",
    MaterialCosUrl: "/k/audio/takes-F2.zip",
  });
});

test("make: an ultra-fast voice has AudioId and language and no file, also where the team keeps a consent", async () => {
  const { url, seen } = await answeringServer(ok({ TaskId: "123" }));
  const materials = [
    { role: "identity-video", key: "k/idcard/consent-F1.mp4" },
    { role: "reading", key: "k/zeroshot/read-F2.mp3" },
  ] as const;
  const heard = { audioId: "audio-1", language: "can" } as const;
  await studioAt(url).make({ ...order, kind: "ZERO_SHOT_VOICE", ...heard, materials });
  expect(seen[0]?.body.Payload).toEqual({
    AnchorName: "Alice_blue",
    MakeType: "ZERO_SHOT_VOICE",
    SexType: "FEMALE",
    AudioId: "audio-1",
    ZeroshortLang: "can",
  });
});
