import type { CustomizationStore } from "../core/ports.ts";
import { CustomizationIndex } from "./customization-index.ts";
import { frozenCopy } from "./frozen-copy.ts";

/** Keeps the same contract as the other stores, in memory only: tests use it as their twin. */
export function memoryStore(): CustomizationStore {
  const index = new CustomizationIndex();
  const seen = new Set<string>();
  const ids = numbersFrom(1);

  return {
    exclusive: true,
    get newestAt() {
      return index.newestAt;
    },
    async create(draft) {
      const conflict = index.conflict(draft);
      if (conflict) return conflict;
      const customization = frozenCopy({ ...draft, id: `AV-${ids.next().value}`, version: 1 });
      index.put(customization);
      return { type: "created", customization };
    },
    get: async (id) => index.get(id),
    async replace(next, lease) {
      if (lease && lease.until <= lease.now) return undefined;
      if (index.get(next.id)?.version !== next.version) return undefined;
      index.refuseTakenName(next);
      const stored = frozenCopy({ ...next, version: next.version + 1 });
      index.put(stored);
      return stored;
    },
    list: async (filter) => index.list(filter),
    count: async () => index.count(),
    byCard: async (channel, ts) => index.byCard(channel, ts),
    byTask: async (taskId) => index.byTask(taskId),
    claimDue: async (now, limit, leaseMs, which) => index.claimDue(now, limit, leaseMs, which),
    release: async (id) => index.release(id),
    async markSeen(key) {
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    },
    close: async () => undefined,
  };
}

function* numbersFrom(first: number): Generator<number, never> {
  for (let n = first; ; n++) yield n;
}
