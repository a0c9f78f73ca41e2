import type { Customization } from "../core/customization.ts";
import { customizationSchema } from "../core/customization.ts";
import { upgradeRecord } from "./upgrade-record.ts";

/** A frozen copy of the record, exactly as a restart would read it. */
export function frozenCopy(record: Customization): Customization {
  return readRecord(JSON.stringify(record));
}

/**
 * Parses a stored record. The result is frozen, so that all readers can share it.
 * @throws {Error} when the text is not a valid record; checking before each write keeps unreadable documents off the disk
 */
export function readRecord(text: string): Customization {
  return deepFreeze(customizationSchema.parse(upgradeRecord(JSON.parse(text))));
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
