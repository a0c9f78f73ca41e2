import { useEffect, useState } from "preact/hooks";
import type { Activity, PageState } from "../contract.ts";
import { keepSame } from "./keep-same.ts";
import { follow } from "./server-link.ts";

export interface World {
  readonly state: PageState | undefined;
  /** Oldest first. */
  readonly activity: readonly Activity[];
  /** Whether the stream of changes is open. */
  readonly isLinked: boolean;
  readonly trouble: string | undefined;
}

/** Older ones are forgotten here; the browser would grow with every progress look. */
const MOST_ACTIVITY = 1_000;

export function useWorld(): World {
  const [state, setState] = useState<PageState>();
  const [activity, setActivity] = useState<readonly Activity[]>([]);
  const [isLinked, setLinked] = useState(true);
  const [trouble, setTrouble] = useState<string>();
  useEffect(
    () =>
      follow({
        onState: (next) => setState((before) => keepSame(before, next)),
        onActivity: (news) => setActivity((before) => joined(before, news)),
        onTrouble: setTrouble,
        onLink(isOpen) {
          // A sandbox that was started anew counts from the beginning, and tells its last ones again anyway.
          if (isOpen) setActivity([]);
          setLinked(isOpen);
        },
      }),
    [],
  );
  return { state, activity, isLinked, trouble };
}

/**
 * What is known with the news: the same id again takes the place of what came before, for its outcome is known now.
 */
export function joined(before: readonly Activity[], news: readonly Activity[]): readonly Activity[] {
  const byId = new Map(before.map((one) => [one.id, one]));
  for (const one of news) byId.set(one.id, one);
  return [...byId.values()].sort((a, b) => a.id - b.id).slice(-MOST_ACTIVITY);
}
