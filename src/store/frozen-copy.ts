import type { Customization } from "../core/customization.ts";
import { customizationSchema } from "../core/customization.ts";

/**
 * The record as it will be read back: checked, no longer connected with what was handed over, and unchangeable, so
 * that one object can serve every reader.
 * @throws {z.ZodError} a record that does not parse could be written but never be opened again
 */
export function frozenCopy(record: Customization): Customization {
  return deepFreeze(customizationSchema.parse(JSON.parse(JSON.stringify(record))));
}

export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
