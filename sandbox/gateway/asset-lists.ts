import { randomUUID } from "node:crypto";
import type { MakeType } from "./kinds.ts";

const DAY_MS = 24 * 3600_000;

/** An avatar or voice of the account. */
export interface OwnedAsset {
  readonly name: string;
  readonly makeType: MakeType;
  readonly key: string;
  /** milliseconds since 1970, by the stage clock */
  readonly expiresAt: number;
}

export interface QuotaKnobs {
  /** How getserviceasset tells it; `odd`: by field names that nobody has published. */
  spelling: "usual" | "odd";
  /** What is left has ended: `make` answers 100014. */
  isExpired: boolean;
}

/** What the account's lists tell beyond what its tasks have made. */
export class AssetLists {
  readonly #owned: OwnedAsset[] = [];
  readonly validMs: number;
  readonly #now: () => number;
  /** How many more readings of a list lack what the tasks have made. */
  late = 0;

  /** @param validDays  how long a new avatar or voice is valid */
  constructor(now: () => number, validDays = 365) {
    this.#now = now;
    this.validMs = validDays * DAY_MS;
  }

  now(): number {
    return this.#now();
  }

  get owned(): readonly OwnedAsset[] {
    return this.#owned;
  }

  /** Something that the account has anyway. */
  own(asset: Pick<OwnedAsset, "name" | "makeType"> & Partial<OwnedAsset>): void {
    this.#owned.push({ key: randomUUID(), expiresAt: this.#now() + this.validMs, ...asset });
  }
}
