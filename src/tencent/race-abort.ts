import { Fault } from "../core/fault.ts";

/** What a signal that stops a transfer means: the fault that it carries, or that somebody wanted it. */
export function abortFault(signal: AbortSignal): Fault {
  const { reason } = signal;
  return reason instanceof Fault
    ? reason
    : new Fault("transfer-aborted", "the transfer was stopped", { cause: reason });
}

/**
 * Waits for work that cannot be called off, no longer than the signal lets it.
 * @throws {Fault} see `abortFault`; what becomes of the work then is nobody's concern
 */
export async function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(abortFault(signal));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
