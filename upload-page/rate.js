/** Over how long the rate is measured. */
const WINDOW_MS = 20_000;
/** Before so much time nobody can say how long the rest takes. */
const LEAST_MS = 3_000;

/** How fast an upload is. Bytes and milliseconds. */
export class Rate {
  /** @type {{at: number, bytes: number}[]} */
  #seen = [];

  /**
   * @param {number} at
   * @param {number} bytes  all that have been sent so far
   */
  add(at, bytes) {
    const last = this.#seen.at(-1);
    if (last && bytes < last.bytes) this.#seen = [];
    this.#seen.push({ at, bytes });
    while (this.#seen.length > 2 && at - this.#seen[0].at > WINDOW_MS) this.#seen.shift();
  }

  /** After a pause the rate is measured anew. */
  reset() {
    this.#seen = [];
  }

  /** @returns {number | undefined} bytes a second */
  perSecond() {
    const [first, last] = [this.#seen[0], this.#seen.at(-1)];
    if (!first || !last || last.at - first.at < LEAST_MS) return undefined;
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }

  /**
   * @param {number} bytes  that are left
   * @returns {number | undefined} milliseconds
   */
  left(bytes) {
    const rate = this.perSecond();
    return rate ? (bytes / rate) * 1000 : undefined;
  }
}
