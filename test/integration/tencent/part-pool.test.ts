import { expect, test } from "vitest";
import { Crc64 } from "../../../sandbox/cos/crc64.ts";
import type { PartBuffer, PartLease } from "../../../src/tencent/part-pool.ts";
import { PartPool } from "../../../src/tencent/part-pool.ts";
import { someBytes } from "./vault-lab.ts";

const KB = 1024;

function takeAll(lease: PartLease): PartBuffer[] {
  const taken: PartBuffer[] = [];
  for (let buffer = lease.take(); buffer; buffer = lease.take()) taken.push(buffer);
  return taken;
}

test("the thread's CRC is that of the bytes, whatever their length and buffer", async () => {
  const lease = new PartPool(100 * KB, 3).lease();
  const buffers = takeAll(lease);
  const lengths = [0, 1, 7, 8, 31, 32, 33, 63, 64, 65, 1000, 4093, 100 * KB - 1, 100 * KB];
  const hashes = lengths.map((length, i) => {
    const buffer = buffers[i % buffers.length];
    if (!buffer) throw new Error("no buffer");
    return { length, buffer };
  });
  for (const { length, buffer } of hashes) {
    const bytes = someBytes(length);
    buffer.bytes.set(bytes);
    const crc64 = new Crc64().update(bytes).digest();
    expect(await buffer.hash(length)).toEqual({ crc64, size: length });
  }
});

test("hashes that overlap in time do not mix", async () => {
  const lease = new PartPool(64 * KB, 3).lease();
  const hashed = takeAll(lease).map(async (buffer) => {
    const bytes = someBytes(64 * KB);
    buffer.bytes.set(bytes);
    const { crc64 } = await buffer.hash(bytes.length);
    expect(crc64).toBe(new Crc64().update(bytes).digest());
  });
  expect(hashed).toHaveLength(4);
  await Promise.all(hashed);
});

test("a transfer has one buffer more than it may send at a time, and fewer beside more than three others", () => {
  const pool = new PartPool(KB, 3);
  const leases = [pool.lease(), pool.lease(), pool.lease()];
  expect(leases.map((lease) => takeAll(lease).length)).toEqual([4, 4, 4]);
  const fourth = pool.lease();
  expect(takeAll(fourth)).toHaveLength(3);
  expect(fourth.inFlight).toBe(2);
  leases[0]?.end();
  expect(fourth.inFlight).toBe(3);
  expect(takeAll(fourth)).toHaveLength(1);
});

test("what was released is reused, by others too, and wakes who waits", () => {
  const pool = new PartPool(KB, 1);
  const lease = pool.lease();
  const [first, second] = takeAll(lease);
  const woken: string[] = [];
  lease.whenFree(() => woken.push("own"));
  expect(lease.take()).toBeUndefined();
  second?.release();
  expect(woken).toEqual(["own"]);
  const reused = pool.lease().take();
  expect(reused?.bytes.byteOffset).toBe(second?.bytes.byteOffset);
  expect(reused?.bytes.byteOffset).not.toBe(first?.bytes.byteOffset);
});
