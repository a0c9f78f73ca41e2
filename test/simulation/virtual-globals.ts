import type { Scheduler } from "./scheduler.ts";

/** What libraries take from the global scope: timers, time, chance and the network. */
interface Globals {
  readonly scheduler: Scheduler;
  readonly fetch: typeof fetch;
}

type Undo = () => void;

/** Puts the simulation in the place of the real timers, time, chance and network. @returns puts the real ones back */
export function virtualGlobals({ scheduler, fetch }: Globals): Undo {
  const timers = new Map<unknown, () => void>();
  const real = { clearTimeout: globalThis.clearTimeout };
  const start = (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): object => {
    const timer = { ref: () => timer, unref: () => timer, hasRef: () => true, refresh: () => timer };
    const end = scheduler.after(Math.max(1, ms), () => {
      timers.delete(timer);
      run(...given);
    });
    timers.set(timer, end);
    return timer;
  };
  const stop = (timer: unknown): void => {
    const end = timers.get(timer);
    timers.delete(timer);
    if (end) end();
    // A timer from before the simulation.
    else if (typeof timer === "object") Reflect.apply(real.clearTimeout, undefined, [timer]);
  };
  const undo = [
    replaced(globalThis, "setTimeout", start),
    replaced(globalThis, "clearTimeout", stop),
    replaced(globalThis, "fetch", fetch),
    replaced(Date, "now", () => scheduler.now()),
    replaced(Math, "random", () => scheduler.random.next()),
    replaced(AbortSignal, "timeout", (ms: number) => {
      const late = new AbortController();
      scheduler.after(ms, () => late.abort(new DOMException("The operation timed out.", "TimeoutError")));
      return late.signal;
    }),
  ];
  return () => {
    for (const back of undo) back();
  };
}

function replaced(holder: object, name: string, value: unknown): Undo {
  const before = Object.getOwnPropertyDescriptor(holder, name);
  Object.defineProperty(holder, name, { value, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(holder, name, before);
  };
}
