import { z } from "zod";
import type { RateSlots } from "../core/replica-ports.ts";
import type { Database } from "./database.ts";
import { storableText } from "./request-row.ts";

const RESERVE = `
  INSERT INTO rate_slots AS slot (name, next_free)
  VALUES ($1, clock_timestamp() + $2::double precision * interval '1 millisecond')
  ON CONFLICT (name) DO UPDATE
    SET next_free = greatest(slot.next_free, clock_timestamp()) + $2::double precision * interval '1 millisecond'
  RETURNING greatest(0, extract(epoch FROM next_free - clock_timestamp()) * 1000 - $2)::double precision AS wait`;

const reserved = z.tuple([z.object({ wait: z.number().nonnegative() })]);

/** One row a rate. A slot whose answer was lost passes unused. */
export function rateSlots(database: Database): RateSlots {
  return {
    async reserve(name, everyMs) {
      const rows = await database.attempt("store-unwritten", `reserving a slot of ${name}`, (query) =>
        query(RESERVE, [storableText(name), everyMs]),
      );
      return reserved.parse(rows)[0].wait;
    },
  };
}
