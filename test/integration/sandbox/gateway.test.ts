import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { verifyQuery } from "../../../sandbox/gateway/signature.ts";
import { Answer, Credentials, call, type Lab, lab, query, send } from "./gateway-client.ts";

let at: Lab;
beforeEach(async () => {
  at = await lab();
});
afterEach(() => at.close());

const seconds = () => Math.floor(at.clock.now / 1000);

describe("who calls", () => {
  test.each([
    ["example_appkey", 1717639699, "example_accesstoken", "aCNWYzZdplxWVo+JsqzZc9+J9XrwWWITfX3eQpsLVno="],
    [
      "e38267c0e86411ebb02aed82acb0ed99",
      1646636485,
      "f68f2d10ae9e4604b76fb05cf46bccec",
      "BfWuaC9kmaicCggXc693uK+sZQ8qe88O4HVQNTdwZuo=",
    ],
  ])("the published signature of %s is right", (appkey, timestamp, accessToken, signature) => {
    const asked = new URLSearchParams({ timestamp: String(timestamp), signature, appkey });
    expect(() => verifyQuery(asked, { appkey, accessToken }, timestamp)).not.toThrow();
    expect(() => verifyQuery(asked, { appkey, accessToken: "other" }, timestamp)).toThrow("signature mismatch");
  });

  test("a clock more than five minutes off is refused, on either side", async () => {
    const codeAt = async (off: number) => {
      const asked = query(at.gateway, seconds() + off).toString();
      return (await call(at, "getuploadcredentials", {}, { query: asked })).Header.Code;
    };
    expect(await Promise.all([-301, -300, 0, 300, 301].map(codeAt))).toEqual([100005, 0, 0, 0, 100005]);
  });

  test("every parameter but the signature is signed, and each stands once", async () => {
    const codeOf = async (asked: string) => (await call(at, "getuploadcredentials", {}, { query: asked })).Header.Code;
    const good = query(at.gateway, seconds()).toString();
    expect(await codeOf(`${good}&nonce=1`)).toBe(100005);
    expect(await codeOf(`${good}&appkey=${at.gateway.appkey}`)).toBe(100001);
    expect(await codeOf(good.replace(/&signature=.*/, ""))).toBe(100001);
    expect(await codeOf(good.replace("appkey=sandbox", "appkey=other"))).toBe(100005);
    expect(await codeOf(good.replace(/timestamp=\d+/, "timestamp=now"))).toBe(100001);
  });
});

describe("the envelope", () => {
  test("POST only, and only what exists", async () => {
    expect((await send(at, "getuploadcredentials", {}, { method: "GET" })).status).toBe(405);
    expect((await send(at, "listtasks", {})).status).toBe(404);
    expect(at.gateway.calls).toEqual([]);
  });

  test("Header and Payload, both, as JSON", async () => {
    const codeOf = async (body: string, contentType?: string) =>
      (await call(at, "getuploadcredentials", {}, contentType ? { body, contentType } : { body })).Header.Code;
    expect(await codeOf('{"Header":{},"Payload":{}}')).toBe(0);
    expect(await codeOf('{"Header":{},"Payload":{}}', "application/json")).toBe(0);
    expect(await codeOf('{"Header":{},"Payload":{}}', "text/plain")).toBe(100001);
    expect(await codeOf('{"Payload":{}}')).toBe(100001);
    expect(await codeOf('{"Header":{}}')).toBe(100001);
    expect(await codeOf('{"Header":{},"Payload":{},"Extra":1}')).toBe(100001);
    expect(await codeOf('{"Header":{},"Payload":{"Bucket":"x"}}')).toBe(100001);
    expect(await codeOf("<html>")).toBe(100001);
  });

  test("a RequestID of ours comes back, else the gateway makes one", async () => {
    const ours = await call(at, "getuploadcredentials", {}, { header: { RequestID: "claim-7" } });
    const theirs = await call(at, "getprogress", { TaskId: "1" });
    expect(ours.Header.RequestID).toBe("claim-7");
    expect(theirs.Header).toMatchObject({ Code: 110006, RequestID: expect.stringMatching(/^[\da-f]{32}$/) });
    expect(at.gateway.calls).toEqual([
      {
        operation: "getuploadcredentials",
        payload: {},
        header: { RequestID: "claim-7" },
        requestId: "claim-7",
        code: 0,
        answer: ours.Payload,
      },
      {
        operation: "getprogress",
        payload: { TaskId: "1" },
        header: {},
        requestId: theirs.Header.RequestID,
        code: 110006,
        message: theirs.Header.Message,
      },
    ]);
  });

  test("an error has no Payload, or an empty one", async () => {
    const payloads = [];
    for (const _ of [1, 2]) payloads.push((await call(at, "getprogress", { TaskId: "1" })).Payload);
    expect(payloads).toEqual([undefined, {}]);
  });
});

describe("upload credentials", () => {
  test("are good for one folder of the account's bucket, a fresh one each time", async () => {
    const ask = async () => Credentials.parse((await call(at, "getuploadcredentials", {})).Payload);
    const [one, two] = [await ask(), await ask()];
    expect(one.PathPrefix).toMatch(
      /^https:\/\/ivh-sandbox-1250000000\.cos\.ap-singapore\.myqcloud\.com\/customer-pipeline\/\d+\/[\da-f-]{36}\/$/,
    );
    expect(one.PathPrefix).not.toBe(two.PathPrefix);
    expect([one.StartTime, one.ExpiredTime]).toEqual([seconds(), seconds() + 7200]);
  });

  test("or the same folder each time, and no StartTime on the international gateway", async () => {
    const other = await lab({ prefixes: "same", plays: "international", credentialSeconds: 60, region: "accelerate" });
    const ask = async () => Credentials.parse((await call(other, "getuploadcredentials", {})).Payload);
    const [one, two] = [await ask(), await ask()];
    expect(one.PathPrefix).toBe(two.PathPrefix);
    expect(one.PathPrefix).toContain(".cos.accelerate.myqcloud.com/");
    expect([one.StartTime, one.ExpiredTime]).toEqual([undefined, Math.floor(other.clock.now / 1000) + 60]);
    await other.close();
  });
});

describe("faults", () => {
  const ask = (timeoutMs?: number) =>
    send(at, "getuploadcredentials", {}, timeoutMs === undefined ? {} : { timeoutMs });

  test("status, code and slow", async () => {
    at.gateway.faults.plan("getuploadcredentials", { type: "status", status: 502 });
    const bad = await ask();
    expect([bad.status, await bad.text()]).toEqual([502, expect.stringContaining("<html>")]);
    at.gateway.faults.plan("getuploadcredentials", { type: "code", code: 100014, message: "rpc: QuotaNotFound" });
    const refused = Answer.parse(await (await ask()).json());
    expect(refused.Header).toMatchObject({ Code: 100014, Message: "rpc: QuotaNotFound" });
    at.gateway.faults.plan("getuploadcredentials", { type: "slow", delayMs: 60 });
    const before = performance.now();
    expect((await ask()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(55);
    expect(at.gateway.calls.map((c) => c.code)).toEqual([-1, 100014, 0]);
  });

  test("reset and hang do nothing, lost answer and cut do the work", async () => {
    at.gateway.faults.plan("getuploadcredentials", { type: "reset" });
    await expect(ask()).rejects.toMatchObject({ code: "ECONNRESET" });
    at.gateway.faults.plan("getuploadcredentials", { type: "hang" });
    await expect(ask(80)).rejects.toMatchObject({ name: "AbortError" });
    at.gateway.faults.plan("getuploadcredentials", { type: "lost-answer" });
    await expect(ask()).rejects.toMatchObject({ code: "ECONNRESET" });
    at.gateway.faults.plan("getuploadcredentials", { type: "cut", afterBytes: 10 });
    const cut = await ask();
    await expect(cut.text()).rejects.toThrow();
    expect(at.gateway.calls.map((c) => c.code)).toEqual([-1, -1, 0, 0]);
  });
});

test("the recorded answers have the gateway's form", () => {
  const folder = new URL("../../recorded/tencent/", import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) {
    const answer = Answer.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8")));
    expect(answer.Header.Code === 0, name).toBe(!name.startsWith("error-"));
  }
});
