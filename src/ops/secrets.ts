/** How many short-lived values (signatures, temporary keys) are remembered. */
const KEPT = 500;
const SHORTEST = 6;

/** Values that must not be seen: each is registered when it comes into being and blanked in every finished log line. */
export class Secrets {
  readonly #pinned = new Set<string>();
  readonly #passing = new Set<string>();

  /** Blanks a value for as long as the process lives. */
  pin(value: string): void {
    for (const form of forms(value)) this.#pinned.add(form);
  }

  /** Blanks a value that soon ends by itself. */
  add(value: string): void {
    for (const form of forms(value)) {
      this.#passing.delete(form);
      this.#passing.add(form);
    }
    for (const oldest of this.#passing) {
      if (this.#passing.size <= KEPT) break;
      this.#passing.delete(oldest);
    }
  }

  clean(line: string): string {
    // The longest first: one secret may be part of another.
    const found = [...this.#pinned, ...this.#passing].filter((secret) => line.includes(secret));
    return found
      .sort((a, b) => b.length - a.length)
      .reduce((cleaned, secret) => cleaned.replaceAll(secret, "[secret]"), line);
  }
}

/** A value as it is, in a URL, and in JSON. */
function forms(value: string): string[] {
  if (value.length < SHORTEST) return [];
  const urlEncoded = encodeURIComponent(value);
  return [...new Set([value, urlEncoded, urlEncoded.replaceAll("%20", "+"), JSON.stringify(value).slice(1, -1)])];
}
