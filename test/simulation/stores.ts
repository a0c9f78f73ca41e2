import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CustomizationStore } from "../../src/core/ports.ts";
import { keyedMutex } from "../../src/flow/keyed-mutex.ts";
import { systemClock } from "../../src/ops/clock.ts";
import { openLowdbStore } from "../../src/store/lowdb-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { openPostgresStore } from "../../src/store/postgres-store.ts";
import { followingClock, startPostgres } from "../fixtures/start-postgres.ts";
import { recordingLog } from "../twins/recording-log.ts";

export const STORES = ["memory", "embedded", "postgres"] as const;

/** Where the runs of one call keep their requests. */
export interface Stores {
  /** For one run. */
  readonly fresh: () => Promise<CustomizationStore>;
  readonly close: () => Promise<void>;
}

export async function openStores(name: (typeof STORES)[number]): Promise<Stores> {
  switch (name) {
    case "memory":
      return { fresh: async () => memoryStore(), close: async () => undefined };
    case "embedded":
      return await inDirectories();
    case "postgres":
      return await inDatabase();
  }
}

async function inDirectories(): Promise<Stores> {
  const dir = await mkdtemp(join(tmpdir(), "avatar-bot-simulation-"));
  const count = { opened: 0 };
  return {
    fresh: () => {
      count.opened += 1;
      return openLowdbStore(join(dir, String(count.opened)), { mutex: keyedMutex(), log: recordingLog() });
    },
    close: () => rm(dir, { recursive: true, force: true }),
  };
}

/** A run's timers run ahead of the database. */
const PATIENT = { connectMs: 0, statementMs: 1_000_000_000, patienceMs: 1_000_000_000 };

/** The database's clock stands where a run puts it. */
async function inDatabase(): Promise<Stores> {
  const server = await startPostgres();
  return {
    async fresh() {
      const { setClock, ...address } = await server.freshWithClock();
      const options = { address, log: recordingLog(), clock: systemClock, limits: PATIENT };
      return followingClock(await openPostgresStore(options), setClock);
    },
    close: server.stop,
  };
}
