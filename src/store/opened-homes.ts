import { z } from "zod";
import type { OpenedHome, OpenedHomes } from "../core/replica-ports.ts";
import type { Database } from "./database.ts";
import { storableText, storedText } from "./request-row.ts";

const OPENED = `
  INSERT INTO opened_homes AS home (viewer, team, pages, acts, opened_at) VALUES ($1, $2, $3, 1, clock_timestamp())
  ON CONFLICT (viewer) DO UPDATE
    SET team = excluded.team, pages = excluded.pages, acts = home.acts + 1, opened_at = excluded.opened_at`;
const COLUMNS = "viewer, team, pages, acts";
const FIND = `SELECT ${COLUMNS} FROM opened_homes WHERE viewer = $1`;
const LATEST = `SELECT ${COLUMNS} FROM opened_homes ORDER BY opened_at DESC, viewer LIMIT $1`;

const page = z.int().nonnegative();
const viewers = z.array(
  z.object({
    viewer: z.string(),
    team: z.string(),
    pages: z.object({ waiting: page, mine: page, open: page }).catch({ waiting: 0, mine: 0, open: 0 }),
    acts: z.int(),
  }),
);

export function openedHomes(database: Database): OpenedHomes {
  const read = async (doing: string, sql: string, value: unknown): Promise<OpenedHome[]> => {
    const rows = await database.attempt("store-unreadable", doing, (query) => query(sql, [value]));
    return viewers
      .parse(rows)
      .map(({ viewer, team, ...home }) => ({ user: storedText(viewer), team: storedText(team), ...home }));
  };
  return {
    async opened({ user, team, pages }) {
      await database.attempt("store-unwritten", `remembering the Home of ${user}`, (query) =>
        query(OPENED, [storableText(user), storableText(team), JSON.stringify(pages)]),
      );
    },
    find: async (user) => (await read(`looking up the Home of ${user}`, FIND, storableText(user)))[0],
    latest: (limit) => read("listing opened Homes", LATEST, limit),
  };
}
