import { describeFault } from "../core/fault.ts";
import type { Clock, CustomizationStore } from "../core/ports.ts";
import type { Schedule } from "./schedule.ts";

/** One readiness check; resolves to the problem, if there is one. */
export type HealthCheck = () => Promise<string | undefined>;

/** Every problem that keeps the bot from being ready, one line each. */
export async function healthProblems(checks: readonly HealthCheck[]): Promise<readonly string[]> {
  const answers = await Promise.all(checks.map((check) => check()));
  return answers.filter((answer) => answer !== undefined);
}

const PROBE_EVERY_MS = 30_000;
const WRITE_MS = 5_000;

/**
 * Whether the store takes a write: tried with a key of its own, at most every 30 seconds. A write that takes
 * longer than 5 seconds counts as failed, and no second one starts meanwhile.
 */
export function storeCheck(store: Pick<CustomizationStore, "markSeen">, clock: Clock): HealthCheck {
  const known: { at?: number; problem?: string | undefined; running?: Promise<string | undefined> } = {};
  const probe = async (): Promise<string | undefined> => {
    const now = clock.now();
    try {
      await store.markSeen(`health ${now}`, now);
      known.problem = undefined;
    } catch (error) {
      known.problem = `store: ${describeFault(error)}`;
    }
    known.at = now;
    delete known.running;
    return known.problem;
  };
  return async () => {
    const age = known.at === undefined ? Number.POSITIVE_INFINITY : clock.now() - known.at;
    if (age >= 0 && age < PROBE_EVERY_MS && known.running === undefined) return known.problem;
    known.running ??= probe();
    const enough = new AbortController();
    const tooLong = clock.sleep(WRITE_MS, enough.signal).then(() => `store: no write for ${WRITE_MS / 1000} s`);
    return Promise.race([known.running, tooLong]).finally(() => enough.abort());
  };
}

/** A tick may begin this much after its time: the machine was busy. */
const LATE_MS = 60_000;

/** Whether ticks begin when they should. @param ticks  undefined before the first is planned */
export function ticksCheck(ticks: () => Pick<Schedule, "lateMs"> | undefined): HealthCheck {
  return async () => {
    const late = ticks()?.lateMs();
    if (late === undefined) return "ticks: none is planned";
    return late > LATE_MS ? `ticks: the next one is ${Math.round(late / 1000)} s late` : undefined;
  };
}
