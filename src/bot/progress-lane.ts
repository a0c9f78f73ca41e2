import { WebAPIRateLimitedError } from "@slack/web-api";
import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { Clock, Log } from "../core/ports.ts";
import { slackCode } from "./slack-call.ts";

export interface ProgressLane {
  /** The newest state counts; the card keeps its place in the queue. */
  add(c: Customization): void;
  /** Shows at once what waits. */
  flush(): Promise<void>;
}

/** Slack's codes for troubles of its own, which pass. */
const PASSING: readonly string[] = ["no-answer", "internal_error", "fatal_error", "service_unavailable"];
const AGAIN_MS = 10_000;

/**
 * Edits that take what the others leave: one at a time, a pace apart, the card that has waited longest first. An edit
 * that Slack did not take stays in the queue until a newer state replaces it.
 * @param edit  resolves to false when there was nothing to edit; throws what the Web API client threw
 */
export function progressLane(options: {
  readonly clock: Clock;
  readonly log: Log;
  readonly paceMs: number;
  readonly edit: (c: Customization) => Promise<boolean>;
}): ProgressLane {
  const { clock, log } = options;
  const waiting = new Map<string, Customization>();
  const hurry = new AbortController();
  const lane: { notBefore: number; run?: Promise<void> | undefined } = { notBefore: 0 };

  const editNext = async (): Promise<void> => {
    const [next] = waiting.values();
    if (!next) return;
    waiting.delete(next.id);
    try {
      if (await options.edit(next)) lane.notBefore = clock.now() + options.paceMs;
    } catch (error) {
      const waitMs = waitAfter(error);
      log.info("showing progress", { id: next.id, because: describeFault(error), waitMs });
      if (waitMs === undefined || hurry.signal.aborted) return;
      lane.notBefore = clock.now() + waitMs;
      if (!waiting.has(next.id)) waiting.set(next.id, next);
    }
  };
  const run = async (): Promise<void> => {
    while (waiting.size > 0) {
      const waitMs = lane.notBefore - clock.now();
      if (waitMs > 0 && !hurry.signal.aborted) await clock.sleep(waitMs, hurry.signal);
      await editNext();
    }
    lane.run = undefined;
  };
  return {
    add(c) {
      waiting.set(c.id, c);
      lane.run ??= run();
    },
    async flush() {
      hurry.abort();
      await lane.run;
    },
  };
}

function waitAfter(error: unknown): number | undefined {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  const code = slackCode(error);
  return PASSING.includes(code) || code.startsWith("http-5") ? AGAIN_MS : undefined;
}
