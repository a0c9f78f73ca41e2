import { describeFault } from "../core/fault.ts";
import type { Ports } from "../core/ports.ts";

/** Together more than three minutes: longer than a disk is full by accident, shorter than anybody waits. */
const WAITS_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000];

/**
 * Writes down what has been done outside and cannot be done again: a write that fails is tried again.
 * @param known  what must not be lost: the log has it if all tries fail
 * @throws what the last try threw
 */
export async function retryWrite<T>(
  ports: Pick<Ports, "clock" | "log">,
  known: object,
  write: () => Promise<T>,
): Promise<T> {
  for (const waitMs of WAITS_MS) {
    try {
      return await write();
    } catch (error) {
      ports.log.error("writing down what has been done", { ...known, because: describeFault(error) });
      await ports.clock.sleep(waitMs);
    }
  }
  return write();
}
