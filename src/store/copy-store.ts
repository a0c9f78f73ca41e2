import { isDeepStrictEqual } from "node:util";
import type { Customization } from "../core/customization.ts";
import type { Locale } from "../core/locale.ts";

/** All that a store keeps, apart from leases: they end by themselves. */
export interface StoreContents {
  /** By ascending number. */
  readonly records: readonly Customization[];
  /** The highest number that was given out. */
  readonly highest: number;
  /** Keys of deliveries, by the hour since the epoch in which each was seen. */
  readonly seen: ReadonlyMap<number, ReadonlySet<string>>;
  /** The languages of channels. */
  readonly locales: Readonly<Record<string, Locale>>;
}

/** One side of a copy. Nobody else writes there until it is closed. */
export interface CopyEnd {
  /** What may be shown. */
  readonly name: string;
  read(): Promise<StoreContents>;
  write(contents: StoreContents): Promise<void>;
  close(): Promise<void>;
}

/**
 * Copies everything and reads all of it back.
 * @throws {Error} before anything is written when the target is not empty; afterwards when it differs from the source
 */
export async function copyStore(from: CopyEnd, to: CopyEnd): Promise<StoreContents> {
  const before = await to.read();
  const { length } = before.records;
  const isEmpty = before.seen.size === 0 && Object.keys(before.locales).length === 0;
  if (length > 0 || before.highest > 0 || !isEmpty)
    throw new Error(`copying to ${to.name}: it is not empty (${length} requests); name an empty target`);
  const contents = await from.read();
  await to.write(contents);
  const difference = firstDifference(contents, await to.read());
  if (difference)
    throw new Error(`copying to ${to.name}: ${difference} differs from ${from.name}; empty it and try again`);
  return contents;
}

function firstDifference(wanted: StoreContents, found: StoreContents): string | undefined {
  const foundById = new Map(found.records.map((c) => [c.id, c]));
  const wrong = wanted.records.find((c) => !isDeepStrictEqual(c, foundById.get(c.id)));
  if (wrong) return wrong.id;
  if (found.records.length !== wanted.records.length) return "the number of requests";
  // A number that was given out in vain leaves no file behind, and nobody has seen it.
  if (found.highest < Math.max(0, ...wanted.records.map((c) => Number(c.id.slice("AV-".length))))) return "the next id";
  if (!isDeepStrictEqual(keysOf(wanted), keysOf(found))) return "what was seen of deliveries";
  return isDeepStrictEqual(wanted.locales, found.locales) ? undefined : "the languages of channels";
}

function keysOf({ seen }: StoreContents): string[] {
  return [...seen.values()].flatMap((keys) => [...keys]).sort();
}
