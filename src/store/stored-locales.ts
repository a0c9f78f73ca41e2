import { z } from "zod";
import { LOCALES } from "../core/locale.ts";
import type { ChannelLocales } from "../core/replica-ports.ts";
import type { Database, Query } from "./database.ts";
import { storableText, storedText } from "./request-row.ts";

const FIND = "SELECT locale FROM channel_locales WHERE channel = $1";
const CHOOSE = `
  INSERT INTO channel_locales (channel, locale) VALUES ($1, $2)
  ON CONFLICT (channel) DO UPDATE SET locale = excluded.locale`;

const found = z.array(z.object({ locale: z.enum(LOCALES).optional().catch(undefined) }));
const all = z.array(z.object({ channel: z.string(), locale: z.enum(LOCALES) }));

/** The languages of channels in the database. */
export function storedLocales(database: Database): ChannelLocales {
  return {
    async find(channel) {
      const rows = await database.attempt("store-unreadable", `looking up the language of ${channel}`, (query) =>
        query(FIND, [storableText(channel)]),
      );
      return found.parse(rows)[0]?.locale;
    },
    async choose(channel, locale) {
      await database.attempt("store-unwritten", `choosing the language of ${channel}`, (query) =>
        query(CHOOSE, [storableText(channel), locale]),
      );
    },
  };
}

export async function readLocales(query: Query): Promise<Record<string, z.infer<typeof all>[number]["locale"]>> {
  const rows = all.parse(await query("SELECT channel, locale FROM channel_locales ORDER BY channel"));
  return Object.fromEntries(rows.map(({ channel, locale }) => [storedText(channel), locale]));
}

export async function writeLocales(query: Query, locales: Readonly<Record<string, string>>): Promise<void> {
  for (const [channel, locale] of Object.entries(locales)) await query(CHOOSE, [storableText(channel), locale]);
}
