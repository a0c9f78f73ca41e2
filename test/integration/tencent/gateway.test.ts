import { createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import type { Fault } from "../../../src/core/fault.ts";
import { describeFault } from "../../../src/core/fault.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { listenHere } from "../../fixtures/loopback.ts";
import type { Answering } from "./answering-server.ts";
import { answeringServer, code, cutBody, hang, json, ok, reset, text } from "./answering-server.ts";
import { client, read, write } from "./gateway-lab.ts";

async function faultOf(call: Promise<unknown>): Promise<Fault> {
  return call.then(
    () => Promise.reject(new Error("the call passed")),
    (error: Fault) => error,
  );
}

test("a call: signed query, both halves of the body, the claim as RequestID", async () => {
  const { url, seen } = await answeringServer(ok({ Name: "n", More: 1 }));
  expect(await client(url).call(write)).toEqual({ payload: { Name: "n" }, requestId: "r-1" });
  await client(`${url}/`).call(read);
  expect(seen[0]).toMatchObject({
    method: "POST",
    body: { Header: { RequestID: "claim-1" }, Payload: { TaskId: "7" } },
  });
  expect(seen[0]?.url.pathname).toBe(read.path);
  expect(seen[0]?.headers["content-type"]).toBe("application/json;charset=utf-8");
  expect(Object.fromEntries(seen[0]?.url.searchParams ?? [])).toEqual({
    appkey: "example_appkey",
    timestamp: "1717639699",
    signature: "aCNWYzZdplxWVo+JsqzZc9+J9XrwWWITfX3eQpsLVno=",
  });
  expect(seen[1]?.body.Header).toEqual({});
});

const unclear: [string, Answering][] = [
  ["a reset after the request", reset],
  ["an answer that is cut", cutBody],
  ["no answer in time", hang],
  ["HTTP 500", text("oops", 500)],
  ["HTTP 502 with a whole envelope", json({ Header: { Code: 0, RequestID: "r-1" }, Payload: { Name: "n" } }, 502)],
  ["a page instead of JSON", text("<html>", 200)],
  ["no such route", text("404 page not found", 404)],
  ["a redirect", text("", 307, { Location: "/elsewhere" })],
  ["JSON without a Header", json({ Payload: { Name: "n" } })],
  ["a Header without a Code", json({ Header: { Message: "" }, Payload: { Name: "n" } })],
  ["code 0 without the expected payload", ok({})],
  ["code 0 without any payload", code(0)],
  ["code 0 with HTTP 404", json({ Header: { Code: 0 }, Payload: { Name: "n" } }, 404)],
  ["100000", code(100000, "Internal system error")],
  ["more than a megabyte", ok({ Name: "n", Fill: "x".repeat(2 * 1024 * 1024) })],
];

test.each(unclear)("unclear: %s; a write is sent once", async (_, answer) => {
  const { url, seen } = await answeringServer(answer, ok({ Name: "n" }));
  const fault = await faultOf(client(url, { timeoutMs: 1_500 }).call(write));
  expect(fault.code).toBe("gateway-unclear");
  expect(describeFault(fault)).not.toMatch(/signature|aCNWYzZ/);
  expect(seen).toHaveLength(1);
});

/** A route that is missing now is missing a moment later. */
const passing = unclear.filter(([what]) => !what.includes("no such route") && !what.includes("404"));

test.each(passing)("unclear: %s; a read is repeated", async (_, answer) => {
  const { url, seen } = await answeringServer(answer, ok({ Name: "n" }));
  expect((await client(url, { timeoutMs: 1_500 }).call(read)).payload).toEqual({ Name: "n" });
  expect(seen).toHaveLength(2);
});

test("no such route: a read is not repeated, and the HTTP status stands for the code that is missing", async () => {
  const { url, seen } = await answeringServer(text("404 page not found", 404), text("<html>", 503));
  const missing = { code: "gateway-unclear", resultCode: "http-404", requestId: undefined };
  expect(await faultOf(client(url).call(read))).toMatchObject(missing);
  expect(seen).toHaveLength(1);
  expect(await faultOf(client(url).call(read))).toMatchObject({ code: "gateway-unclear", resultCode: "http-503" });
  expect(seen).toHaveLength(5);
});

test("a read is given up after four tries, and each is signed anew", async () => {
  const now = vi.fn(() => Date.now());
  const { url, seen } = await answeringServer(code(100000, "Internal system error"));
  const fault = await faultOf(client(url, { clock: { now, sleep: systemClock.sleep } }).call(read));
  expect(fault).toMatchObject({ resultCode: 100000, said: "Internal system error", requestId: "r-1" });
  expect(fault.message).toBe("calling gething: code 100000 Internal system error (RequestID r-1)");
  expect(seen).toHaveLength(4);
});

const PARAMETERS = [100001, 100002, 100003];
/** By operation: the codes after which nothing was done and never will be. All others pass. */
const DEFINITE: Readonly<Record<string, readonly number[]>> = {
  make: [...PARAMETERS, 100005, 100008, 100012, 100014, 110005],
  customerconfirm: [...PARAMETERS, 100005, 100012, 110006],
  getprogress: [110006],
  getuploadcredentials: [],
  gettext: PARAMETERS,
  audioevaluation: PARAMETERS,
  getaudioevaluationstate: [110006],
  detectaudioquality: PARAMETERS,
  getdetectprogress: [110006],
  facedetect: [...PARAMETERS, 100005],
  getfacedetectstate: [100005, 110006],
};
const CODES = [
  ...[-100000, -101000, -101001, -101003, -1, 100000, 100001, 100002, 100003, 100005, 100007, 100008, 100012, 100013],
  ...[100014, 110005, 110006, 801000, 801002, 801004, 999999],
];

test.each(Object.entries(DEFINITE))("%s is refused by these codes alone: %j", async (operation, codes) => {
  for (const resultCode of CODES) {
    const { url, seen } = await answeringServer(code(resultCode, "no"));
    const fault = await faultOf(client(url).call({ ...write, path: `/v2/${operation}` }));
    const isRefused = codes.includes(resultCode);
    const told = { resultCode, said: "no", requestId: "r-1" };
    expect(fault).toMatchObject({ code: isRefused ? "gateway-refused" : "gateway-unclear", ...told });
    expect(seen).toHaveLength(1);
  }
});

test("a read repeats what passes, and not a definite no", async () => {
  const ask = { ...read, path: "/v2/getprogress" };
  const tooFrequent = await answeringServer(code(100012, "too frequent"));
  expect(await faultOf(client(tooFrequent.url).call(ask))).toMatchObject({ code: "gateway-unclear" });
  expect(tooFrequent.seen).toHaveLength(4);
  const noSuchTask = await answeringServer(code("110006", "no such record"));
  expect(await faultOf(client(noSuchTask.url).call(ask))).toMatchObject({
    code: "gateway-refused",
    resultCode: 110006,
  });
  expect(noSuchTask.seen).toHaveLength(1);
});

test("refused with HTTP 401 too, when the gateway itself says so", async () => {
  const { url } = await answeringServer(json({ Header: { Code: 100005, Message: "not authorised" } }, 401));
  const ask = { ...write, path: "/v2/make" };
  expect(await faultOf(client(url).call(ask))).toMatchObject({ code: "gateway-refused", resultCode: 100005 });
});

test("not sent: nobody listens, no such host, no TLS on the other side", async () => {
  const plain = createServer((socket) => socket.on("error", () => {}).end("this is not TLS\r\n"));
  const noTls = (await listenHere(plain)).replace("http:", "https:");
  onTestFinished(() => void plain.close());
  for (const url of ["http://127.0.0.1:1", "http://no-such-host.invalid", noTls]) {
    const fault = await faultOf(client(url).call(write));
    expect(fault.code, url).toBe("gateway-not-sent");
  }
});

test("not sent: the connection hangs before TLS stands, so that a time-out is certain", async () => {
  const silent = createServer((socket) => void socket.on("error", () => {}));
  const url = (await listenHere(silent)).replace("http:", "https:");
  onTestFinished(() => void silent.close());
  const fault = await faultOf(client(url, { timeoutMs: 100 }).call(write));
  expect(fault).toMatchObject({ code: "gateway-not-sent", message: "calling gething: no answer within 0.1 s" });
});

test.each(["TaskId", "TextId", "AudioId"])("a %s that is a long number keeps its digits", async (id) => {
  const { url } = await answeringServer(
    text(`{"Header":{"Code":0},"Payload":{"${id}": 12345678901234567890,"Other":"\\"${id}\\":12345678901234567890"}}`),
  );
  const answer = z.object({ [id]: z.string(), Other: z.string() });
  const { payload } = await client(url).call({ ...read, answer });
  expect(payload).toEqual({ [id]: "12345678901234567890", Other: `"${id}":12345678901234567890` });
});

test.each([
  [{ RequestID: 42, Message: null }, "42"],
  [{ RequestID: { id: 7 }, Message: ["ok"], SessionID: 1 }, undefined],
  [{}, undefined],
])("words of another type beside a plain code are survived: %j", async (Header, requestId) => {
  const payload = { Name: "n" };
  const { url } = await answeringServer(json({ Header: { Code: 0, ...Header }, Payload: payload }));
  expect(await client(url).call(write)).toEqual({ payload, requestId });
  const no = await answeringServer(json({ Header: { Code: "100008", ...Header } }));
  expect(await faultOf(client(no.url).call({ ...write, path: "/v2/make" }))).toMatchObject({
    code: "gateway-refused",
    resultCode: 100008,
    requestId,
  });
});

test("a gateway below a path of its own keeps that path", async () => {
  const { url, seen } = await answeringServer(ok({ Name: "n" }));
  await client(`${url}/mirror`).call(read);
  await client(`${url}/mirror/`).call(read);
  expect(seen.map((call) => call.url.pathname)).toEqual([`/mirror${read.path}`, `/mirror${read.path}`]);
});

test("every attempt is told with its route and how it ended", async () => {
  const calls: string[] = [];
  const onCall = (call: { route: string; code: string }): void => void calls.push(`${call.route} ${call.code}`);
  const { url } = await answeringServer(reset, code(100008), ok({ Name: "n" }));
  const told = client(url, { onCall });
  await told.call(write).catch(() => undefined);
  await told.call(write).catch(() => undefined);
  await told.call(read);
  expect(calls).toEqual(["gething gateway-unclear", "gething 100008", "gething 0"]);
});

test("what the vendor says comes without invisible characters", async () => {
  const { url } = await answeringServer(ok({ Name: "a\u202En\u200B" }), code(100001, "no\u2066 such\u00AD name"));
  expect((await client(url).call(read)).payload).toEqual({ Name: "an" });
  expect((await faultOf(client(url).call(write))).said).toBe("no such name");
});
