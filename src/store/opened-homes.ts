import { z } from "zod";
import type { OpenedHomes } from "../core/replica-ports.ts";
import type { Database } from "./database.ts";
import { storableText, storedText } from "./request-row.ts";

const OPENED = `
  INSERT INTO opened_homes (viewer, team, opened_at) VALUES ($1, $2, clock_timestamp())
  ON CONFLICT (viewer) DO UPDATE SET team = excluded.team, opened_at = excluded.opened_at`;
const LATEST = "SELECT viewer, team FROM opened_homes ORDER BY opened_at DESC, viewer LIMIT $1";

const viewers = z.array(z.object({ viewer: z.string(), team: z.string() }));

export function openedHomes(database: Database): OpenedHomes {
  return {
    async opened({ user, team }) {
      await database.attempt("store-unwritten", `remembering the Home of ${user}`, (query) =>
        query(OPENED, [storableText(user), storableText(team)]),
      );
    },
    async latest(limit) {
      const rows = await database.attempt("store-unreadable", "listing opened Homes", (query) =>
        query(LATEST, [limit]),
      );
      return viewers.parse(rows).map(({ viewer, team }) => ({ user: storedText(viewer), team: storedText(team) }));
    },
  };
}
