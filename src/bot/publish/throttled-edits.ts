import { WebAPIRateLimitedError } from "@slack/web-api";
import { describeFault } from "../../core/fault.ts";
import type { Clock, Log } from "../../core/ports.ts";
import { isTransient } from "../slack/call.ts";

export interface ThrottledEdits<T> {
  /** Queues an item; a newer state of a queued item keeps its place. */
  add(item: T): void;
  /** Makes all queued edits at once. */
  flush(): Promise<void>;
  /** Empties the queue and waits for the edit under way. */
  drop(): Promise<void>;
}

const AGAIN_MS = 10_000;

/**
 * Low-priority edits: one at a time, a pace apart, oldest first. An edit that failed for a transient reason stays
 * queued until it succeeds or a newer state replaces it.
 * @param nextSlotMs  takes the next free slot of the pace, and resolves to how long it is until then
 * @param edit  resolves to false when there was nothing to edit, which leaves the slot to the next one; throws what the
 * Web API client threw
 */
export function throttledEdits<T extends { readonly id: string }>(options: {
  /** The work in progress, for the log. */
  readonly doing: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly paceMs: number;
  readonly nextSlotMs: () => Promise<number>;
  readonly edit: (item: T) => Promise<boolean>;
}): ThrottledEdits<T> {
  const { clock, log } = options;
  const waiting = new Map<string, T>();
  const hurry = new AbortController();
  const state: { hasSlot: boolean; notBefore: number; run?: Promise<void> | undefined } = {
    hasSlot: false,
    notBefore: 0,
  };
  const takeSlot = async (): Promise<void> => {
    const slotMs = await options.nextSlotMs().catch((error: unknown) => {
      log.info(options.doing, { because: describeFault(error), waitMs: options.paceMs });
      return options.paceMs;
    });
    state.hasSlot = true;
    state.notBefore = Math.max(state.notBefore, clock.now() + slotMs);
  };

  const editNext = async (): Promise<void> => {
    const [next] = waiting.values();
    if (!next) return;
    waiting.delete(next.id);
    try {
      if (await options.edit(next)) state.hasSlot = false;
    } catch (error) {
      state.hasSlot = false;
      const waitMs = waitAfter(error);
      log.info(options.doing, { id: next.id, because: describeFault(error), waitMs });
      if (waitMs === undefined || hurry.signal.aborted) return;
      state.notBefore = clock.now() + waitMs;
      if (!waiting.has(next.id)) waiting.set(next.id, next);
    }
  };
  const run = async (): Promise<void> => {
    while (waiting.size > 0) {
      if (!state.hasSlot && !hurry.signal.aborted) await takeSlot();
      const waitMs = state.notBefore - clock.now();
      if (waitMs > 0 && !hurry.signal.aborted) await clock.sleep(waitMs, hurry.signal);
      await editNext();
    }
    state.run = undefined;
  };
  const flush = async (): Promise<void> => {
    hurry.abort();
    await state.run;
  };
  return {
    add(item) {
      waiting.set(item.id, item);
      // Start in a microtask: an edit that adds an item must find the run already set.
      state.run ??= Promise.resolve().then(run);
    },
    flush,
    drop() {
      waiting.clear();
      return flush();
    },
  };
}

function waitAfter(error: unknown): number | undefined {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  return isTransient(error) ? AGAIN_MS : undefined;
}
