import { describeFault } from "../core/fault.ts";
import type { Ports } from "../core/ports.ts";

/** More than three minutes in total: longer than a disk is briefly full, shorter than people wait. */
const WAITS_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000];

/**
 * Retries a write that records an external effect, which must not be repeated.
 * @param known  logged with each failure, so that it is not lost if all retries fail
 * @throws what the last retry threw
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
      ports.log.error("recording an external effect", { ...known, because: describeFault(error) });
      await ports.clock.sleep(waitMs);
    }
  }
  return write();
}
