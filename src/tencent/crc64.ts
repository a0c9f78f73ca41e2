const POLYNOMIAL = 0xc96c5795d7870f42n;
const ALL_ONES = 0xffffffffffffffffn;
/** The bits are reflected: the highest is x⁰. */
const X0 = 1n << 63n;
const X1 = 1n << 62n;

export const SLICES = 8;

/** Row k, of 256, holds the CRC of a byte followed by k zero bytes. */
export const TABLE: BigUint64Array = makeTable();

/** x to the power of 2ⁿ, for sizes of up to 2⁵³ bytes. */
const SQUARES: readonly bigint[] = makeSquares(57);

export interface HashedBytes {
  readonly crc64: bigint;
  readonly size: number;
}

/**
 * CRC-64/XZ, which COS reports as `x-cos-hash-crc64ecma`: reflected, init and xorout all ones.
 * For a few bytes; `PartPool` hashes large ones ten thousand times faster.
 */
export function crc64(bytes: Iterable<number>): bigint {
  let crc = ALL_ONES;
  for (const byte of bytes) crc = (crc >> 8n) ^ row(Number((crc ^ BigInt(byte)) & 0xffn));
  return crc ^ ALL_ONES;
}

/** The CRC of pieces laid end to end, as zlib's `crc32_combine` does it. */
export function combineCrc64(pieces: Iterable<HashedBytes>): bigint {
  const shifts = new Map<number, bigint>();
  let crc = 0n;
  for (const { crc64: next, size } of pieces) {
    const shift = shifts.get(size) ?? powerOfX(size * 8);
    shifts.set(size, shift);
    crc = multiply(shift, crc) ^ next;
  }
  return crc;
}

/** Modulo the polynomial. */
function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  let factor = b;
  for (let bit = X0; bit > 0n && factor > 0n; bit >>= 1n) {
    if (a & bit) product ^= factor;
    factor = timesX(factor);
  }
  return product;
}

function timesX(factor: bigint): bigint {
  return factor & 1n ? (factor >> 1n) ^ POLYNOMIAL : factor >> 1n;
}

function powerOfX(exponent: number): bigint {
  let power = X0;
  let left = exponent;
  for (const square of SQUARES) {
    if (left % 2 === 1) power = multiply(square, power);
    left = Math.floor(left / 2);
  }
  return power;
}

function makeSquares(count: number): bigint[] {
  const squares = [X1];
  while (squares.length < count) {
    const last = squares.at(-1) ?? X1;
    squares.push(multiply(last, last));
  }
  return squares;
}

function makeTable(): BigUint64Array {
  const table = new BigUint64Array(SLICES * 256);
  for (let n = 0; n < 256; n += 1) {
    let crc = BigInt(n);
    for (let bit = 0; bit < 8; bit += 1) crc = timesX(crc);
    table[n] = crc;
  }
  for (let n = 256; n < table.length; n += 1) {
    const before = table[n - 256] ?? 0n;
    table[n] = (before >> 8n) ^ (table[Number(before & 0xffn)] ?? 0n);
  }
  return table;
}

function row(n: number): bigint {
  return TABLE[n] ?? 0n;
}
