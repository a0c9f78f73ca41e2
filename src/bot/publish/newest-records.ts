import type { Customization } from "../../core/customization.ts";
import { isOver } from "../../core/state.ts";

/**
 * The newest version seen of each record: whatever is shown is made from it, so that something older never overwrites
 * something newer. Of records that are over only the version is kept.
 */
export function newestRecords(): (c: Customization) => Customization | undefined {
  const newest = new Map<string, { readonly version: number; readonly record?: Customization }>();
  return (c) => {
    const known = newest.get(c.id);
    if (known && known.version > c.version) return known.record;
    newest.set(c.id, isOver(c.state) ? { version: c.version } : { version: c.version, record: c });
    return c;
  };
}
