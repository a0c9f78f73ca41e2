import { Fault } from "../core/fault.ts";

/** The fault of an aborted signal: its reason if that is a fault, otherwise `transfer-aborted`. */
export function abortFault(signal: AbortSignal): Fault {
  const { reason } = signal;
  return reason instanceof Fault
    ? reason
    : new Fault("transfer-aborted", "the transfer was stopped", { cause: reason });
}

/**
 * Waits for work that cannot be cancelled until it ends or the signal aborts.
 * @throws {Fault} see `abortFault`; the work's later result is then ignored
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
