import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Crc64, crc64OfParts } from "../../../sandbox/cos/crc64.ts";

describe("CRC-64", () => {
  test("gives the check value of CRC-64/XZ", () => {
    expect(new Crc64().update(Buffer.from("123456789")).digest()).toBe(11051210869376104954n);
    expect(new Crc64().digest()).toBe(0n);
  });

  test("is the same however the bytes are cut, straight or combined", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(300), { maxLength: 4 }), (bytes, cuts) => {
        const ends = [...cuts.filter((c) => c <= bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
        const straight = new Crc64().update(bytes).digest();
        const stepwise = pieces.reduce((crc, piece) => crc.update(piece), new Crc64()).digest();
        const parts = pieces.map((piece) => ({ size: piece.length, crc64: new Crc64().update(piece).digest() }));
        return straight === stepwise && straight === crc64OfParts(parts);
      }),
    );
  });
});
