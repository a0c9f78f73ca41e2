import { z } from "zod";
import { describeFault } from "../core/fault.ts";
import type { Log } from "../core/ports.ts";
import type { ShownMessages } from "../core/replica-ports.ts";
import type { Database } from "./database.ts";
import { storableText } from "./request-row.ts";

const FIND = "SELECT digest FROM shown_messages WHERE place = $1";
const REMEMBER = `
  INSERT INTO shown_messages (place, digest, shown_at) VALUES ($1, $2, clock_timestamp())
  ON CONFLICT (place) DO UPDATE SET digest = excluded.digest, shown_at = excluded.shown_at`;
const FORGET = "DELETE FROM shown_messages WHERE place = $1";
/** What nobody has touched for so long is over; at worst it is edited once without need. */
const SWEEP = "DELETE FROM shown_messages WHERE shown_at < clock_timestamp() - interval '90 days'";
const SWEEP_EVERY = 5_000;

const digests = z.array(z.object({ digest: z.string() }));

export function shownMessages(database: Database, log: Log): ShownMessages {
  const count = { remembered: 0 };
  const sweep = async (): Promise<void> => {
    await database.attempt("store-unwritten", "forgetting old messages", (query) => query(SWEEP));
  };
  return {
    async digestOf(place) {
      const rows = await database.attempt("store-unreadable", `looking up what ${place} shows`, (query) =>
        query(FIND, [storableText(place)]),
      );
      return digests.parse(rows)[0]?.digest;
    },
    async forget(place) {
      await database.attempt("store-unwritten", `forgetting what ${place} shows`, (query) =>
        query(FORGET, [storableText(place)]),
      );
    },
    async remember(place, digest) {
      await database.attempt("store-unwritten", `remembering what ${place} shows`, (query) =>
        query(REMEMBER, [storableText(place), digest]),
      );
      count.remembered += 1;
      if (count.remembered % SWEEP_EVERY !== 0) return;
      await sweep().catch((error: unknown) => log.warn("forgetting old messages", { because: describeFault(error) }));
    },
  };
}
