const POLYNOMIAL_HIGH = 0xc96c5795;
const POLYNOMIAL_LOW = 0xd7870f42;
const SLICES = 8;

const [LOW, HIGH] = makeTables();

/**
 * CRC-64/XZ, which COS reports as `x-cos-hash-crc64ecma`: reflected, init and xorout all ones.
 * Processes eight bytes at a time as two 32-bit halves, because BigInt is a hundred times slower.
 */
export class Crc64 {
  #low = -1;
  #high = -1;

  update(bytes: Uint8Array): this {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const whole = bytes.byteLength - (bytes.byteLength % SLICES);
    let low = this.#low;
    let high = this.#high;
    for (let i = 0; i < whole; i += SLICES) {
      const a = low ^ view.getInt32(i, true);
      const b = high ^ view.getInt32(i + 4, true);
      const n7 = 0x700 | (a & 255);
      const n6 = 0x600 | ((a >>> 8) & 255);
      const n5 = 0x500 | ((a >>> 16) & 255);
      const n4 = 0x400 | (a >>> 24);
      const n3 = 0x300 | (b & 255);
      const n2 = 0x200 | ((b >>> 8) & 255);
      const n1 = 0x100 | ((b >>> 16) & 255);
      const n0 = b >>> 24;
      low = at(LOW, n7) ^ at(LOW, n6) ^ at(LOW, n5) ^ at(LOW, n4);
      low ^= at(LOW, n3) ^ at(LOW, n2) ^ at(LOW, n1) ^ at(LOW, n0);
      high = at(HIGH, n7) ^ at(HIGH, n6) ^ at(HIGH, n5) ^ at(HIGH, n4);
      high ^= at(HIGH, n3) ^ at(HIGH, n2) ^ at(HIGH, n1) ^ at(HIGH, n0);
    }
    for (let i = whole; i < bytes.byteLength; i += 1) {
      const n = (low ^ view.getUint8(i)) & 255;
      low = ((low >>> 8) | (high << 24)) ^ at(LOW, n);
      high = (high >>> 8) ^ at(HIGH, n);
    }
    this.#low = low;
    this.#high = high;
    return this;
  }

  /** Unsigned decimal, as COS writes it. */
  digest(): string {
    return ((BigInt(~this.#high >>> 0) << 32n) | BigInt(~this.#low >>> 0)).toString();
  }
}

function at(table: Int32Array, index: number): number {
  return table[index] ?? 0;
}

/** Row k of a table holds the CRC of a byte followed by k zero bytes. */
function makeTables(): [Int32Array, Int32Array] {
  const lows = new Int32Array(SLICES * 256);
  const highs = new Int32Array(SLICES * 256);
  for (let n = 0; n < 256; n += 1) {
    let low = n;
    let high = 0;
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) {
        low ^= POLYNOMIAL_LOW;
        high ^= POLYNOMIAL_HIGH;
      }
    }
    lows[n] = low;
    highs[n] = high;
  }
  for (let i = 256; i < SLICES * 256; i += 1) {
    const low = at(lows, i - 256);
    const high = at(highs, i - 256);
    lows[i] = ((low >>> 8) | (high << 24)) ^ at(lows, low & 255);
    highs[i] = (high >>> 8) ^ at(highs, low & 255);
  }
  return [lows, highs];
}
