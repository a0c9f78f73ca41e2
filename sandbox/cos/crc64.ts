const POLY_HIGH = 0xc96c5795;
const POLY_LOW = 0xd7870f42;
const POLY = (BigInt(POLY_HIGH) << 32n) | BigInt(POLY_LOW);

const [LOW, HIGH] = makeTables();

/** CRC-64/XZ as COS reports it: reflected, init and xorout all ones; slicing by 8 over two 32-bit halves. */
export class Crc64 {
  #low = -1;
  #high = -1;

  update(bytes: Uint8Array): this {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const whole = bytes.length - (bytes.length % 8);
    let low = this.#low;
    let high = this.#high;
    for (let i = 0; i < whole; i += 8) {
      const a = low ^ view.getInt32(i, true);
      const b = high ^ view.getInt32(i + 4, true);
      const i7 = 1792 + (a & 255);
      const i6 = 1536 + ((a >>> 8) & 255);
      const i5 = 1280 + ((a >>> 16) & 255);
      const i4 = 1024 + (a >>> 24);
      const i3 = 768 + (b & 255);
      const i2 = 512 + ((b >>> 8) & 255);
      const i1 = 256 + ((b >>> 16) & 255);
      const i0 = b >>> 24;
      low =
        at(LOW, i7) ^ at(LOW, i6) ^ at(LOW, i5) ^ at(LOW, i4) ^ at(LOW, i3) ^ at(LOW, i2) ^ at(LOW, i1) ^ at(LOW, i0);
      high =
        at(HIGH, i7) ^
        at(HIGH, i6) ^
        at(HIGH, i5) ^
        at(HIGH, i4) ^
        at(HIGH, i3) ^
        at(HIGH, i2) ^
        at(HIGH, i1) ^
        at(HIGH, i0);
    }
    for (let i = whole; i < bytes.length; i += 1) {
      const n = (low ^ view.getUint8(i)) & 255;
      low = ((low >>> 8) | (high << 24)) ^ at(LOW, n);
      high = (high >>> 8) ^ at(HIGH, n);
    }
    this.#low = low;
    this.#high = high;
    return this;
  }

  digest(): bigint {
    return (BigInt(~this.#high >>> 0) << 32n) | BigInt(~this.#low >>> 0);
  }
}

/** The CRC of parts laid end to end, from each part's own CRC and size in bytes (as zlib's crc32_combine does it). */
export function crc64OfParts(parts: readonly { crc64: bigint; size: number }[]): bigint {
  const shiftOf = new Map<number, bigint>();
  let crc = 0n;
  for (const part of parts) {
    const shift = shiftOf.get(part.size) ?? powerOfX(part.size * 8);
    shiftOf.set(part.size, shift);
    crc = multiply(shift, crc) ^ part.crc64;
  }
  return crc;
}

/** a × b modulo the polynomial, both reflected: the highest bit is x⁰. */
function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  let factor = b;
  for (let bit = 1n << 63n; bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ POLY : factor >> 1n;
  }
  return product;
}

function powerOfX(exponent: number): bigint {
  let power = 1n << 63n;
  let square = 1n << 62n;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = multiply(square, power);
    square = multiply(square, square);
  }
  return power;
}

function at(table: Int32Array, index: number): number {
  return table[index] as number;
}

function makeTables(): [Int32Array, Int32Array] {
  const lows = new Int32Array(8 * 256);
  const highs = new Int32Array(8 * 256);
  for (let n = 0; n < 256; n += 1) {
    let low = n;
    let high = 0;
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) {
        low ^= POLY_LOW;
        high ^= POLY_HIGH;
      }
    }
    lows[n] = low;
    highs[n] = high;
  }
  for (let i = 256; i < 8 * 256; i += 1) {
    const low = at(lows, i - 256);
    const high = at(highs, i - 256);
    lows[i] = ((low >>> 8) | (high << 24)) ^ at(lows, low & 255);
    highs[i] = (high >>> 8) ^ at(highs, low & 255);
  }
  return [lows, highs];
}
