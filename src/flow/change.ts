import type { Customization } from "../core/customization.ts";
import type { CustomizationStore } from "../core/ports.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";

/**
 * Changes a record by compare-and-set. A version conflict reads the record again and repeats `apply`, so that no click is
 * lost to a concurrent poll. `apply` may return a refusal, or the same record if there is nothing to write.
 */
export async function change<R extends Refusal = never>(
  store: CustomizationStore,
  id: string,
  apply: (c: Customization) => Customization | R,
): Promise<Customization | R | { readonly type: "not-found"; readonly id: string }> {
  for (;;) {
    const c = await store.get(id);
    if (!c) return { type: "not-found", id };
    const next = apply(c);
    if (!isRecord(next)) return next;
    const stored = next === c ? c : await store.replace(next);
    if (stored) return stored;
  }
}

function isRecord(next: Customization | Refusal): next is Customization {
  return !isRefusal(next);
}
