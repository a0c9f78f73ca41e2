import { randomBytes } from "node:crypto";
import { CosError } from "./errors.ts";
import type { CosOperation, Route } from "./route.ts";

/** What the gateway hands out: named as the vendor names it; times in Unix seconds. */
export interface TemporaryCredential {
  readonly Token: string;
  readonly TmpSecretId: string;
  readonly TmpSecretKey: string;
  readonly StartTime: number;
  readonly ExpiredTime: number;
}

export interface CredentialAsk {
  readonly bucket: string;
  /** as in the host name; may be `accelerate` */
  readonly region: string;
  /** the key prefix that the credential is good for; ends in "/" */
  readonly prefix: string;
  readonly seconds: number;
  /** the operations that its policy grants; all when absent */
  readonly actions?: readonly CosOperation[];
}

interface Granted {
  readonly ask: CredentialAsk;
  readonly credential: TemporaryCredential;
  revoked: boolean;
}

/** Issues temporary credentials and enforces their policies. */
export class CredentialIssuer {
  readonly #granted = new Map<string, Granted>();
  readonly #now: () => number;

  /** @param now  Unix seconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  issue(ask: CredentialAsk): TemporaryCredential {
    if (!ask.prefix.endsWith("/")) throw new Error(`a credential's prefix ends in "/": ${ask.prefix}`);
    const StartTime = this.#now();
    const credential = {
      Token: randomBytes(180).toString("base64url"),
      TmpSecretId: `AKID${randomBytes(48).toString("base64url")}`,
      TmpSecretKey: randomBytes(32).toString("base64"),
      StartTime,
      ExpiredTime: StartTime + ask.seconds,
    };
    this.#granted.set(credential.TmpSecretId, { ask, credential, revoked: false });
    return credential;
  }

  /** Expires a credential: COS answers ExpiredToken from now on. */
  revoke(tmpSecretId: string): void {
    const granted = this.#granted.get(tmpSecretId);
    if (granted) granted.revoked = true;
  }

  /** Expires all valid credentials. @returns how many there were */
  revokeAll(): number {
    const good = [...this.#granted.values()].filter((granted) => !this.#isOver(granted));
    for (const granted of good) granted.revoked = true;
    return good.length;
  }

  /**
   * @returns the secret key that the request must have been signed with
   * @throws {CosError} InvalidAccessKeyId, InvalidToken, ExpiredToken
   */
  secretOf(secretId: string, token: string | undefined): string {
    const granted = this.#granted.get(secretId);
    if (!granted || token === undefined || token === "") throw new CosError("InvalidAccessKeyId");
    if (token !== granted.credential.Token) throw new CosError("InvalidToken");
    if (this.#isOver(granted)) throw new CosError("ExpiredToken");
    return granted.credential.TmpSecretKey;
  }

  /** @throws {CosError} NoSuchBucket, or AccessDenied when the policy does not cover bucket, key or operation */
  authorise(secretId: string, route: Route): void {
    const all = [...this.#granted.values()].map((g) => g.ask).filter((ask) => ask.bucket === route.bucket);
    const here = all.some((ask) => route.region === "accelerate" || ask.region === route.region);
    if (!here) throw new CosError("NoSuchBucket");
    const ask = this.#granted.get(secretId)?.ask;
    const covered = ask?.bucket === route.bucket && route.key.startsWith(ask.prefix) && route.key !== ask.prefix;
    if (!ask || !covered || !(ask.actions ?? [route.operation]).includes(route.operation))
      throw new CosError("AccessDenied");
  }

  #isOver({ revoked, credential }: Granted): boolean {
    return revoked || this.#now() >= credential.ExpiredTime;
  }
}
