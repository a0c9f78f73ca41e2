import { describe, expect, it } from "vitest";
import { frugalAccess } from "../../../src/media/worker/frugal-access.ts";

const MB = 1024 ** 2;

/** A file of nothing, which counts what is asked of it. */
function counting(size: number) {
  const cost = { reads: 0, bytes: 0 };
  const read = async (_from: number, length: number): Promise<Uint8Array> => {
    cost.reads += 1;
    cost.bytes += length;
    return new Uint8Array(length);
  };
  return { cost, file: frugalAccess({ size, read }) };
}

describe("frugal access", () => {
  it("makes 40 reads at most, wherever they lead", async () => {
    const { cost, file } = counting(1000 * MB);
    for (let i = 0; i < 60; i += 1) await file.read(999 * MB - i * 10 * MB, 16);
    expect(cost.reads).toBe(40);
    expect(file.isCutShort).toBe(true);
  });

  it("reads 4 MB at most, in ever larger pieces straight on, and small reads out of what it has", async () => {
    const { cost, file } = counting(1000 * MB);
    for (let at = 0; at < 3 * MB; at += 1024) await file.read(at, 1024);
    expect(cost.reads).toBeLessThan(20);
    expect(file.isCutShort).toBe(false);
    for (let at = 3 * MB; at < 10 * MB; at += 1024) await file.read(at, 1024);
    expect(cost.bytes).toBeLessThanOrEqual(4 * MB);
    expect(cost.bytes).toBeGreaterThan(3.5 * MB);
    expect(file.isCutShort).toBe(true);
  });
});
