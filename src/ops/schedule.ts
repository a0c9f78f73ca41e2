import cron from "node-cron";
import { describeFault } from "../core/fault.ts";
import type { Log } from "../core/ports.ts";

/** How often the monotonic watch compares. */
const WATCH_MS = 1_000;
/** A run later than this by the monotonic clock means that the wall clock was set back. */
const LATE_MS = 3_000;

export interface Schedule {
  /** How overdue the next run is, by the monotonic clock; at most 0 while it is on time. */
  lateMs(): number;
  stop(): void;
}

interface ScheduleOptions {
  readonly log: Log;
  /** A run that would overlap an earlier one is skipped. */
  readonly noOverlap?: boolean;
}

/**
 * Runs work by a cron expression. Expressions are matched in UTC, which no night of a clock change interrupts. Beside
 * them a monotonic watch notices a wall clock that jumps, and starts the task anew by the new time.
 * @param work  is told how late it begins
 */
export function schedule(expression: string, work: (lateMs: number) => unknown, options: ScheduleOptions): Schedule {
  const { log, noOverlap = false } = options;
  const started = () =>
    cron.schedule(expression, run, {
      timezone: "UTC",
      noOverlap,
      suppressMissedWarning: true,
      logger: cronLogger(log),
    });
  const state = { task: started(), since: performance.now(), nextInMs: 0, offset: clockOffset() };
  expectNext();

  function run(): unknown {
    const late = Math.max(0, lateMs());
    expectNext();
    return work(late);
  }
  function expectNext(): void {
    state.since = performance.now();
    state.nextInMs = state.task.msToNext() ?? 0;
  }
  const lateMs = (): number => performance.now() - state.since - state.nextInMs;
  function watch(): void {
    const jumpedMs = clockOffset() - state.offset;
    const isLate = lateMs() > LATE_MS;
    if (!isLate && Math.abs(jumpedMs) < LATE_MS) return;
    log.warn("the wall clock jumped, or the process was asleep: restarting the schedule", { expression, jumpedMs });
    state.offset = clockOffset();
    state.task.destroy();
    state.task = started();
    if (isLate) void state.task.execute();
    else expectNext();
  }
  const watching = setInterval(watch, WATCH_MS);
  return {
    lateMs,
    stop() {
      clearInterval(watching);
      state.task.destroy();
    },
  };
}

/** Of the wall clock over the monotonic one, in ms: constant until somebody sets the clock, or the machine sleeps. */
function clockOffset(): number {
  return Date.now() - performance.now();
}

/** Without it node-cron writes failed runs to the console. */
function cronLogger(log: Log): Record<"debug" | "info" | "warn" | "error", (message: string | Error) => void> {
  return {
    debug: (message) => log.debug(describeFault(message), { from: "cron" }),
    info: (message) => log.info(describeFault(message), { from: "cron" }),
    warn: (message) => log.warn(describeFault(message), { from: "cron" }),
    error: (message) => log.error(describeFault(message), { from: "cron" }),
  };
}
