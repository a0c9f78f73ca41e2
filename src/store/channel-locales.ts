import { join } from "node:path";
import { z } from "zod";
import { describeFault, Fault } from "../core/fault.ts";
import { LOCALES } from "../core/locale.ts";
import type { KeyedMutex, Log } from "../core/ports.ts";
import { RecentMap } from "../core/recent-map.ts";
import type { ChannelLocales } from "../core/replica-ports.ts";
import { textOf } from "./json-lines.ts";
import { writeSynced } from "./synced-file.ts";

/** The channel that chose longest ago is dropped first: it speaks the usual language again. */
const MOST_CHANNELS = 10_000;

const localesSchema = z.record(z.string(), z.enum(LOCALES));
type Chosen = z.infer<typeof localesSchema>;

export function channelLocalesInMemory(
  chosen: Chosen = {},
  keep: (chosen: Chosen) => Promise<void> = async () => undefined,
): ChannelLocales {
  const known = new RecentMap<string, Chosen[string]>(MOST_CHANNELS);
  for (const [channel, locale] of Object.entries(chosen)) known.set(channel, locale);
  return {
    find: async (channel) => known.get(channel),
    async choose(channel, locale) {
      await keep({ ...Object.fromEntries(known.entries()), [channel]: locale });
      known.set(channel, locale);
    },
  };
}

/** For a data directory that this process has open. A file that cannot be read counts as empty. */
export async function channelLocalesIn(dir: string, log: Log, mutex: KeyedMutex): Promise<ChannelLocales> {
  const chosen = await readChannelLocales(dir).catch((error: unknown) => {
    log.error("reading the languages of channels: all speak the usual one", { dir, because: describeFault(error) });
    return {};
  });
  const locales = channelLocalesInMemory(chosen, async (all) => {
    try {
      await writeChannelLocales(dir, all);
    } catch (cause) {
      throw new Fault("store-unwritten", "writing the languages of channels", { cause });
    }
  });
  return {
    find: locales.find,
    choose: (channel, locale) => mutex.run("channel locales", () => locales.choose(channel, locale)),
  };
}

/** @throws when the file is damaged */
export async function readChannelLocales(dir: string): Promise<Chosen> {
  return localesSchema.parse(JSON.parse(await textOf(join(dir, FILE), "{}")));
}

const FILE = "languages.json";

export async function writeChannelLocales(dir: string, chosen: Chosen): Promise<void> {
  await writeSynced(join(dir, FILE), `${JSON.stringify(chosen, undefined, 2)}\n`);
}
