import { expect, test } from "vitest";
import { cosObject } from "../../../src/tencent/cos-object.ts";
import { CosSession } from "../../../src/tencent/cos-session.ts";
import { PartPool } from "../../../src/tencent/part-pool.ts";
import type { RelayWork, Sent } from "../../../src/tencent/relay-work.ts";
import type { UploadCredentials } from "../../../src/tencent/upload-credentials.ts";
import { uploadCredentials } from "../../../src/tencent/upload-credentials.ts";
import { verifyUpload } from "../../../src/tencent/verify-upload.ts";
import { BUCKET, crc64, credentialsOf, KEY, REGION, relayOf, someBytes, vaultLab } from "./vault-lab.ts";

const bytes = someBytes(1000);
const right: Sent = {
  crc64: crc64(bytes),
  stored: { etag: "e", crc64: undefined },
  isConfirmed: true,
};

/** A session on a COS that has the bytes, or only an answer to HEAD that is refused. */
async function workOn(
  size = bytes.length,
): Promise<{ work: RelayWork; forbidHead: () => void; failHeads: (times: number) => void; heads: () => number }> {
  const { cos, log } = await vaultLab();
  const credentials = credentialsOf(cos);
  const unused = { call: () => Promise.reject(new Error("not asked for")) };
  const source = uploadCredentials({ gateway: unused, clock: { now: Date.now }, secrets: new Set<string>() });
  const connection = { endpoint: cos.url, timeoutMs: 5_000 };
  const reach = (held: UploadCredentials, key: string) => cosObject(held, key, connection);
  const shared = { source, customization: "AV-1", credentials, key: KEY, reach, firstRetryMs: 1, log };
  const session = new CosSession(shared);
  const { signal } = new AbortController();
  await session.run((object) => object.put(bytes, "video/mp4", signal), signal);
  const location = { bucket: BUCKET, region: REGION, key: KEY, pathPrefix: credentials.pathPrefix };
  const job = { ...relayOf(bytes), size };
  const lease = new PartPool(1, 1).lease();
  const work = { job, location, contentType: "video/mp4", session, lease, log };
  return {
    work,
    forbidHead: () => cos.faults.plan("HeadObject", { type: "status", status: 403 }),
    failHeads: (times) => cos.faults.plan("HeadObject", { type: "status", status: 501 }, times),
    heads: () => cos.calls.filter((call) => call.operation === "HeadObject").length,
  };
}

test("HEAD has the size and the CRC that were sent", async () => {
  const { work } = await workOn();
  await expect(verifyUpload(work, right)).resolves.toBeUndefined();
});

test("another size, another CRC in HEAD, another CRC in the answer: a mismatch", async () => {
  await expect(verifyUpload((await workOn(999)).work, right)).rejects.toMatchObject({ code: "cos-mismatch" });
  const { work, forbidHead } = await workOn();
  await expect(verifyUpload(work, { ...right, crc64: "1" })).rejects.toMatchObject({
    code: "cos-mismatch",
    message: `comparing ${KEY}: COS has CRC-64 ${right.crc64}, but we sent 1`,
  });
  const answered = { ...right, stored: { ...right.stored, crc64: "2" } };
  await expect(verifyUpload(work, answered)).rejects.toMatchObject({ code: "cos-mismatch" });
  forbidHead();
  await expect(verifyUpload(work, answered)).rejects.toMatchObject({ code: "cos-mismatch" });
});

test("HEAD forbidden: the CRC of the answer, else the MD5, else nothing proves it", async () => {
  const { work, forbidHead } = await workOn();
  forbidHead();
  await verifyUpload(work, { ...right, stored: { ...right.stored, crc64: right.crc64 }, isConfirmed: false });
  forbidHead();
  await verifyUpload(work, right);
  forbidHead();
  await expect(verifyUpload(work, { ...right, isConfirmed: false })).rejects.toMatchObject({ code: "cos-mismatch" });
});

test("a COS that has trouble with HEAD: not waited for where the answer has the CRC, but where it has none", async () => {
  const sdkTries = 4;
  const { work, failHeads, heads } = await workOn();
  failHeads(sdkTries);
  await verifyUpload(work, { ...right, stored: { ...right.stored, crc64: right.crc64 }, isConfirmed: false });
  expect(heads()).toBe(sdkTries);
  failHeads(sdkTries + 1);
  await verifyUpload(work, { ...right, isConfirmed: false });
  expect(heads()).toBe(2 * sdkTries + 2);
});
