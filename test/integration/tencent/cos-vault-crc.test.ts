import { expect, test } from "vitest";
import type { CrcReport } from "../../../sandbox/cos/operations.ts";
import type { CosOperation } from "../../../sandbox/cos/route.ts";
import { BUCKET, crc64, KEY, MB, relayOf, someBytes, vaultLab } from "./vault-lab.ts";

/** The answers to these operations report no CRC. */
const silentOn =
  (...silent: readonly CosOperation[]) =>
  (operation: CosOperation): CrcReport =>
    silent.includes(operation) ? "missing" : "right";

test("no CRC of the whole in Complete's answer: HEAD has it; HEAD forbidden too: the parts' have to do", async () => {
  const bytes = someBytes(3 * MB);
  const cos = { crc: silentOn("CompleteMultipartUpload") };
  const withHead = await vaultLab({ cos });
  expect((await withHead.vault.relay(relayOf(bytes))).crc64).toBe(crc64(bytes));
  expect(withHead.log.lines.filter((line) => line.level === "warn")).toEqual([]);

  const actions = ["InitiateMultipartUpload", "UploadPart", "CompleteMultipartUpload"] as const;
  const without = await vaultLab({ cos, actions });
  expect((await without.vault.relay(relayOf(bytes))).crc64).toBe(crc64(bytes));
  expect(without.log.lines).toContainEqual({
    level: "warn",
    message: "COS reported no CRC-64 of the whole: relying on its size and parts",
    fields: { id: "AV-1", key: KEY, isConfirmed: true },
  });
});

test("no CRC in any answer: the MD5 of each has to do", async () => {
  const cos = { crc: silentOn("PutObject", "UploadPart", "CompleteMultipartUpload", "HeadObject") };
  const actions = ["PutObject", "InitiateMultipartUpload", "UploadPart", "CompleteMultipartUpload"] as const;
  const { vault, log } = await vaultLab({ cos, actions });
  for (const size of [MB, 3 * MB]) {
    const bytes = someBytes(size);
    expect((await vault.relay(relayOf(bytes))).crc64).toBe(crc64(bytes));
  }
  expect(log.lines.filter((line) => line.level === "warn")).toMatchObject([
    { fields: { isConfirmed: true } },
    { fields: { isConfirmed: true } },
  ]);
});

test.each<[CosOperation, number, number]>([
  ["UploadPart", 3 * MB, 5],
  ["PutObject", MB, 3],
])("%s whose CRC is not that of the bytes is repeated", async (operation, size, requests) => {
  const left = { lies: 2 };
  const crc = (asked: CosOperation): CrcReport => (asked === operation && left.lies-- > 0 ? "wrong" : "right");
  const { cos, vault, operations } = await vaultLab({ cos: { crc } });
  const bytes = someBytes(size);
  expect((await vault.relay(relayOf(bytes))).crc64).toBe(crc64(bytes));
  expect(operations().filter((each) => each === operation)).toHaveLength(requests);
  expect(cos.head(BUCKET, KEY)?.crc64).toBe(crc64(bytes));
});

test.each<[CosOperation, number]>([
  ["UploadPart", 3 * MB],
  ["PutObject", MB],
  ["CompleteMultipartUpload", 3 * MB],
  ["HeadObject", 3 * MB],
])("%s whose CRC is never that of the bytes: a mismatch, and no open upload", async (operation, size) => {
  const { cos, vault } = await vaultLab({ cos: { crc: (asked) => (asked === operation ? "wrong" : "right") } });
  await expect(vault.relay(relayOf(someBytes(size)))).rejects.toMatchObject({ code: "cos-mismatch" });
  expect(cos.openUploads()).toEqual([]);
});
