/** What a person's next act may do: pass, be refused with a word, or be refused in silence because the word was said. */
export type Admission = "pass" | "refuse" | "ignore";

interface Bucket {
  tokens: number;
  at: number;
  isRefused: boolean;
}

export interface BucketLimits {
  /** Acts at once. */
  readonly burst: number;
  /** One more act after so many ms. */
  readonly everyMs: number;
  /** Buckets kept; the one that was used longest ago goes first. */
  readonly most: number;
}

/** Thirty acts at once, and one more every two seconds: more than a person does, less than a script. */
export const PERSONAL_LIMITS: BucketLimits = { burst: 30, everyMs: 2_000, most: 5_000 };

/** A token bucket per key. It answers a key that is too fast once, until that key has been slow enough again. */
export class TokenBuckets {
  readonly #limits: BucketLimits;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: BucketLimits) {
    this.#limits = limits;
  }

  /** @param now  epoch ms; a clock that was set back gives no tokens */
  admit(key: string, now: number): Admission {
    const bucket = this.#filled(key, now);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    this.#forgetOldest();
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      bucket.isRefused = false;
      return "pass";
    }
    if (bucket.isRefused) return "ignore";
    bucket.isRefused = true;
    return "refuse";
  }

  #filled(key: string, now: number): Bucket {
    const { burst, everyMs } = this.#limits;
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now, isRefused: false };
    const earned = Math.max(0, now - bucket.at) / everyMs;
    return { tokens: Math.min(burst, bucket.tokens + earned), at: now, isRefused: bucket.isRefused };
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > this.#limits.most && oldest !== undefined) this.#buckets.delete(oldest);
  }
}
