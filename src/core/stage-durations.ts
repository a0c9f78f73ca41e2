import type { Customization, Stage } from "./customization.ts";
import type { Kind } from "./kinds.ts";

/** Without any history a stage is called stuck after this long. */
const STUCK_WITHOUT_HISTORY_MS = 48 * 3600_000;

/** How long a stage usually takes for a kind, from what other requests' histories say: the median in ms, if any. */
export function usualStageMs(others: readonly Customization[], kind: Kind, stage: Stage): number | undefined {
  const durations = others
    .filter((c) => c.kind === kind)
    .flatMap((c) => stageDurations(c, stage))
    .sort((a, b) => a - b);
  return durations[Math.floor(durations.length / 2)];
}

function stageDurations(c: Customization, stage: Stage): number[] {
  const stages = c.history.flatMap((line) =>
    line.event.type === "stage" ? [{ at: line.at, stage: line.event.stage }] : [],
  );
  const entered = stages.findIndex((seen) => seen.stage === stage);
  const left = stages.findIndex((seen, i) => i > entered && seen.stage !== stage);
  const [from, to] = [stages[entered], stages[left]];
  return entered >= 0 && left > entered && from && to ? [to.at - from.at] : [];
}

/** A stage that has taken three times its usual duration, or two days, is said to be stuck. */
export function isStuck(sinceMs: number, usualMs: number | undefined): boolean {
  return sinceMs > (usualMs === undefined ? STUCK_WITHOUT_HISTORY_MS : 3 * usualMs);
}
