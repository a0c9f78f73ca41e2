import type { KeyedMutex } from "../core/ports.ts";
import type { Engine } from "../core/replica-ports.ts";
import type { DatabaseOptions } from "./database.ts";
import { Database } from "./database.ts";
import { DatabaseClock } from "./database-clock.ts";
import { DueListener } from "./due-listener.ts";
import { migrateDatabase } from "./migrate-database.ts";
import { openedHomes } from "./opened-homes.ts";
import { storeIn } from "./postgres-store.ts";
import { rateSlots } from "./rate-slots.ts";
import { rowMutex } from "./row-mutex.ts";
import { shownMessages } from "./shown-messages.ts";
import { storedLocales } from "./stored-locales.ts";

/**
 * What several replicas share in one database.
 * @param local  orders this replica's own work
 * @throws {Fault} `store-unreadable` when the database cannot be reached or prepared, `store-newer`
 */
export async function openPostgresEngine(options: DatabaseOptions, local: KeyedMutex): Promise<Engine> {
  const { address, log, clock } = options;
  await migrateDatabase(address, log);
  const database = new Database(options);
  try {
    const store = await storeIn(database, log);
    const ownClock = await DatabaseClock.open(database, log, clock.sleep);
    const listeners: DueListener[] = [];
    return {
      store,
      clock: ownClock,
      mutex: rowMutex({ database, local, clock, log }),
      rates: rateSlots(database),
      homes: openedHomes(database),
      shown: shownMessages(database, log),
      locales: storedLocales(database),
      onDue: (wake) => void listeners.push(new DueListener({ address, clock, log, wake })),
      async close() {
        await Promise.all(listeners.map((listener) => listener.close()));
        ownClock.close();
        await store.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
