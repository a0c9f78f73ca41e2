import type { KeyedMutex } from "../../src/core/ports.ts";
import { keyedMutex } from "../../src/flow/keyed-mutex.ts";
import type { Mortal } from "./call.ts";
import type { Scheduler } from "./scheduler.ts";

type SharedMutex = (by: Mortal) => KeyedMutex;

interface Held {
  readonly by: Mortal;
  goneSince?: number;
}

/** How long a key stays taken after its process has died. */
const LEASE_MS = 15_000;

/** The mutex of replicas: rows with an owner, whose lease a dead owner does not renew. */
export function sharedMutex(scheduler: Scheduler): SharedMutex {
  const rows = new Map<string, Held>();
  const isFree = (key: string): boolean => {
    const held = rows.get(key);
    if (!held) return true;
    if (held.by.isAlive) return false;
    held.goneSince ??= scheduler.now();
    return scheduler.now() - held.goneSince >= LEASE_MS;
  };
  return (by) => {
    const local = keyedMutex();
    return {
      run: (key, work) =>
        local.run(key, async () => {
          while (!isFree(key)) await scheduler.sleep(scheduler.random.between(20, 500));
          if (!by.isAlive) await new Promise(() => undefined);
          const row = { by };
          rows.set(key, row);
          try {
            return await work();
          } finally {
            if (rows.get(key) === row) rows.delete(key);
          }
        }),
      idle: () => local.idle(),
    };
  };
}
