import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { VoiceLab } from "../../../src/core/check-ports.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { gateway } from "../../../src/tencent/gateway.ts";
import { voiceLab } from "../../../src/tencent/voice-lab.ts";
import { freeRate } from "../../fixtures/free-rate.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import type { Answering } from "./answering-server.ts";
import { answeringServer, code, ok, reset, text } from "./answering-server.ts";

const URL_OF_IT = "https://b-1.cos.ap-singapore.myqcloud.com/k/audio/a-F1.wav";
const RECORDED = new URL("../../recorded/tencent/", import.meta.url);

function labAt(baseUrl: string): VoiceLab {
  const keys = { appkey: "sandbox_appkey", accessToken: "sandbox_accesstoken" };
  const clock = systemClock;
  return voiceLab(gateway({ baseUrl, ...keys, ...freeRate, clock, log: recordingLog(), firstRetryMs: 1 }));
}

function recorded(name: string): Answering {
  return text(readFileSync(new URL(`${name}.json`, RECORDED), "utf8"));
}

const recordedNames = (of: string) =>
  readdirSync(RECORDED)
    .filter((file) => file.startsWith(of))
    .map((file) => file.replace(".json", ""));

test("texts: in the language, with their ids", async () => {
  const { url, seen } = await answeringServer(recorded("gettext"));
  expect(await labAt(url).texts("chi")).toEqual([
    { id: "ec28499a-cf6d-4f7b-b7fa-4a5a54662b38", text: "本次降价的300多款产品 其中肉类零食占比较多一些" },
  ]);
  expect(seen[0]?.url.pathname).toBe("/v2/ivh/assetmanager/zeroshotservice/gettext");
  expect(seen[0]?.body).toEqual({ Header: {}, Payload: { Language: "chi" } });
});

test.each([100001, 100002, 100003])("texts: where a language is refused with %i, those there are", async (refused) => {
  const { url, seen } = await answeringServer(code(refused), ok({ Texts: [{ TextId: 7, Text: "read me" }] }));
  expect(await labAt(url).texts("eng")).toEqual([{ id: "7", text: "read me" }]);
  expect(seen.map((call) => call.body.Payload)).toEqual([{ Language: "eng" }, {}]);
});

test("texts: any other code is repeated, then thrown, and none is an empty list", async () => {
  const four = Array.from({ length: 4 }, () => code(100005));
  const { url, seen } = await answeringServer(...four, ok({ Texts: null }), ok({}));
  const lab = labAt(url);
  await expect(lab.texts("can")).rejects.toMatchObject({ code: "gateway-unclear", resultCode: 100005 });
  expect(seen).toHaveLength(4);
  expect(await lab.texts("can")).toEqual([]);
  expect(await lab.texts("can")).toEqual([]);
});

test("evaluate: a full URL, and the reference text where there is one", async () => {
  const { url, seen } = await answeringServer(recorded("audioevaluation"), ok({ TaskId: 42 }));
  const lab = labAt(url);
  expect(await lab.evaluate({ url: URL_OF_IT })).toBe("837a583863b745e59391456943ffc22f");
  expect(await lab.evaluate({ url: URL_OF_IT, referenceText: "hello" })).toBe("42");
  expect(seen[0]?.url.pathname).toBe("/v2/ivh/algotaskserver/algotaskservice/audioevaluation");
  expect(seen.map((call) => call.body.Payload)).toEqual([
    { AudioUrl: URL_OF_IT },
    { AudioUrl: URL_OF_IT, ReferenceText: "hello" },
  ]);
});

test("detect: TextId or a reference text, and the language", async () => {
  const { url, seen } = await answeringServer(recorded("detectaudioquality"));
  const lab = labAt(url);
  const ask = { url: URL_OF_IT, language: "eng" } as const;
  expect(await lab.detect({ ...ask, textId: "t-1", referenceText: "hello" })).toBe(
    "6da6f935-de23-4337-b753-64cca3627362",
  );
  await lab.detect({ ...ask, referenceText: "hello" });
  await lab.detect(ask);
  expect(seen[0]?.url.pathname).toBe("/v2/ivh/assetmanager/zeroshotservice/detectaudioquality");
  expect(seen.map((call) => call.body.Payload)).toEqual([
    { AudioUrl: URL_OF_IT, TextId: "t-1", Language: "eng" },
    { AudioUrl: URL_OF_IT, ReferenceText: "hello", Language: "eng" },
    { AudioUrl: URL_OF_IT, Language: "eng" },
  ]);
});

test("every call is repeated when its answer is lost, those that start a task too", async () => {
  const started = ok({ TaskId: "7" });
  const { url, seen } = await answeringServer(
    ...[reset, ok({ Texts: [] }), reset, started, reset, started],
    ...[reset, recorded("getaudioevaluationstate-fail"), reset, recorded("getdetectprogress-noisy")],
  );
  const lab = labAt(url);
  expect(await lab.texts("chi")).toEqual([]);
  expect(await lab.evaluate({ url: URL_OF_IT })).toBe("7");
  expect(await lab.detect({ url: URL_OF_IT, language: "chi" })).toBe("7");
  expect(await lab.evaluation("7")).toMatchObject({ type: "broken" });
  expect(await lab.detection("7")).toMatchObject({ type: "detected" });
  expect(seen).toHaveLength(10);
});

test.each(recordedNames("getaudioevaluationstate-"))("evaluation: %s is read", async (name) => {
  const { url, seen } = await answeringServer(recorded(name));
  expect(await labAt(url).evaluation("837a")).toMatchSnapshot();
  expect(seen[0]?.url.pathname).toBe("/v2/ivh/algotaskserver/algotaskservice/getaudioevaluationstate");
  expect(seen[0]?.body.Payload).toEqual({ TaskId: "837a" });
});

test.each([
  ["both ends", { Value: 1, QualifiedRange: [0, 2] }, { low: 0, high: 2 }],
  ["an open low end", { Value: 1, QualifiedRange: [null, 2] }, { high: 2 }],
  ["an open high end", { Value: 1, QualifiedRange: [0, "+∞"] }, { low: 0 }],
  ["an empty end", { Value: 1, QualifiedRange: ["", "2.5"] }, { high: 2.5 }],
  ["a lone end", { Value: 1, QualifiedRange: [0] }, { low: 0 }],
  ["no end", { Value: 1, QualifiedRange: [] }, {}],
  ["no range", { Value: "1" }, {}],
  ["a range that is none", { Value: " 1 ", QualifiedRange: "0-2" }, {}],
])("evaluation: %s of a range", async (_, Snr, range) => {
  const { url } = await answeringServer(ok({ TaskState: "SUCCESS", Result: { Snr } }));
  expect(await labAt(url).evaluation("7")).toEqual({
    type: "evaluated",
    metrics: [{ name: "snr", value: 1, ...range }],
  });
});

test.each([
  undefined,
  null,
  {},
  { Snr: null, C50: {}, Clipping: { Value: "loud" }, Duration: 7, Wer: { Value: null } },
])("evaluation: a success with nothing measured (%j) is broken, not passed", async (Result) => {
  const { url } = await answeringServer(ok({ TaskState: "SUCCESS", Result }));
  expect(await labAt(url).evaluation("7")).toEqual({
    type: "broken",
    said: "the inspection ended without a result",
  });
});

test("a state that is new goes on, a missing one is unclear, no such task is thrown", async () => {
  const unclear = ok({ Result: {} });
  const { url } = await answeringServer(
    ...[ok({ TaskState: "RESTING" }), ok({ TaskState: "RESTING", DetectionCode: -2 })],
    ...[unclear, unclear, unclear, unclear, recorded("error-no-record")],
  );
  const lab = labAt(url);
  expect(await lab.evaluation("7")).toEqual({ type: "running" });
  expect(await lab.detection("7")).toEqual({ type: "running" });
  await expect(lab.evaluation("7")).rejects.toMatchObject({ code: "gateway-unclear" });
  await expect(lab.detection("7")).rejects.toMatchObject({ code: "gateway-refused", resultCode: 110006 });
});

test.each(recordedNames("getdetectprogress-"))("detection: %s is read", async (name) => {
  const { url, seen } = await answeringServer(recorded(name));
  expect(await labAt(url).detection("6da6")).toMatchSnapshot();
  expect(seen[0]?.url.pathname).toBe("/v2/ivh/assetmanager/zeroshotservice/getdetectprogress");
  expect(seen[0]?.body.Payload).toEqual({ TaskId: "6da6" });
});

test.each<[string, object, object]>([
  ["a code while processing", { TaskState: "PROCESSING", DetectionCode: -3 }, { type: "running" }],
  [
    "zero left out, an AudioId that is a number",
    { TaskState: "SUCCESS", AudioId: 12 },
    { type: "detected", code: 0, said: "", audioId: "12" },
  ],
  [
    "a code as text",
    { TaskState: "SUCCESS", AudioId: "a", DetectionCode: "-2", DetectionMsg: "misread" },
    { type: "detected", code: -2, said: "misread" },
  ],
  ["FAIL with a code", { TaskState: "FAIL", DetectionCode: -1 }, { type: "detected", code: -1, said: "" }],
  ["FAIL without one", { TaskState: "FAIL", DetectionMsg: null }, { type: "broken", said: "" }],
  [
    "passed without an AudioId",
    { TaskState: "SUCCESS", AudioId: "", DetectionCode: 0 },
    { type: "broken", said: "passed, but without an AudioId" },
  ],
])("detection: %s", async (_, payload, report) => {
  const { url } = await answeringServer(ok(payload));
  expect(await labAt(url).detection("7")).toEqual(report);
});
