import fc from "fast-check";
import { expect, test } from "vitest";
import { Crc64 } from "../../../src/tencent/crc64.ts";

test("the check value of CRC-64/XZ", () => {
  expect(new Crc64().update(Buffer.from("123456789")).digest()).toBe("11051210869376104954");
  expect(new Crc64().digest()).toBe("0");
});

test("equals the bitwise definition, however the bytes are cut and wherever they lie in their buffer", () => {
  const bytes = fc.uint8Array({ maxLength: 100 });
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 6 }), fc.nat({ max: 7 }), (chunks, offset) => {
      const crc = new Crc64();
      for (const chunk of chunks) {
        const shifted = new Uint8Array(chunk.length + offset);
        shifted.set(chunk, offset);
        crc.update(shifted.subarray(offset));
      }
      expect(crc.digest()).toBe(bitwise(Buffer.concat(chunks)).toString());
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
