import type { Customization } from "../core/customization.ts";
import { lastRound } from "../core/record.ts";
import type { State } from "../core/state.ts";
import { collects, isOver, STATES, waitsOnPerson } from "../core/state.ts";

/** What all unfinished requests together come to. */
export interface RequestFigures {
  /** For every state in which something is waited for; 0 where no request is. */
  readonly oldest: ReadonlyArray<{ readonly state: State; readonly ageMs: number }>;
  readonly undelivered: number;
  /** 0 when everything is delivered. */
  readonly outboxAgeMs: number;
}

export function requestFigures(all: readonly Customization[], now: number): RequestFigures {
  const waitingStates = STATES.filter(
    (state) => !isOver(state) && (collects(state) || waitsOnPerson(state) || state === "running"),
  );
  const open = all.flatMap((c) => c.outbox.filter((notice) => notice.delivered === undefined));
  return {
    oldest: waitingStates.map((state) => ({
      state,
      ageMs: oldest(all.filter((c) => c.state === state).map(since), now),
    })),
    undelivered: open.length,
    outboxAgeMs: oldest(
      open.map(({ at }) => at),
      now,
    ),
  };
}

function oldest(times: readonly number[], now: number): number {
  return times.reduce((age, at) => Math.max(age, now - at), 0);
}

/** A decision waits from its offer on; anything else from what happened last. */
function since(c: Customization): number {
  const isOffered = c.state === "awaiting-decision" || c.state === "decision-unknown";
  return (isOffered ? lastRound(c)?.offeredAt : undefined) ?? c.history.at(-1)?.at ?? c.createdAt;
}
