/** Numbers from 0 to below 1, the same ones for the same seed. */
export function seededRandom(seed: number): () => number {
  const state = { at: seed };
  return () => {
    state.at = (state.at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state.at ^ (state.at >>> 15), 1 | state.at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const EXTREMES = [0, 1, 0x7f, 0x80, 0xff];

/** A broken copy: bytes changed, mostly near its beginning and end, pieces repeated or left out, its end cut off. */
export function mutate(whole: Buffer, random: () => number): Buffer {
  const pick = (below: number): number => Math.floor(random() * below);
  const place = (length: number): number => {
    const near = Math.min(4096, length);
    const where = random();
    if (where < 0.5) return pick(near);
    return where < 0.8 ? length - 1 - pick(near) : pick(length);
  };
  let bytes = Buffer.from(whole);
  for (let blows = 1 + pick(40); blows > 0; blows -= 1) {
    const value = random() < 0.7 ? EXTREMES[pick(EXTREMES.length)] : pick(256);
    bytes[place(bytes.length)] = value ?? 0;
  }
  if (random() < 0.3) {
    const from = place(bytes.length);
    const piece = bytes.subarray(from, from + 1 + pick(4096));
    const rest = random() < 0.5 ? piece.length : 0;
    const copies = Array.from({ length: pick(8) }, () => piece);
    bytes = Buffer.concat([bytes.subarray(0, from), ...copies, bytes.subarray(from + rest)]);
  }
  return random() < 0.2 ? bytes.subarray(0, 1 + pick(bytes.length)) : bytes;
}
