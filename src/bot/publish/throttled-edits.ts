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
const OTHERS_EVERY = 3;

/**
 * Low-priority edits: one at a time, a pace apart, oldest first; two of three are for news, if there is some. An edit that failed for a transient reason stays
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
  readonly isNews?: (item: T) => boolean;
}): ThrottledEdits<T> {
  const { clock, log, isNews = () => true } = options;
  const [news, others] = [new Map<string, T>(), new Map<string, T>()];
  const hurry = new AbortController();
  const state: { hasSlot: boolean; notBefore: number; taken: number; run?: Promise<void> | undefined } = {
    hasSlot: false,
    notBefore: 0,
    taken: 0,
  };
  const put = (item: T): void => {
    const [to, from] = isNews(item) ? [news, others] : [others, news];
    from.delete(item.id);
    to.set(item.id, item);
  };
  const takeNext = (): T | undefined => {
    state.taken += 1;
    const [preferred, rest] = state.taken % OTHERS_EVERY === 0 ? [others, news] : [news, others];
    const [next] = preferred.size > 0 ? preferred.values() : rest.values();
    if (next) for (const queue of [news, others]) queue.delete(next.id);
    return next;
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
    const next = takeNext();
    if (!next) return;
    try {
      if (await options.edit(next)) state.hasSlot = false;
      // Thousands of cards that have not changed must not keep the event loop to themselves.
      else await clock.sleep(0);
    } catch (error) {
      state.hasSlot = false;
      const waitMs = waitAfter(error);
      log.info(options.doing, { id: next.id, because: describeFault(error), waitMs });
      if (waitMs === undefined || hurry.signal.aborted) return;
      state.notBefore = clock.now() + waitMs;
      if (!news.has(next.id) && !others.has(next.id)) put(next);
    }
  };
  const run = async (): Promise<void> => {
    while (news.size + others.size > 0) {
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
      put(item);
      // Start in a microtask: an edit that adds an item must find the run already set.
      state.run ??= Promise.resolve().then(run);
    },
    flush,
    drop() {
      for (const queue of [news, others]) queue.clear();
      return flush();
    },
  };
}

function waitAfter(error: unknown): number | undefined {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  return isTransient(error) ? AGAIN_MS : undefined;
}
