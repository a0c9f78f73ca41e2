/** How many forms of short-lived values (signatures, temporary keys) to remember. */
const MAX_TEMPORARY = 1_500;
const SHORTEST = 6;
/** A shorter piece of base64 may stand in any word. */
const SHORTEST_BASE64 = 8;

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

/** A value in plain, URL-encoded, JSON-escaped and base64 form. */
function forms(value: string): string[] {
  if (value.length < SHORTEST) return [];
  const urlEncoded = encodeURIComponent(value);
  const plain = [value, urlEncoded, urlEncoded.replaceAll("%20", "+"), JSON.stringify(value).slice(1, -1)];
  return [...new Set([...plain, ...base64Forms(value)])];
}

/** As part of a longer text, e.g. `user:secret`, a value has three forms in base64, by where it begins. */
function base64Forms(value: string): string[] {
  const forms = [0, 1, 2].map((before) => {
    const encoded = Buffer.from("x".repeat(before) + value)
      .toString("base64")
      .replaceAll("=", "");
    // Without the characters at both ends that depend on what stands beside the value.
    const isCut = (Buffer.byteLength(value) + before) % 3 !== 0;
    return encoded.slice(before === 0 ? 0 : before + 1, isCut ? -1 : undefined);
  });
  const long = forms.filter((form) => form.length >= SHORTEST_BASE64);
  return long.flatMap((form) => [form, encodeURIComponent(form), form.replaceAll("+", "-").replaceAll("/", "_")]);
}
