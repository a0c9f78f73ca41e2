import { once } from "node:events";
import type { Socket } from "node:net";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startCos } from "../../../sandbox/cos/server.ts";
import { cosFault, isOfCredentials, mayPassLater } from "../../../src/tencent/cos-fault.ts";
import { cosObject } from "../../../src/tencent/cos-object.ts";
import { listenHere } from "../../fixtures/loopback.ts";
import { credentialsOf, KEY, MB, someBytes } from "./vault-lab.ts";

test("stopping a part that is being sent ends its connection", async () => {
  const cos = await startCos();
  onTestFinished(() => cos.close());
  const silent = createServer({ pauseOnConnect: true });
  const endpoint = await listenHere(silent);
  onTestFinished(() => void silent.close());
  const object = cosObject(credentialsOf(cos), KEY, { endpoint, timeoutMs: 60_000 });
  const bytes = someBytes(64 * MB);
  const stop = new AbortController();
  const sending = object.sendPart("upload", 1, bytes, stop.signal);
  const [socket]: Socket[] = await once(silent, "connection");
  stop.abort();
  await expect(sending).rejects.toMatchObject({ code: "transfer-aborted" });
  const received = await new Promise<number>((resolve) => {
    let total = 0;
    socket?.on("data", (chunk) => {
      total += chunk.length;
    });
    socket?.on("error", () => {});
    socket?.on("close", () => resolve(total));
    socket?.resume();
  });
  expect(received).toBeLessThan(bytes.length);
});

const network = (code: string) => ({ code, name: "Error", message: code, url: "u", method: "PUT" });
const told = (statusCode: number, Code: string, Message = "m") =>
  Object.assign(new Error(Message), { code: Code, error: { Code, Message }, statusCode, RequestId: "r-1" });

test.each([
  [network("ECONNRESET"), "cos-unreachable", true],
  [network("ESOCKETTIMEDOUT"), "cos-unreachable", true],
  [network("ENOTFOUND"), "cos-unreachable", true],
  [network("CERT_HAS_EXPIRED"), "cos-unreachable", false],
  [network("DEPTH_ZERO_SELF_SIGNED_CERT"), "cos-unreachable", false],
  [{ ...network("503"), statusCode: 503 }, "cos-unreachable", true],
  [told(500, "InternalError"), "cos-unreachable", true],
  [told(200, "SlowDown"), "cos-unreachable", true],
  [told(400, "BadDigest"), "cos-refused", true],
  [told(403, "RequestTimeTooSkewed"), "cos-refused", true],
  [told(403, "AccessDenied", "Request has expired"), "cos-refused", true],
  [told(403, "AccessDenied", "Access Denied."), "cos-refused", false],
  [told(404, "NoSuchUpload"), "cos-refused", false],
  [told(200, "InvalidPart"), "cos-refused", false],
  [new TypeError("what"), "cos-unreachable", true],
  ["text", "cos-unreachable", true],
])("%j is %s, may pass later: %s", (error, code, passes) => {
  const fault = cosFault("sending part 3", error);
  expect(fault.code).toBe(code);
  expect(mayPassLater(fault)).toBe(passes);
  expect(isOfCredentials(fault)).toBe(false);
});

test("a fault says what was done, and has COS's words and id", () => {
  const fault = cosFault("sending part 3", told(503, "SlowDown", "Please reduce"));
  expect(fault.message).toBe("sending part 3: COS 503 SlowDown (RequestId r-1)");
  expect(fault).toMatchObject({ resultCode: "SlowDown", said: "Please reduce", requestId: "r-1" });
});

test.each(["ExpiredToken", "InvalidAccessKeyId", "InvalidToken"])("%s asks for other credentials", (code) => {
  expect(isOfCredentials(cosFault("sending", told(403, code)))).toBe(true);
  expect(mayPassLater(cosFault("sending", told(403, code)))).toBe(false);
});
