/** Work under one name runs one after the other; under different names side by side. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#last.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(name) === turn) this.#last.delete(name);
    }
  }

  /** Resolves when all that was under way has ended, well or badly. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }
}
