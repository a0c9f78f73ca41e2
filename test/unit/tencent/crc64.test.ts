import fc from "fast-check";
import { expect, test } from "vitest";
import { combineCrc64, crc64 } from "../../../src/tencent/crc64.ts";

test("the check value of CRC-64/XZ", () => {
  expect(crc64(Buffer.from("123456789"))).toBe(11051210869376104954n);
  expect(crc64([])).toBe(0n);
});

test("equals the bitwise definition", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void expect(crc64(bytes)).toBe(bitwise(bytes))));
});

test("pieces of any size combine to the CRC of the whole", () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 6 });
  fc.assert(
    fc.property(pieces, (chunks) => {
      const hashed = chunks.map((bytes) => ({ crc64: crc64(bytes), size: bytes.length }));
      expect(combineCrc64(hashed)).toBe(bitwise(Buffer.concat(chunks)));
    }),
  );
});

test("how pieces are grouped does not matter, however large they are", () => {
  const piece = fc.record({ crc64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), size: fc.nat({ max: 2 ** 44 }) });
  fc.assert(
    fc.property(piece, piece, piece, (a, b, c) => {
      const ab = { crc64: combineCrc64([a, b]), size: a.size + b.size };
      const bc = { crc64: combineCrc64([b, c]), size: b.size + c.size };
      expect(combineCrc64([ab, c])).toBe(combineCrc64([a, bc]));
    }),
  );
});

function bitwise(bytes: Uint8Array): bigint {
  const ones = 0xffffffffffffffffn;
  let crc = ones;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ 0xc96c5795d7870f42n : crc >> 1n;
  }
  return crc ^ ones;
}
