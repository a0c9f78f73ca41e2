import type { Customization } from "./customization.ts";
import type { Kind } from "./kinds.ts";
import type { Stage } from "./state.ts";

/** Used while no other request has finished the stage. */
const STUCK_WITHOUT_HISTORY_MS = 48 * 3600_000;

/** The median time, in ms, that other requests of a kind spent in a stage; undefined while none has finished it. */
export function medianStageMs(others: readonly Customization[], kind: Kind, stage: Stage): number | undefined {
  const durations = sortedDurations(others, kind, stage);
  return durations[Math.floor(durations.length / 2)];
}

/** With fewer durations than this, nobody can say what is unusual. */
const FEWEST_SAMPLES = 5;

/** The time, in ms, that 95 of 100 other requests of a kind spent in a stage at most; undefined with too few of them. */
export function slowStageMs(others: readonly Customization[], kind: Kind, stage: Stage): number | undefined {
  const durations = sortedDurations(others, kind, stage);
  return durations.length < FEWEST_SAMPLES ? undefined : durations[Math.ceil(durations.length * 0.95) - 1];
}

function sortedDurations(others: readonly Customization[], kind: Kind, stage: Stage): number[] {
  return others
    .filter((c) => c.kind === kind)
    .flatMap((c) => durationsOf(c, stage))
    .sort((a, b) => a - b);
}

function durationsOf(c: Customization, stage: Stage): number[] {
  const stages = c.history.flatMap((line) =>
    line.event.type === "stage" ? [{ at: line.at, stage: line.event.stage }] : [],
  );
  const entered = stages.findIndex((seen) => seen.stage === stage);
  const left = stages.findIndex((seen, i) => i > entered && seen.stage !== stage);
  const [from, to] = [stages[entered], stages[left]];
  return entered >= 0 && left > entered && from && to ? [to.at - from.at] : [];
}

/** A stage is stuck after three times its median, or after two days without a median. */
export function isStuck(sinceMs: number, medianMs: number | undefined): boolean {
  return sinceMs > (medianMs === undefined ? STUCK_WITHOUT_HISTORY_MS : 3 * medianMs);
}
