import { RecentMap } from "../../core/recent-map.ts";
import type { ChannelReader } from "./channels.ts";
import { memberPages, rethrowIfTransient } from "./channels.ts";

/** Somebody who has left a channel may still see its requests in a list for this long. */
const KEEP_MS = 60_000;
const MOST_CHANNELS = 200;

/**
 * Who is in a channel, cached for a minute: for lists that many people open one after another. Never use it to decide
 * whether somebody may act on a request.
 * @returns undefined for a channel whose members Slack does not list; rejects with a `slack-unreachable` Fault when transient
 */
export function knownMembers(reader: ChannelReader): (channel: string, user: string) => Promise<boolean | undefined> {
  const known = new RecentMap<
    string,
    { readonly until: number; readonly members: Promise<ReadonlySet<string> | undefined> }
  >(MOST_CHANNELS);
  const ask = async (channel: string): Promise<ReadonlySet<string> | undefined> => {
    const members = new Set<string>();
    try {
      for await (const page of memberPages(reader, channel)) for (const user of page) members.add(user);
    } catch (error) {
      rethrowIfTransient(reader, channel, error);
      return undefined;
    }
    return members;
  };
  return async (channel, user) => {
    const now = reader.clock.now();
    const kept = known.get(channel);
    const found = kept && kept.until > now ? kept : { until: now + KEEP_MS, members: ask(channel) };
    if (found !== kept) known.set(channel, found);
    try {
      return (await found.members)?.has(user);
    } catch (error) {
      if (known.get(channel) === found) known.delete(channel);
      throw error;
    }
  };
}
