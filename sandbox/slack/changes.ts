/** Notifies listeners of changes in the workspace. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /**
   * Waits until `probe` returns something; probes at every change, and every 50 ms for changes elsewhere.
   * @throws with the awaited thing and `dump()` after `timeoutMs`, or the last error of `probe`
   */
  until<T>(probe: () => T | undefined | false, what: string, dump: () => string, timeoutMs: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const look = () => {
        const found = attempt(probe);
        if (!found.ok || found.value === undefined || found.value === false) return;
        stop();
        resolve(found.value);
      };
      const stop = () => {
        clearInterval(fallback);
        clearTimeout(limit);
        forget();
      };
      const limit = setTimeout(() => {
        stop();
        const last = attempt(probe);
        const cause = last.ok ? {} : { cause: last.fault };
        reject(new Error(`waiting ${timeoutMs} ms for ${what}: it did not come\n${dump()}`, cause));
      }, timeoutMs);
      const fallback = setInterval(look, 50);
      const forget = this.onChange(look);
      look();
    });
  }
}

function attempt<T>(probe: () => T): { ok: true; value: T } | { ok: false; fault: unknown } {
  try {
    return { ok: true, value: probe() };
  } catch (fault) {
    return { ok: false, fault };
  }
}
