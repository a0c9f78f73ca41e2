import type { Customization } from "../core/customization.ts";
import type { Kind } from "../core/kinds.ts";
import type { Clock, ListFilter } from "../core/ports.ts";
import { medianStageMs, slowStageMs } from "../core/stage-durations.ts";
import type { Stage } from "../core/state.ts";

/** What was usual lately is what people ask for. */
const RECENT = 500;
/** History grows slowly, so what it says is cached this long. */
const FRESH_MS = 10 * 60_000;

type DurationOf = (kind: Kind, stage: Stage) => number | undefined;

/**
 * How long stages take, for cards and reminders: synchronously, from a cache refreshed in the background. In ms, undefined
 * without history.
 */
export interface StageDurations {
  readonly usualMs: DurationOf;
  /** What 95 of 100 took at most. */
  readonly slowMs: DurationOf;
}

export function stageDurations(
  list: (filter: ListFilter) => Promise<Customization[]>,
  clock: Pick<Clock, "now">,
): StageDurations {
  const known = {
    all: [] as readonly Customization[],
    readAt: Number.NEGATIVE_INFINITY,
    durations: new Map<string, number | undefined>(),
  };
  const refresh = (): void => {
    if (clock.now() - known.readAt <= FRESH_MS) return;
    known.readAt = clock.now();
    void list({ limit: RECENT }).then(
      (all) => Object.assign(known, { all, durations: new Map() }),
      () => undefined,
    );
  };
  const cached =
    (what: string, measure: typeof medianStageMs): DurationOf =>
    (kind, stage) => {
      refresh();
      const key = `${what} ${kind} ${stage}`;
      if (!known.durations.has(key)) known.durations.set(key, measure(known.all, kind, stage));
      return known.durations.get(key);
    };
  return { usualMs: cached("usual", medianStageMs), slowMs: cached("slow", slowStageMs) };
}
