import type { Clock } from "../core/ports.ts";

/**
 * The machine's clock: `now` in epoch milliseconds.
 * `sleep` resolves early when its signal aborts and never rejects: check the signal afterwards.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((wake) => {
      if (signal?.aborted) return wake();
      const timer = setTimeout(done, ms);
      signal?.addEventListener("abort", done, { once: true });
      function done(): void {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        wake();
      }
    }),
};
