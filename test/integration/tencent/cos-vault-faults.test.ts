import { once } from "node:events";
import { Readable } from "node:stream";
import { expect, test, vi } from "vitest";
import type { Fault as SandboxFault } from "../../../sandbox/faults.ts";
import { Fault } from "../../../src/core/fault.ts";
import { BUCKET, crc64, inChunks, KEY, MB, relayOf, someBytes, vaultLab } from "./vault-lab.ts";

const passing: [string, SandboxFault][] = [
  ["503 with a body", { type: "status", status: 503 }],
  ["503 without a body", { type: "status", status: 503, body: "" }],
  ["500", { type: "code", code: "InternalError" }],
  ["a reset", { type: "reset" }],
  ["a cut in the middle of the body", { type: "cut", afterBytes: 300_000 }],
  ["silence", { type: "hang" }],
  ["BadDigest", { type: "code", code: "BadDigest" }],
  ["IncompleteBody", { type: "code", code: "IncompleteBody" }],
  ["SlowDown", { type: "code", code: "SlowDown" }],
  ["a lost answer", { type: "lost-answer" }],
];

test.each(passing)("%s passes: the part, and the whole file, are sent again", async (_, fault) => {
  for (const [operation, size] of [
    ["UploadPart", 3 * MB],
    ["PutObject", MB],
  ] as const) {
    const { cos, vault } = await vaultLab({ vault: { timeoutMs: 300 } });
    const bytes = someBytes(size);
    cos.faults.plan(operation, fault, 2);
    expect(await vault.relay(relayOf(bytes))).toMatchObject({ size, crc64: crc64(bytes) });
    expect(cos.head(BUCKET, KEY)?.crc64).toBe(crc64(bytes));
    expect(cos.openUploads()).toEqual([]);
  }
});

test.each(["InitiateMultipartUpload", "HeadObject"])("%s fails a few times", async (operation) => {
  const { cos, vault } = await vaultLab();
  const bytes = someBytes(2 * MB);
  cos.faults.plan(operation, { type: "status", status: 500, body: "" }, 6);
  expect((await vault.relay(relayOf(bytes))).crc64).toBe(crc64(bytes));
  expect(cos.openUploads()).toEqual([]);
});

test.each<[string, SandboxFault, number]>([
  ["200 with an Error in its body", { type: "code", code: "InternalError" }, 3],
  ["an answer lost after the work was done", { type: "lost-answer" }, 1],
  ["503 six times", { type: "status", status: 503 }, 6],
])("Complete: %s", async (_, fault, times) => {
  const { cos, vault } = await vaultLab();
  const bytes = someBytes(2 * MB);
  cos.faults.plan("CompleteMultipartUpload", fault, times);
  expect(await vault.relay(relayOf(bytes))).toMatchObject({ size: bytes.length, crc64: crc64(bytes) });
  expect(cos.head(BUCKET, KEY)?.crc64).toBe(crc64(bytes));
  expect(cos.openUploads()).toEqual([]);
});

test("Complete's answer lost and HEAD forbidden: nothing proves it, so it is a fault", async () => {
  const actions = ["InitiateMultipartUpload", "UploadPart", "CompleteMultipartUpload", "AbortMultipartUpload"] as const;
  const { cos, vault } = await vaultLab({ actions });
  cos.faults.plan("CompleteMultipartUpload", { type: "lost-answer" });
  await expect(vault.relay(relayOf(someBytes(2 * MB)))).rejects.toMatchObject({ resultCode: "NoSuchUpload" });
  expect(cos.openUploads()).toEqual([]);
});

test("trouble that does not pass: a fault with COS's own words, and no open upload", async () => {
  const { cos, vault, operations } = await vaultLab();
  cos.faults.plan("UploadPart", { type: "status", status: 503 }, 1000);
  const fault = await vault.relay(relayOf(someBytes(4 * MB))).catch((error: unknown) => error);
  expect(fault).toMatchObject({ code: "cos-unreachable", resultCode: "ServiceUnavailable" });
  expect(fault).toHaveProperty("requestId", expect.stringMatching(/./));
  expect(cos.openUploads()).toEqual([]);
  expect(operations().filter((operation) => operation === "UploadPart").length).toBeGreaterThanOrEqual(5);
});

test("a refusal that is final is not repeated", async () => {
  const { cos, vault, operations } = await vaultLab();
  cos.faults.plan("UploadPart", { type: "code", code: "AccessDenied" }, 1000);
  await expect(vault.relay(relayOf(someBytes(4 * MB)))).rejects.toMatchObject({
    code: "cos-refused",
    resultCode: "AccessDenied",
  });
  expect(cos.openUploads()).toEqual([]);
  expect(operations().filter((operation) => operation === "UploadPart").length).toBeLessThanOrEqual(2);
});

test("COS is away: nobody listens", async () => {
  const { vault } = await vaultLab({ vault: { endpoint: "http://127.0.0.1:1" } });
  await expect(vault.relay(relayOf(someBytes(10)))).rejects.toMatchObject({
    code: "cos-unreachable",
    resultCode: "ECONNREFUSED",
  });
});

test("HEAD forbidden: the CRC of the answer counts", async () => {
  const actions = ["PutObject", "InitiateMultipartUpload", "UploadPart", "CompleteMultipartUpload"] as const;
  const { vault, log } = await vaultLab({ actions });
  for (const size of [MB, 3 * MB]) {
    const bytes = someBytes(size);
    expect((await vault.relay(relayOf(bytes))).crc64).toBe(crc64(bytes));
  }
  expect(log.lines.filter((line) => line.message === "cannot read the object's metadata")).toHaveLength(2);
});

test("Abort forbidden is survived, and what is left behind is said", async () => {
  const actions = ["InitiateMultipartUpload", "CompleteMultipartUpload"] as const;
  const { cos, vault, log } = await vaultLab({ actions });
  await expect(vault.relay(relayOf(someBytes(2 * MB)))).rejects.toMatchObject({ resultCode: "AccessDenied" });
  const [open] = cos.openUploads();
  expect(log.lines).toContainEqual({
    level: "warn",
    message: "leaving an open upload behind",
    fields: expect.objectContaining({ key: KEY, uploadId: open?.uploadId }),
  });
});

const wrongSources: [string, (bytes: Uint8Array) => AsyncIterable<Uint8Array>][] = [
  ["ends early", (bytes) => inChunks(bytes.subarray(0, bytes.length - 1))],
  ["goes on", (bytes) => inChunks(Buffer.concat([bytes, someBytes(1)]))],
  ["breaks", (bytes) => breaking(bytes, new Error("socket hang up"))],
  ["is empty", () => inChunks(someBytes(0))],
];

test.each(wrongSources)(
  "a source that %s is a fault of its own, nothing is stored, no upload left",
  async (_, source) => {
    for (const size of [1000, MB, 3 * MB]) {
      const { cos, vault } = await vaultLab();
      const bytes = someBytes(size);
      await expect(vault.relay(relayOf(bytes, { source: source(bytes) }))).rejects.toMatchObject({
        code: "source-cut",
      });
      expect(cos.objects()).toEqual([]);
      expect(cos.openUploads()).toEqual([]);
    }
  },
);

test("a fault of the source keeps its code; a source that cannot be opened, too", async () => {
  const { cos, vault } = await vaultLab();
  const login = new Fault("source-login-page", "downloading: a login page");
  const bytes = someBytes(3 * MB);
  await expect(vault.relay(relayOf(bytes, { source: breaking(bytes, login) }))).rejects.toBe(login);
  await expect(vault.relay(relayOf(bytes, { open: () => Promise.reject(login) }))).rejects.toBe(login);
  expect(cos.openUploads()).toEqual([]);
});

test("a record that cannot be written stops the upload", async () => {
  const { cos, vault } = await vaultLab();
  const full = new Error("disk full");
  const job = relayOf(someBytes(3 * MB), { onBegin: () => Promise.reject(full) });
  await expect(vault.relay(job)).rejects.toBe(full);
  expect(cos.openUploads()).toEqual([]);
});

test.each(["UploadPart", "InitiateMultipartUpload", "CompleteMultipartUpload"])(
  "stopped while %s is under way: at once, and no upload is left",
  async (operation) => {
    const { cos, vault, operations } = await vaultLab();
    cos.faults.plan(operation, { type: "slow", delayMs: 2_000 }, 10);
    const stop = new AbortController();
    const relaying = vault.relay(relayOf(someBytes(4 * MB), { signal: stop.signal }));
    relaying.catch(() => {});
    await vi.waitFor(() => expect(operations()).toContain(operation));
    stop.abort();
    await expect(relaying).rejects.toMatchObject({ code: "transfer-aborted" });
    expect(cos.calls.at(-1)).toMatchObject({ operation: "AbortMultipartUpload", status: 204 });
    expect(cos.openUploads()).toEqual([]);
  },
);

test("stopped while COS is silent, and while the source is: neither holds it up", async () => {
  const { cos, vault, operations } = await vaultLab({ vault: { timeoutMs: 60_000 } });
  cos.faults.plan("UploadPart", { type: "hang" }, 2);
  const stop = new AbortController();
  const relaying = vault.relay(relayOf(someBytes(4 * MB), { signal: stop.signal }));
  relaying.catch(() => {});
  await vi.waitFor(() => expect(operations().filter((each) => each === "UploadPart")).toHaveLength(2));
  stop.abort();
  await expect(relaying).rejects.toMatchObject({ code: "transfer-aborted" });
  expect(cos.openUploads()).toEqual([]);

  const stopSilent = new AbortController();
  const silent = new Readable({ read() {} });
  silent.push(someBytes(MB + 5));
  const waiting = vault.relay(relayOf(someBytes(4 * MB), { source: silent, signal: stopSilent.signal }));
  waiting.catch(() => {});
  await vi.waitFor(() => expect(operations().filter((each) => each === "UploadPart")).toHaveLength(3));
  stopSilent.abort();
  await expect(waiting).rejects.toMatchObject({ code: "transfer-aborted" });
  expect(cos.openUploads()).toEqual([]);
  if (!silent.closed) await once(silent, "close");
});

test("stopped before it began", async () => {
  const { vault, operations } = await vaultLab();
  await expect(vault.relay(relayOf(someBytes(10), { signal: AbortSignal.abort() }))).rejects.toMatchObject({
    code: "transfer-aborted",
  });
  expect(operations()).toEqual([]);
});

async function* breaking(bytes: Uint8Array, error: Error): AsyncGenerator<Uint8Array> {
  yield* inChunks(bytes.subarray(0, bytes.length / 2));
  throw error;
}
