import type { Failure, Weather, Wire } from "./faults.ts";
import type { Scheduler } from "./scheduler.ts";

/** What a kill ends. */
export interface Mortal {
  readonly name: string;
  readonly isAlive: boolean;
}

export interface Call<T> {
  readonly by: Mortal;
  readonly wire: Wire;
  readonly operation: string;
  /** What the other side does; a refusal of its own is thrown. */
  readonly work: () => T | Promise<T>;
  /** What the caller gets when the call fails: an answer, or an error that is thrown. */
  readonly fail: (failure: Failure) => T;
  /** After how long a call that hangs is given up. */
  readonly patienceMs: number;
}

export interface CallWorld {
  readonly scheduler: Scheduler;
  readonly weather: Weather;
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/**
 * Carries a call of a process over a wire: it arrives late or never, strikes a fault, is answered late or never. What a
 * dead process has sent may still arrive; it hears no answer.
 */
export function carry<T>(world: CallWorld, call: Call<T>): Promise<T> {
  const { scheduler, weather } = world;
  const { by, wire, operation } = call;
  return new Promise((resolve, reject) => {
    if (!by.isAlive) return;
    const fault = weather.strike(wire, operation);
    const answer = (outcome: Outcome<T>): void => {
      if (!by.isAlive) return;
      if ("value" in outcome) resolve(outcome.value);
      else reject(outcome.error);
    };
    scheduler.after(latency(world, wire), async () => {
      if (!by.isAlive && scheduler.random.chance(0.5)) return;
      scheduler.note(`${by.name} ${wire} ${operation} ${fault?.name ?? ""}`);
      const worked = fault === undefined || fault.work === "done" ? await outcomeOf(call.work) : undefined;
      if (!fault && worked) return void scheduler.after(latency(world, wire), () => answer(worked));
      const failure: Failure = fault?.failure ?? { type: "reset" };
      const waitMs = failure.type === "hang" ? call.patienceMs : latency(world, wire);
      if (fault?.work === "late")
        scheduler.after(waitMs + scheduler.random.between(0, 90_000), () => late(world, call));
      scheduler.after(waitMs, async () => answer(await outcomeOf(() => call.fail(failure))));
    });
  });
}

async function late<T>({ scheduler }: CallWorld, { by, wire, operation, work }: Call<T>): Promise<void> {
  scheduler.note(`${by.name} ${wire} ${operation} late`);
  await outcomeOf(work);
}

async function outcomeOf<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}

/** Most calls are quick; some take long enough for others to overtake them. */
function latency({ scheduler: { random }, weather }: CallWorld, wire: Wire): number {
  if (wire === "store") return random.between(0, 3);
  const luck = weather.isCalm ? 0 : random.next();
  if (luck > 0.97) return random.between(1_000, 8_000);
  return luck > 0.8 ? random.between(80, 1_000) : random.between(2, 80);
}
