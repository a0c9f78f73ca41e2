import type { Customization } from "../core/customization.ts";
import type { CustomizationStore, KeyedMutex } from "../core/ports.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { keyedMutex } from "./keyed-mutex.ts";

/** Changes of one record take turns in this process: n of them at once would repeat each other's work, n² times in all. */
const turns = new WeakMap<CustomizationStore, KeyedMutex>();

/**
 * Changes a record by compare-and-set. A version conflict reads the record again and repeats `apply`, so that no click is
 * lost to a concurrent poll. `apply` may return a refusal, or the same record if there is nothing to write.
 */
export function change<R extends Refusal = never>(
  store: CustomizationStore,
  id: string,
  apply: (c: Customization) => Customization | R,
): Promise<Customization | R | { readonly type: "not-found"; readonly id: string }> {
  const inTurn = turns.get(store) ?? keyedMutex();
  turns.set(store, inTurn);
  return inTurn.run(id, () => compareAndSet(store, id, apply));
}

async function compareAndSet<R extends Refusal = never>(
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
