/** How many short-lived values (signatures, temporary keys) to remember. */
const MAX_TEMPORARY = 500;
const SHORTEST = 6;

/** Secret values: register each when it is created, and `clean` blanks it in every log line. */
export class Secrets {
  readonly #pinned = new Set<string>();
  readonly #temporary = new Set<string>();

  /** Blanks a value until the process ends. */
  pin(value: string): void {
    for (const form of forms(value)) this.#pinned.add(form);
  }

  /** Blanks a short-lived value; only the latest ones are remembered. */
  add(value: string): void {
    for (const form of forms(value)) {
      this.#temporary.delete(form);
      this.#temporary.add(form);
    }
    for (const oldest of this.#temporary) {
      if (this.#temporary.size <= MAX_TEMPORARY) break;
      this.#temporary.delete(oldest);
    }
  }

  clean(line: string): string {
    // Longest first, because one secret may be part of another.
    const found = [...this.#pinned, ...this.#temporary].filter((secret) => line.includes(secret));
    return found
      .sort((a, b) => b.length - a.length)
      .reduce((cleaned, secret) => cleaned.replaceAll(secret, "[secret]"), line);
  }
}

/** A value in plain, URL-encoded and JSON-escaped form. */
function forms(value: string): string[] {
  if (value.length < SHORTEST) return [];
  const urlEncoded = encodeURIComponent(value);
  return [...new Set([value, urlEncoded, urlEncoded.replaceAll("%20", "+"), JSON.stringify(value).slice(1, -1)])];
}
