import { useEffect, useState } from "preact/hooks";
import type { Activity, PageState } from "../contract.ts";
import { joined } from "./activity-filter.ts";
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
          // A restarted sandbox numbers activities from the start, and sends the latest ones again anyway.
          if (isOpen) setActivity([]);
          setLinked(isOpen);
        },
      }),
    [],
  );
  return { state, activity, isLinked, trouble };
}
