import type { RandomAccess } from "../../core/check-ports.ts";

/** Limits per file: enough to judge 1 GB of footage, too little for a hostile file to keep the bot downloading. */
const MAX_READS = 40;
const MAX_BYTES = 4 * 1024 ** 2;
const FIRST_BYTES = 64 * 1024;
const MOST_BYTES = 256 * 1024;

/** A file of which little may be read. */
export interface FrugalAccess extends RandomAccess {
  /** A read was out of reach or over a limit. */
  readonly isCutShort: boolean;
}

interface State {
  /** The last read from the source; smaller reads are answered from it. */
  window: { readonly from: number; readonly bytes: Uint8Array };
  next: number;
  reads: number;
  spent: number;
  isCutShort: boolean;
}

/** Reads 64 KB, and twice as much each time that a reader continues where it stopped. Reads must not overlap in time. */
export function frugalAccess(file: RandomAccess): FrugalAccess {
  const start = { from: 0, bytes: new Uint8Array() };
  const state: State = { window: start, next: FIRST_BYTES, reads: 0, spent: 0, isCutShort: false };

  const fetch = async (from: number, length: number): Promise<Uint8Array | undefined> => {
    if (state.reads >= MAX_READS || state.spent + length > MAX_BYTES) return undefined;
    state.reads += 1;
    const bytes = await file.read(from, length);
    state.spent += bytes?.length ?? 0;
    return bytes;
  };

  const refill = async (from: number, least: number): Promise<Uint8Array | undefined> => {
    const { window } = state;
    const continues = window.bytes.length > 0 && from <= window.from + window.bytes.length && from >= window.from;
    state.next = continues ? Math.min(state.next * 2, MOST_BYTES) : FIRST_BYTES;
    const most = file.size - from;
    const bytes = await fetch(from, Math.min(most, Math.max(state.next, least)));
    // The source may reach the bytes that are needed, but not the whole window.
    return bytes ?? (least < Math.min(most, state.next) ? fetch(from, least) : undefined);
  };

  return {
    size: file.size,
    get isCutShort() {
      return state.isCutShort;
    },
    async read(offset, length) {
      const least = Math.max(0, Math.min(length, file.size - offset));
      if (least === 0) return new Uint8Array();
      const within = offset - state.window.from;
      if (within >= 0 && within + least <= state.window.bytes.length) {
        return state.window.bytes.subarray(within, within + least);
      }
      const bytes = await refill(offset, least);
      if (!bytes || bytes.length < least) {
        state.isCutShort = true;
        return undefined;
      }
      state.window = { from: offset, bytes };
      return bytes.subarray(0, least);
    },
  };
}
