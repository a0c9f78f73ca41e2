import type { Customization } from "../core/customization.ts";
import { customizationSchema } from "../core/customization.ts";
import { upgradeRecord } from "./upgrade-record.ts";

/** The record as it will be read back, no longer connected with what was handed over. */
export function frozenCopy(record: Customization): Customization {
  return readRecord(JSON.stringify(record));
}

/**
 * Checked and unchangeable, so that one object can serve every reader.
 * @throws {Error} when the text is not a record: such a one is not written either, for it could not be opened again
 */
export function readRecord(text: string): Customization {
  return deepFreeze(customizationSchema.parse(upgradeRecord(JSON.parse(text))));
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
