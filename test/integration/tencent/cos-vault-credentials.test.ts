import { expect, test } from "vitest";
import { BUCKET, crc64, inChunks, KEY, MB, relayOf, someBytes, vaultLab } from "./vault-lab.ts";

/** Ends the newest credentials when so many bytes have been read. */
async function* endingAt(bytes: Uint8Array, at: readonly number[], end: () => void): AsyncGenerator<Uint8Array> {
  let read = 0;
  const left = [...at];
  for await (const chunk of inChunks(bytes)) {
    read += chunk.byteLength;
    yield chunk;
    if (left[0] !== undefined && read >= left[0]) {
      left.shift();
      end();
    }
  }
}

function lateClock() {
  const late = { ms: 0 };
  return {
    now: () => Date.now() + late.ms,
    passHours(hours: number) {
      late.ms += hours * 3_600_000;
    },
  };
}

test("ended in the middle, new ones for the same location: the same upload goes on", async () => {
  const { cos, vault, issued, operations } = await vaultLab();
  const bytes = someBytes(8 * MB);
  const end = () => cos.revoke(issued.at(-1)?.TmpSecretId ?? "");
  const job = relayOf(bytes, { source: endingAt(bytes, [3 * MB], end) });
  expect((await vault.relay(job)).crc64).toBe(crc64(bytes));
  expect(issued).toHaveLength(2);
  expect(job.begun).toHaveLength(1);
  expect(operations().filter((operation) => operation === "InitiateMultipartUpload")).toHaveLength(1);
  expect(cos.head(BUCKET, KEY)?.crc64).toBe(crc64(bytes));
});

test("ended in the middle, new ones for another location: the flow has to begin again, under that location", async () => {
  const { cos, vault, issued, log } = await vaultLab({ prefix: (n) => `customer-pipeline/12/uuid-${n}/` });
  const bytes = someBytes(8 * MB);
  const end = () => cos.revoke(issued[0]?.TmpSecretId ?? "");
  const first = relayOf(bytes, { source: endingAt(bytes, [3 * MB], end) });
  await expect(vault.relay(first)).rejects.toMatchObject({ code: "credentials-ended" });
  const [left] = cos.openUploads();
  const said = { level: "warn", message: "leaving an open upload behind" };
  expect(log.lines).toContainEqual({ ...said, fields: expect.objectContaining({ uploadId: left?.uploadId }) });

  const [began] = first.begun;
  const { location } = await vault.relay(relayOf(bytes, { ...(began && { began }) }));
  expect(location.key).toBe("customer-pipeline/12/uuid-2/video/alice-F07ABC.mp4");
  expect(issued).toHaveLength(2);
  expect(cos.head(BUCKET, location.key)?.crc64).toBe(crc64(bytes));
});

test("ended again and again: two renewals, then it is given up", async () => {
  const { cos, vault, issued } = await vaultLab();
  const bytes = someBytes(12 * MB);
  const end = () => cos.revoke(issued.at(-1)?.TmpSecretId ?? "");
  const job = relayOf(bytes, { source: endingAt(bytes, [2 * MB, 5 * MB, 8 * MB], end) });
  await expect(vault.relay(job)).rejects.toMatchObject({ code: "cos-refused", resultCode: "ExpiredToken" });
  expect(issued).toHaveLength(3);
});

test("a small file too", async () => {
  const { cos, vault, issued } = await vaultLab();
  await vault.relay(relayOf(someBytes(10)));
  cos.revoke(issued[0]?.TmpSecretId ?? "");
  const bytes = someBytes(20);
  expect((await vault.relay(relayOf(bytes))).crc64).toBe(crc64(bytes));
  expect(issued).toHaveLength(2);
});

test("two uploads of one request whose credentials end renew them once", async () => {
  const { cos, vault, issued } = await vaultLab();
  const bytes = someBytes(6 * MB);
  let reached = 0;
  const end = () => {
    reached += 1;
    if (reached === 2) cos.revoke(issued[0]?.TmpSecretId ?? "");
  };
  const jobs = ["F1", "F2"].map((id) =>
    relayOf(bytes, { file: { name: "a.mp4", id, format: "mp4" }, source: endingAt(bytes, [2 * MB], end) }),
  );
  for (const sent of await Promise.all(jobs.map((job) => vault.relay(job)))) expect(sent.crc64).toBe(crc64(bytes));
  expect(issued).toHaveLength(2);
});

test("a refusal that names no reason asks for new ones when their time is over, and only then", async () => {
  const clock = lateClock();
  const { cos, vault, issued } = await vaultLab({ now: clock.now });
  cos.faults.plan("PutObject", { type: "code", code: "AccessDenied" });
  await expect(vault.relay(relayOf(someBytes(10)))).rejects.toMatchObject({ resultCode: "AccessDenied" });
  expect(issued).toHaveLength(1);
  cos.faults.plan("PutObject", { type: "code", code: "AccessDenied" });
  const bytes = someBytes(20);
  const late = relayOf(bytes, { onBegin: async () => clock.passHours(3) });
  expect((await vault.relay(late)).crc64).toBe(crc64(bytes));
  expect(issued).toHaveLength(2);
});

test("over when the last byte was there: the CRC of the answer counts, whatever location the new ones name", async () => {
  const clock = lateClock();
  const prefix = (n: number): string => `customer-pipeline/12/uuid-${n}/`;
  const { cos, vault, issued } = await vaultLab({ prefix, now: clock.now });
  const bytes = someBytes(3 * MB);
  cos.faults.plan("HeadObject", { type: "status", status: 403 });
  const job = relayOf(bytes, { onSent: () => clock.passHours(3) });
  expect(await vault.relay(job)).toMatchObject({
    crc64: crc64(bytes),
    location: { key: `${prefix(1)}video/alice-F07ABC.mp4` },
  });
  expect(issued).toHaveLength(2);
});
