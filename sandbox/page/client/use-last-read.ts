import { useEffect } from "preact/hooks";
import type { PageChannel, PagePerson } from "../contract.ts";
import { useStored } from "./use-stored.ts";
import { newestFor } from "./waiting.ts";

/** The newest ts that a person has seen, by `person channel`. */
export type LastRead = Readonly<Record<string, string>>;

export function isUnread(lastRead: LastRead, person: PagePerson, channel: PageChannel): boolean {
  const newest = newestFor(person, channel);
  return newest !== undefined && Number(newest) > Number(lastRead[`${person.id} ${channel.id}`] ?? 0);
}

/** Marks what is on screen as read. */
export function useLastRead(person: PagePerson | undefined, channel: PageChannel | undefined): LastRead {
  const [lastRead, setLastRead] = useStored<LastRead>("last-read", {});
  const newest = person && channel && newestFor(person, channel);
  useEffect(() => {
    if (person && channel && newest) setLastRead({ ...lastRead, [`${person.id} ${channel.id}`]: newest });
  }, [person?.id, channel?.id, newest]);
  return lastRead;
}
