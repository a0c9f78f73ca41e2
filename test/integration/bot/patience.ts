import type { Clock } from "../../../src/core/ports.ts";
import { systemClock } from "../../../src/ops/clock.ts";

/** The machine's clock; only the ten seconds of patience last until `pass`. */
export function patience(): { readonly clock: Clock; readonly waiting: () => number; readonly pass: () => void } {
  const wakers = new Set<() => void>();
  const sleep: Clock["sleep"] = (ms, signal) => {
    if (ms !== 10_000) return systemClock.sleep(ms, signal);
    return new Promise((wake) => {
      const end = (): void => {
        wakers.delete(end);
        wake();
      };
      wakers.add(end);
      signal?.addEventListener("abort", end);
    });
  };
  const pass = (): void => {
    for (const wake of wakers) wake();
  };
  return { clock: { ...systemClock, sleep }, waiting: () => wakers.size, pass };
}
