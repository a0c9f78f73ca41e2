import type { Asker } from "./channels.ts";
import { memberPages, rethrowIfTransient } from "./channels.ts";

/** Somebody who has left a channel may go on seeing its requests in a list for this long. */
const KEEP_MS = 60_000;

/**
 * Who is in a channel, asked once a minute at most: for lists that many people get, one after the other. What somebody
 * does with a request is decided by asking anew.
 * @returns no for a channel that Slack does not tell about; throws {Fault} `slack-unreachable` when that passes by itself
 */
export function knownMembers(asker: Asker): (channel: string, user: string) => Promise<boolean> {
  const known = new Map<string, { readonly until: number; readonly members: Promise<ReadonlySet<string>> }>();
  const ask = async (channel: string): Promise<ReadonlySet<string>> => {
    const members = new Set<string>();
    try {
      for await (const page of memberPages(asker, channel)) for (const user of page) members.add(user);
    } catch (error) {
      rethrowIfTransient(asker, channel, error);
    }
    return members;
  };
  return async (channel, user) => {
    const now = asker.clock.now();
    for (const [old, { until }] of known) if (until <= now) known.delete(old);
    const found = known.get(channel) ?? { until: now + KEEP_MS, members: ask(channel) };
    known.set(channel, found);
    try {
      return (await found.members).has(user);
    } catch (error) {
      if (known.get(channel) === found) known.delete(channel);
      throw error;
    }
  };
}
