import type { Customization } from "./customization.ts";
import type { Kind } from "./kinds.ts";

/** What is left of one kind's quota. What the vendor does not tell in a way that is understood is missing. */
export interface Quota {
  readonly kind: Kind;
  readonly left?: number;
  readonly total?: number;
  /** Until when something is left; of a quota that has expired, when that was. Epoch ms. */
  readonly expiresAt?: number;
  readonly expired?: true;
}

/** The account's quotas; console users share them. */
export interface AccountQuotas {
  /**
   * At most a minute old.
   * @param waits  who waits for it: a person unless said otherwise
   * @returns one entry for each kind that the account lists
   * @throws {Fault} `gateway-*`
   */
  read(waits?: "person" | "nobody"): Promise<readonly Quota[]>;
}

/** A dialog shows figures that are at most this old. */
const FRESH_MS = 10 * 60_000;
/** Well before they are too old. */
const LOOK_AGAIN_MS = 8 * 60_000;
const RETRY_MS = 60_000;
/** Longer than figures are cached that may be from before a launch. */
const AFTER_LAUNCH_MS = 2 * 60_000;

type Look = NonNullable<Customization["quota"]>;

/** When its quota is to be read next: while somebody may launch, or wonders whether a launch has worked. */
export function quotaDueAt(c: Customization): number | undefined {
  if (c.state !== "ready" && c.state !== "launch-unknown") return undefined;
  return c.quota?.nextLookAt ?? c.createdAt;
}

/** @param read  of its kind; undefined if the account lists none */
export function withQuota(c: Customization, read: Quota | undefined, now: number): Customization {
  const nextLookAt = now + LOOK_AGAIN_MS;
  // Nothing that is understood takes back what the vendor has said by refusing.
  if (read?.left === undefined && c.quota?.refused) return { ...c, quota: { ...c.quota, nextLookAt } };
  const { left, total, expiresAt, expired } = read ?? {};
  const told = {
    ...(left !== undefined && { left }),
    ...(total !== undefined && { total }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(expired && { expired }),
  };
  return { ...c, quota: { lookedAt: now, nextLookAt, ...told } };
}

/** The quotas could not be read this time. */
export function quotaUnread(c: Customization, now: number): Customization {
  return { ...c, quota: { ...c.quota, nextLookAt: now + RETRY_MS } };
}

/** The vendor has refused a launch because nothing is left. */
export function quotaRefused(c: Customization, now: number): Customization {
  return { ...c, quota: { lookedAt: now, nextLookAt: now + AFTER_LAUNCH_MS, left: 0, refused: true } };
}

/** The answer to a launch was lost: what is left now, beside what was left before, is a hint. */
export function quotaAfterLaunch(c: Customization, now: number): Customization {
  return { ...c, quota: { nextLookAt: now + AFTER_LAUNCH_MS } };
}

/** The last look, while it is recent enough to show. */
export function knownQuota({ quota }: Customization, now: number): (Look & { readonly left: number }) | undefined {
  if (quota?.left === undefined || quota.lookedAt === undefined) return undefined;
  const isKnown = quota.refused === true || now - quota.lookedAt <= FRESH_MS;
  return isKnown ? { ...quota, left: quota.left } : undefined;
}

/** Everything is there but a quota. */
export function isOutOfQuota(c: Customization, now: number): boolean {
  return c.state === "ready" && knownQuota(c, now)?.left === 0;
}

/** Keeps what was left before a launch: should its answer be lost, the difference is a hint. */
export function withQuotaBefore(c: Customization, now: number): Customization {
  const { launchHints: _before, ...rest } = c;
  const known = knownQuota(c, now);
  return known ? { ...rest, launchHints: { before: known.left } } : rest;
}

/** @param listed  how many of the account's avatars or voices have its name; undefined if the lists were not read */
export function withListedCount(c: Customization, listed: number | undefined): Customization {
  return listed === undefined ? c : { ...c, launchHints: { ...c.launchHints, listed } };
}
