import type { Clock } from "../../src/core/ports.ts";

/** A clock that stands still until a test moves it; sleepers wake in order. */
export class ManualClock implements Clock {
  #now: number;
  #sleepers: { at: number; wake: () => void }[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      if (signal?.aborted || ms <= 0) return wake();
      const end = (): void => {
        this.#sleepers = this.#sleepers.filter((s) => s !== sleeper);
        signal?.removeEventListener("abort", end);
        wake();
      };
      const sleeper = { at: this.#now + ms, wake: end };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", end);
    });
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter((s) => s.at <= this.#now).sort((a, b) => a.at - b.at);
    for (const sleeper of due) sleeper.wake();
  }
}
