import type { Asset, Customization } from "./customization.ts";
import type { Kind } from "./kinds.ts";
import type { PollLimits } from "./poll-plan.ts";
import { nextWait } from "./poll-plan.ts";

/** Fields of an asset as the vendor names them; everything else is only shown. */
const KEY_FIELDS = ["VirtualmanKey", "TimbreKey"] as const;
/** A finished avatar or voice that is not listed after this long is for a person to find. */
const LOOK_FOR_MS = 3600_000;

/** What a program uses the avatar or voice by. */
export function keyOf(asset: Asset): string | undefined {
  const key = KEY_FIELDS.map((field) => asset[field]).find((value) => value !== undefined);
  return key === undefined ? undefined : String(key);
}

/** Of all that a request has made. */
export function keysOf({ assets = [] }: Pick<Customization, "assets">): string[] {
  return assets.flatMap((asset) => keyOf(asset) ?? []);
}

/** One entry of the account's lists. `expiresAt` in epoch ms, where the vendor tells it. */
export interface ListedAsset {
  readonly asset: Asset;
  readonly expiresAt?: number;
}

/** A finished request is looked up in the account's lists: for its key where the report has none, and its expiry. */
export function beginLookup(c: Customization, now: number): Customization {
  return { ...c, lookup: { since: now, nextLookAt: now, everyMs: 0 } };
}

/**
 * Takes over what the lists have under its keys, or else under its name: a match by name counts when it is the only one.
 * @param listed  all of the account's avatars, or voices, that have this name or one of these keys
 */
export function applyListed(
  c: Customization,
  listed: readonly ListedAsset[],
  now: number,
  limits: PollLimits,
): Customization {
  if (!c.lookup) return c;
  const known = keysOf(c);
  const found = listed.filter(({ asset }) => {
    const key = keyOf(asset);
    return key !== undefined && (known.length === 0 || known.includes(key));
  });
  if (found.length === 0) return later(c, now, limits, "none");
  if (known.length === 0 && found.length > 1) {
    return { ...c, lookup: { ...c.lookup, ended: "several", count: found.length } };
  }
  const until = found.flatMap(({ expiresAt }) => expiresAt ?? []);
  const expiresAt = until.length > 0 ? { expiresAt: Math.min(...until) } : {};
  const assets = known.length > 0 ? {} : { assets: found.map(({ asset }) => asset) };
  return { ...c, ...assets, lookup: { ...c.lookup, ended: "found", ...expiresAt } };
}

/** The lists could not be read this time. */
export function lookupFailed(c: Customization, now: number, limits: PollLimits): Customization {
  return later(c, now, limits, "unreadable");
}

function later(c: Customization, now: number, limits: PollLimits, otherwise: "none" | "unreadable"): Customization {
  if (!c.lookup) return c;
  if (now - c.lookup.since >= LOOK_FOR_MS) return { ...c, lookup: { ...c.lookup, ended: otherwise } };
  const everyMs = nextWait(c.lookup.everyMs, false, limits);
  return { ...c, lookup: { ...c.lookup, everyMs, nextLookAt: now + everyMs } };
}

/** What the account owns. Console users share it. @throws {Fault} `gateway-*`, everywhere */
export interface AccountAssets {
  /** The avatars, or for a voice the voices, that have this name or one of these keys. */
  find(kind: Kind, ask: { readonly name: string; readonly keys: readonly string[] }): Promise<ListedAsset[]>;
}
