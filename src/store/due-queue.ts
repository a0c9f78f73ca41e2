interface Entry {
  readonly id: string;
  readonly at: number;
}

/** Ids by time, in a binary heap; a time that was set anew leaves an entry behind that is dropped when it comes up. */
export class DueQueue {
  readonly #times = new Map<string, number>();
  readonly #heap: Entry[] = [];

  /** @param at  undefined: never */
  set(id: string, at: number | undefined): void {
    if (this.#times.get(id) === at) return;
    if (at === undefined) {
      this.#times.delete(id);
      return;
    }
    this.#times.set(id, at);
    this.#push({ id, at });
  }

  /** Removes those whose time has come, the earliest first. */
  take(now: number, limit: number): string[] {
    const taken: string[] = [];
    for (let [first] = this.#heap; first && first.at <= now && taken.length < limit; [first] = this.#heap) {
      this.#pop();
      if (this.#times.get(first.id) !== first.at) continue;
      this.#times.delete(first.id);
      taken.push(first.id);
    }
    return taken;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent];
      if (!above || above.at <= entry.at) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let i = 0;
    for (;;) {
      const [left, right] = [heap[2 * i + 1], heap[2 * i + 2]];
      const isRight = right !== undefined && left !== undefined && right.at < left.at;
      const below = isRight ? right : left;
      if (!below || below.at >= last.at) break;
      heap[i] = below;
      i = 2 * i + (isRight ? 2 : 1);
    }
    heap[i] = last;
  }
}
