import { readdirSync, readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { startCos } from "../../../sandbox/cos/server.ts";
import { startGateway } from "../../../sandbox/gateway/server.ts";
import type { FaceCheck } from "../../../src/core/check-ports.ts";
import { Fault } from "../../../src/core/fault.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { faceCheck } from "../../../src/tencent/face-check.ts";
import { gateway } from "../../../src/tencent/gateway.ts";
import { isAbsent } from "../../../src/tencent/result-codes.ts";
import { freeRate } from "../../fixtures/free-rate.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import type { Answering } from "./answering-server.ts";
import { answeringServer, code, json, ok, reset, text } from "./answering-server.ts";

const PHOTO = "https://b-1.cos.ap-singapore.myqcloud.com/k/photo/a-F1.png";
const RECORDED = new URL("../../recorded/tencent/", import.meta.url);

function checkAt(baseUrl: string): FaceCheck {
  const keys = { appkey: "sandbox_appkey", accessToken: "sandbox_accesstoken" };
  const clock = systemClock;
  const ids = ["id-1", "id-2"];
  const calls = gateway({ baseUrl, ...keys, ...freeRate, clock, log: recordingLog(), firstRetryMs: 1 });
  return faceCheck(calls, () => ids.shift() ?? "");
}

function recorded(name: string): Answering {
  return text(readFileSync(new URL(`${name}.json`, RECORDED), "utf8"));
}

test("detect: a RequestId of ours for each, checker version 2; a lost answer is asked again", async () => {
  const { url, seen } = await answeringServer(reset, recorded("facedetect"), ok({ TaskId: 42 }));
  const check = checkAt(url);
  expect(await check.detect(PHOTO)).toBe("569ae497-f266-4565-93bd-93aaf822524e");
  expect(await check.detect(PHOTO)).toBe("42");
  expect(seen[0]?.url.pathname).toBe("/v2/ivh/facedetectserver/facedetectservice/facedetect");
  expect(seen.map((call) => call.body.Payload)).toEqual([
    { RequestId: "id-1", ImageUrl: PHOTO, CheckerVersion: 2 },
    { RequestId: "id-1", ImageUrl: PHOTO, CheckerVersion: 2 },
    { RequestId: "id-2", ImageUrl: PHOTO, CheckerVersion: 2 },
  ]);
});

const states = readdirSync(RECORDED)
  .filter((file) => file.startsWith("getfacedetectstate-"))
  .map((file) => file.replace(".json", ""));

test.each(states)("detection: %s is read", async (name) => {
  const { url, seen } = await answeringServer(recorded(name));
  expect(await checkAt(url).detection("569a")).toMatchSnapshot();
  expect(seen[0]?.url.pathname).toBe("/v2/ivh/facedetectserver/facedetectservice/getfacedetectstate");
  expect(seen[0]?.body.Payload).toEqual({ TaskId: "569a" });
});

test.each<[string, object, object]>([
  ["no faces", { TaskState: "SUCCESS", IsPassDetect: false, Faces: null }, { passed: false, faces: [] }],
  ["a word left out is not a yes", { TaskState: "SUCCESS", Faces: [{}] }, { passed: false, faces: [{}] }],
  ["yes as text", { TaskState: "SUCCESS", IsPassDetect: "true", ErrorCode: "0" }, { passed: true, code: "0" }],
  [
    "boxes with zeros left out, as a list, and without a corner",
    {
      TaskState: "SUCCESS",
      IsPassDetect: true,
      Faces: [
        { Yaw: "3.5", Box: { Top: 2, Width: 5, Height: 6 }, MaxCrop: [1, 2, 3, 4], MinCrop: "?" },
        { Box: { X: 1, Y: 2, Width: 5, Height: 6 }, MaxCrop: { Width: 5, Height: 6 } },
      ],
    },
    { faces: [{ yaw: 3.5, box: [0, 2, 5, 8], maxCrop: [1, 2, 3, 4] }, { box: [1, 2, 6, 8] }] },
  ],
  ["a state that is new", { TaskState: "RESTING" }, { type: "running" }],
  ["FAILED without a code", { TaskState: "FAILED", ErrorMsg: "oops" }, { type: "broken", said: "oops" }],
])("detection: %s", async (_, payload, report) => {
  const { url } = await answeringServer(ok(payload));
  expect(await checkAt(url).detection("7")).toMatchObject(report);
});

test.each<[string, Answering]>([
  ["HTTP 404 with a page", text("404 page not found", 404)],
  ["HTTP 404 with JSON of another form", json({ error_msg: "404 Route Not Found" }, 404)],
  ["100005", code(100005, "not authorised")],
])("absent: %s, asked once", async (_, answer) => {
  const { url, seen } = await answeringServer(answer);
  const check = checkAt(url);
  expect(await check.detect(PHOTO)).toBeUndefined();
  expect(seen).toHaveLength(1);
  expect(await check.detection("7")).toEqual({ type: "absent" });
});

test.each<[string, Answering]>([
  ["HTTP 503", text("", 503)],
  ["a reset", reset],
  ["a page", text("<html>")],
  ["100000", code(100000)],
  ["100002", code(100002)],
  ["110006", code(110006)],
])("not absent: %s", async (_, answer) => {
  const { url } = await answeringServer(answer);
  const check = checkAt(url);
  await expect(check.detection("7")).rejects.toBeInstanceOf(Fault);
});

test("not absent: nobody listens, or what is no fault of the gateway", async () => {
  await expect(checkAt("http://127.0.0.1:1").detect(PHOTO)).rejects.toMatchObject({ code: "gateway-not-sent" });
  expect(isAbsent(new Error("404"))).toBe(false);
  expect(isAbsent(new Fault("cos-refused", "no", { resultCode: "http-404" }))).toBe(false);
});

test("the sandbox's gateway without face detection is absent, with it the photo is looked for", async () => {
  const cos = await startCos();
  const server = await startGateway({ cos, plays: "mainland" });
  onTestFinished(async () => {
    await server.close();
    await cos.close();
  });
  const check = checkAt(server.url);
  await expect(check.detect(PHOTO)).rejects.toMatchObject({ code: "gateway-refused", resultCode: 100002 });
  server.hasFaceDetection = false;
  expect(await check.detect(PHOTO)).toBeUndefined();
});
