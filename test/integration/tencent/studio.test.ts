import { readdirSync, readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { startCos } from "../../../sandbox/cos/server.ts";
import type { SandboxGateway } from "../../../sandbox/gateway/server.ts";
import { startGateway } from "../../../sandbox/gateway/server.ts";
import type { MakeOrder } from "../../../src/core/ports.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { gateway } from "../../../src/tencent/gateway.ts";
import { avatarStudio } from "../../../src/tencent/studio.ts";
import { freeRate } from "../../fixtures/free-rate.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import type { Answering } from "./answering-server.ts";
import { answeringServer, code, cutBody, hang, json, ok, reset, text } from "./answering-server.ts";

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

function studioAt(baseUrl: string, timeoutMs = 1_000) {
  const log = recordingLog();
  const clock = systemClock;
  const keys = { appkey: "sandbox_appkey", accessToken: "sandbox_accesstoken" };
  const calls = gateway({ baseUrl, ...keys, ...freeRate, clock, log, timeoutMs, firstRetryMs: 1 });
  // make's own minute would let a hanging server hold the test up.
  return avatarStudio({ call: (ask) => calls.call(ask.timeoutMs === undefined ? ask : { ...ask, timeoutMs }) });
}

test.each<[unknown, string]>([
  ["1717639699000123456", "1717639699000123456"],
  [123, "123"],
])("make: TaskId %j is created", async (TaskId, taskId) => {
  const { url } = await answeringServer(ok({ TaskId }));
  expect(await studioAt(url).make(order)).toEqual({ type: "created", requestId: "r-1", taskId });
});

const makeNoes = [
  [100001, "bad-parameters"],
  [100002, "bad-value"],
  [100003, "bad-parameters"],
  [100005, "not-authorised"],
  [100008, "quota-used-up"],
  [100014, "no-quota"],
] as const;

test.each(makeNoes)("make: %i is a definite no: %s", async (resultCode, reason) => {
  const { url, seen } = await answeringServer(code(resultCode, "said so", {}));
  const refused = { type: "refused", code: String(resultCode), reason, said: "said so", requestId: "r-1" };
  expect(await studioAt(url).make(order)).toEqual(refused);
  expect(seen).toHaveLength(1);
});

const nobodyKnows: [string, Answering, string | undefined][] = [
  ["100000", code(100000), "r-1"],
  ["110006", code(110006), "r-1"],
  ["a code that is not listed", code(123456), "r-1"],
  ["HTTP 503", text("", 503), undefined],
  ["a reset", reset, undefined],
  ["a cut answer", cutBody, undefined],
  ["a time-out", hang, undefined],
  ["a page", text("<html>"), undefined],
  ["a redirect", text("", 302, { Location: "/" }), undefined],
];

test.each([
  ...nobodyKnows,
  ["code 0 without TaskId", ok({}), "r-1"],
  ["code 0 with an empty TaskId", ok({ TaskId: " " }), "r-1"],
  ["code 0 with TaskId 0", ok({ TaskId: 0 }), "r-1"],
  ["code 0 without Payload", json({ Header: { Code: 0 } }), undefined],
] as typeof nobodyKnows)("make: after %s nobody knows, and it is not repeated", async (_, answer, requestId) => {
  const { url, seen } = await answeringServer(answer, ok({ TaskId: "123" }));
  const made = await studioAt(url, 1_500).make(order);
  expect(made).toEqual({ type: "unknown", because: expect.any(String), ...(requestId && { requestId }) });
  expect(seen).toHaveLength(1);
});

test("make and confirm: nothing was sent when nobody listens", async () => {
  const studio = studioAt("http://127.0.0.1:1");
  const refused = { type: "refused", code: "not-sent", reason: "not-sent" };
  expect(await studio.make(order)).toMatchObject({ ...refused, said: "calling make: ECONNREFUSED" });
  expect(await studio.confirm({ taskId: "7", claim: "c", operate: "AGREE" })).toMatchObject(refused);
});

test("confirm: what is sent, and accepted", async () => {
  const { url, seen } = await answeringServer(ok({}), json({ Header: { Code: 0 } }));
  const studio = studioAt(url);
  const agree = { taskId: "7", claim: "c-1", operate: "AGREE" } as const;
  expect(await studio.confirm(agree)).toEqual({ type: "accepted", requestId: "r-1" });
  expect(await studio.confirm({ ...agree, operate: "REJECT", reason: "lips" })).toMatchObject({ type: "accepted" });
  expect(seen.map((call) => call.url.pathname.split("/").at(-1))).toEqual(["customerconfirm", "customerconfirm"]);
  expect(seen[0]?.body).toEqual({ Header: { RequestID: "c-1" }, Payload: { TaskId: "7", Operate: "AGREE" } });
  expect(seen[1]?.body.Payload).toEqual({ TaskId: "7", Operate: "REJECT", Reason: "lips" });
});

const confirmNoes = [
  [100001, "bad-parameters"],
  [100002, "bad-value"],
  [100003, "bad-parameters"],
  [100005, "not-authorised"],
  [110006, "no-such-task"],
] as const;

test.each(confirmNoes)("confirm: %i is a definite no: %s", async (resultCode, reason) => {
  const { url, seen } = await answeringServer(code(resultCode, "said so"));
  const answer = await studioAt(url).confirm({ taskId: "7", claim: "c", operate: "AGREE" });
  expect(answer).toEqual({ type: "refused", code: String(resultCode), reason, said: "said so", requestId: "r-1" });
  expect(seen).toHaveLength(1);
});

test.each(nobodyKnows.filter(([what]) => what !== "110006"))(
  "confirm: after %s nobody knows, and it is not repeated",
  async (_, answer) => {
    const { url, seen } = await answeringServer(answer, ok({}));
    const said = await studioAt(url, 1_500).confirm({ taskId: "7", claim: "c", operate: "AGREE" });
    expect(said.type).toBe("unknown");
    expect(seen).toHaveLength(1);
  },
);

function recorded(name: string): Answering {
  return text(readFileSync(new URL(`../../recorded/tencent/${name}.json`, import.meta.url), "utf8"));
}

const progressFiles = readdirSync(new URL("../../recorded/tencent", import.meta.url))
  .filter((file) => file.startsWith("getprogress-"))
  .map((file) => file.replace(".json", ""));

test.each(progressFiles)("progress: %s is read", async (name) => {
  const { url } = await answeringServer(recorded(name));
  expect(await studioAt(url).progress("7")).toMatchSnapshot();
});

test("progress: escaped once, twice, and twice without the outer quotes, are one demo", async () => {
  const forms = ["getprogress-confirm-once", "getprogress-confirm-published", "getprogress-confirm-unquoted"];
  const { url } = await answeringServer(...forms.map(recorded));
  const studio = studioAt(url);
  const [once, ...others] = [await studio.progress("7"), await studio.progress("7"), await studio.progress("7")];
  expect(once).toMatchObject({ stage: "CONFIRM", stageStatus: "WAIT_PROCESS", demos: ["url1", "url2"] });
  for (const other of others) expect(other).toEqual(once);
});

test("progress: the same older rounds are the same text, whatever signs their links", async () => {
  const record = (query: string, StartTime: object) => ({
    Status: "MAKING",
    StageV2: "CONFIRM",
    StageInfo: JSON.stringify({ TrainRecord: [{ ...StartTime, Record: [`https://d/1.mp4${query}`] }] }),
  });
  const at = { StartTime: "2023-11-01 23:00:17" };
  const { url } = await answeringServer(ok(record("?sign=1", at)), ok(record("?sign=2", at)), ok(record("", {})));
  const studio = studioAt(url);
  const first = await studio.progress("7");
  expect(first.trainRecord).toBe('[{"Record":["https://d/1.mp4"],"StartTime":"2023-11-01 23:00:17"}]');
  expect((await studio.progress("7")).trainRecord).toBe(first.trainRecord);
  expect((await studio.progress("7")).trainRecord).not.toBe(first.trainRecord);
});

test.each([undefined, null, "", "not json", "{", 7, "[]", '""', "null"])(
  "progress: StageInfo %j, a new stage and nulls are survived",
  async (StageInfo) => {
    const odd = { Status: "MAKING", StageV2: "POLISH", StatusV2: "RESTING", FailMessage: null, AssetList: null };
    const { url } = await answeringServer(ok({ ...odd, StageInfo }));
    const report = { status: "MAKING", demos: [], trainRecord: "", assets: [], requestId: "r-1" };
    expect(await studioAt(url).progress("7")).toEqual(report);
  },
);

test("progress: a field of another type than published takes no other with it", async () => {
  const StageInfo = JSON.stringify({ TrainResult: "https://d/1.mp4", RejectReason: 7, TrainRecord: null });
  const confirm = { Status: "MAKING", StageV2: "CONFIRM", StatusV2: "WAIT_PROCESS", FailMessage: 7, AssetList: "" };
  const end = { Status: "SUCCESS", AssetList: [null, "key", { VirtualmanKey: "vk", Tags: [] }, { TimbreKey: 9 }, {}] };
  const { url } = await answeringServer(
    ok({ ...confirm, StageInfo }),
    ok({ ...confirm, StageInfo: { TrainResult: ["a", null, 7, ""], RejectReason: "no" } }),
    ok(end),
  );
  const studio = studioAt(url);
  expect(await studio.progress("7")).toMatchObject({ demos: ["https://d/1.mp4"], trainRecord: "", assets: [] });
  expect(await studio.progress("7")).toMatchObject({ demos: ["a"], rejectReason: "no" });
  expect((await studio.progress("7")).assets).toEqual([{ VirtualmanKey: "vk" }, { TimbreKey: 9 }]);
});

test("progress: a demo tells that the task waits for a decision, where the gateway leaves that out", async () => {
  const StageInfo = JSON.stringify({ TrainResult: ["https://d/1.mp4"] });
  const { url } = await answeringServer(
    ok({ Status: "MAKING", StageInfo }),
    ok({ Status: "MAKING", StageV2: "CONFIRM", StageInfo: JSON.stringify({ RejectReason: "no" }) }),
    ok({ Status: "MAKING", StageV2: "", StatusV2: "", StageInfo }),
    ok({ Status: "MAKING", StageV2: "TRAIN", StageInfo }),
    ok({ Status: "MAKING", StageV2: "CONFIRM", StatusV2: "PROCESSING", StageInfo }),
    ok({ Status: "SUCCESS", StageInfo }),
  );
  const studio = studioAt(url);
  const waits = { stage: "CONFIRM", stageStatus: "WAIT_PROCESS" };
  expect(await studio.progress("7")).toMatchObject({ ...waits, demos: ["https://d/1.mp4"] });
  expect(await studio.progress("7")).toMatchObject({ ...waits, rejectReason: "no" });
  expect(await studio.progress("7")).toMatchObject(waits);
  expect(await studio.progress("7")).toMatchObject({ stage: "TRAIN", demos: [] });
  expect(await studio.progress("7")).toMatchObject({ stage: "CONFIRM", stageStatus: "PROCESSING" });
  expect(await studio.progress("7")).not.toHaveProperty("stage");
});

test("progress: refused and unclear are thrown", async () => {
  const { url } = await answeringServer(recorded("error-no-record"), ok({ Status: "SLEEPING" }));
  const studio = studioAt(url);
  await expect(studio.progress("7")).rejects.toMatchObject({ code: "gateway-refused", resultCode: 110006 });
  await expect(studio.progress("7")).rejects.toMatchObject({ code: "gateway-unclear" });
});

async function sandbox(): Promise<SandboxGateway> {
  const cos = await startCos();
  const server = await startGateway({ cos, stageMs: 3_600_000 });
  onTestFinished(async () => {
    await server.close();
    await cos.close();
  });
  return server;
}

test("against the sandbox's gateway: refused without materials, and the call came once", async () => {
  const server = await sandbox();
  const studio = studioAt(server.url);
  expect(await studio.make(order)).toMatchObject({ type: "refused", code: "100002", requestId: "claim-1" });
  server.faults.plan("make", { type: "reset" });
  expect(await studio.make(order)).toMatchObject({ type: "unknown" });
  expect(server.calls.map((call) => call.operation)).toEqual(["make", "make"]);
  expect(server.calls[0]?.header).toEqual({ RequestID: "claim-1" });
  await expect(studio.progress("nope")).rejects.toMatchObject({ code: "gateway-refused", resultCode: 110006 });
  server.faults.plan("getprogress", { type: "status", status: 503 });
  await expect(studio.progress("nope")).rejects.toMatchObject({ code: "gateway-refused" });
});
