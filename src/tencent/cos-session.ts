import pRetry from "p-retry";
import type { PathPrefix } from "../core/coskey.ts";
import { Fault } from "../core/fault.ts";
import type { Log } from "../core/ports.ts";
import { isForbidden, isOfCredentials, mayPassLater } from "./cos-fault.ts";
import type { CosObject } from "./cos-object.ts";
import { abortFault } from "./race-abort.ts";
import type { UploadCredentialSource, UploadCredentials } from "./upload-credentials.ts";

const RETRIES = 5;
const LONGEST_WAIT_MS = 8_000;
const MOST_RENEWALS = 2;

export interface CosSessionOptions {
  readonly source: UploadCredentialSource;
  readonly customization: string;
  readonly credentials: UploadCredentials;
  readonly key: string;
  /** The key, as these credentials reach it. */
  readonly reach: (credentials: UploadCredentials, key: string) => CosObject;
  /** The wait before the first retry. It doubles each time, plus jitter of up to the same length. */
  readonly firstRetryMs: number;
  readonly log: Log;
}

/** One upload's connection to COS: retries transient errors, and renews credentials if they name the same location. */
export class CosSession {
  readonly #options: CosSessionOptions;
  #credentials: UploadCredentials;
  #object: CosObject;
  #renewals = 0;
  #renewing: Promise<void> | undefined;

  constructor(options: CosSessionOptions) {
    this.#options = options;
    this.#credentials = options.credentials;
    this.#object = options.reach(options.credentials, options.key);
  }

  /** Those that are in use now; others than at first if they were renewed. */
  get credentials(): UploadCredentials {
    return this.#credentials;
  }

  /**
   * @param retries  fewer if the result is not essential
   * @throws {Fault} `cos-*`, `credentials-ended`, `gateway-*`, `transfer-aborted`
   */
  async run<T>(task: (object: CosObject) => Promise<T>, signal: AbortSignal, retries = RETRIES): Promise<T> {
    try {
      return await pRetry(() => this.#once(task), {
        retries,
        minTimeout: this.#options.firstRetryMs,
        maxTimeout: LONGEST_WAIT_MS,
        randomize: true,
        signal,
        shouldRetry: ({ error }) => !signal.aborted && mayPassLater(error),
        onFailedAttempt: ({ error, attemptNumber }) =>
          this.#options.log.debug("a call to COS failed", { attempt: attemptNumber, because: error.message }),
      });
    } catch (error) {
      throw signal.aborted ? abortFault(signal) : error;
    }
  }

  async #once<T>(task: (object: CosObject) => Promise<T>): Promise<T> {
    for (;;) {
      const object = this.#object;
      try {
        return await task(object);
      } catch (error) {
        const isOver = isForbidden(error) && this.#options.source.areOver(this.#credentials);
        if (!isOfCredentials(error) && !isOver) throw error;
        if (object === this.#object) await this.#renew(error);
      }
    }
  }

  /** Concurrent failures renew once. A failed renewal is final: it fails the upload. */
  #renew(because: unknown): Promise<void> {
    this.#renewing ??= this.#takeNew(because).then(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #takeNew(because: unknown): Promise<void> {
    if (this.#renewals === MOST_RENEWALS) throw because;
    this.#renewals += 1;
    const { source, customization, key, reach, log } = this.#options;
    const next = await source.renew(customization, this.#credentials);
    if (!isSamePrefix(next.prefix, this.#credentials.prefix)) {
      throw new Fault("credentials-ended", `uploading to ${key}: the new credentials name another location`, {
        cause: because,
      });
    }
    log.info("renewed credentials during an upload", { key });
    this.#credentials = next;
    this.#object = reach(next, key);
  }
}

function isSamePrefix(a: PathPrefix, b: PathPrefix): boolean {
  return a.bucket === b.bucket && a.region === b.region && a.key === b.key;
}
