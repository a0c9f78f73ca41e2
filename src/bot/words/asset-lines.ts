import { keyOf } from "../../core/asset-lookup.ts";
import type { Asset, Customization } from "../../core/customization.ts";
import type { Mrkdwn } from "./mrkdwn.ts";
import { brief, code, lines, md } from "./mrkdwn.ts";

type AssetEntry = [string, Asset[string]];

/** The most entries of one asset that the details show. */
const MOST_ENTRIES = 20;

/** Everything that the vendor returned about each asset, keys first. */
export function assetDetails(c: Customization): Mrkdwn[] {
  return found(c).map((asset) =>
    lines(...Object.entries(asset).toSorted(mainFirst).slice(0, MOST_ENTRIES).map(assetLine)),
  );
}

/**
 * What a program needs to use the avatar or voice, a line each; or where to find it.
 * @param keyMissing  why there is no key, and where to find it
 */
export function keyLines(c: Customization, keyMissing: (c: Customization) => Mrkdwn[]): Mrkdwn[] {
  const all = found(c);
  const known = all.flatMap((asset) => mainEntries(asset).toSorted(mainFirst).map(assetLine));
  return all.some((asset) => keyOf(asset) !== undefined) ? known : [...known, ...keyMissing(c)];
}

function found(c: Customization): Asset[] {
  return c.assets?.filter((asset) => Object.keys(asset).length > 0) ?? [];
}

/** The keys that a program needs to use the avatar or voice. */
const MAIN_KEYS: readonly string[] = ["VirtualmanKey", "TimbreKey"];

function mainFirst([a]: AssetEntry, [b]: AssetEntry): number {
  return placeOf(a) - placeOf(b);
}

function placeOf(key: string): number {
  return MAIN_KEYS.includes(key) ? MAIN_KEYS.indexOf(key) : MAIN_KEYS.length;
}

function mainEntries(asset: Asset): AssetEntry[] {
  const main = Object.entries(asset).filter(([key]) => MAIN_KEYS.includes(key));
  return main.length > 0 ? main : Object.entries(asset).slice(0, MOST_ENTRIES);
}

function assetLine([key, value]: AssetEntry): Mrkdwn {
  const name = brief(key, 60);
  return md`${MAIN_KEYS.includes(key) ? md`*${name}*` : name}  ${code(brief(String(value), 400))}`;
}
