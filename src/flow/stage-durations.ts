import type { Customization } from "../core/customization.ts";
import type { Kind } from "../core/kinds.ts";
import type { Clock, ListFilter } from "../core/ports.ts";
import { medianStageMs } from "../core/stage-durations.ts";
import type { Stage } from "../core/state.ts";

/** What was usual lately is what people ask for. */
const RECENT = 500;
/** History grows slowly, so medians are cached this long. */
const FRESH_MS = 10 * 60_000;

/**
 * The usual duration of a stage, for cards.
 * @returns synchronously, from a cache refreshed in the background: ms, undefined without history
 */
export function stageDurations(
  list: (filter: ListFilter) => Promise<Customization[]>,
  clock: Pick<Clock, "now">,
): (kind: Kind, stage: Stage) => number | undefined {
  const known = {
    all: [] as readonly Customization[],
    readAt: Number.NEGATIVE_INFINITY,
    medians: new Map<string, number | undefined>(),
  };
  return (kind, stage) => {
    if (clock.now() - known.readAt > FRESH_MS) {
      known.readAt = clock.now();
      void list({ limit: RECENT }).then(
        (all) => Object.assign(known, { all, medians: new Map() }),
        () => undefined,
      );
    }
    const key = `${kind} ${stage}`;
    if (!known.medians.has(key)) known.medians.set(key, medianStageMs(known.all, kind, stage));
    return known.medians.get(key);
  };
}
