import { expiryDueAt } from "./asset-expiry.ts";
import type { Customization } from "./customization.ts";
import { filmDueAt } from "./demo-film.ts";
import { quotaDueAt } from "./quota.ts";
import { isBeingChecked, isOnItsWay, lookupDueAt } from "./record.ts";
import { linesDueAt } from "./spoken-line.ts";
import { collects, isFollowed } from "./state.ts";

/** The tick delivers a notice that is this old, because the flow that caused it has failed to. Doubles with each try. */
const REDELIVER_MS = 60_000;
const REDELIVER_MAX_MS = 3600_000;

/** When the tick should process a request, in epoch ms; undefined if it waits for nothing but people. */
export function dueAt(c: Customization): number | undefined {
  const lookAt = c.task && isFollowed(c.state) ? [c.task.nextLookAt] : [];
  const others = [lookupDueAt(c), expiryDueAt(c), quotaDueAt(c), filmDueAt(c), linesDueAt(c)].filter(
    (at) => at !== undefined,
  );
  return earliest([...urgentTimes(c), ...lookAt, ...others]);
}

/** The same without what only asks the vendor, of which thousands may be late: when something is due that people miss. */
export function urgentAt(c: Customization): number | undefined {
  return earliest(urgentTimes(c));
}

function earliest(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : Math.min(...times);
}

function urgentTimes(c: Customization): number[] {
  const undelivered = c.outbox.filter((notice) => notice.delivered === undefined);
  const times = undelivered.map(
    (notice) => notice.at + Math.min(REDELIVER_MAX_MS, REDELIVER_MS * 2 ** (notice.tries ?? 0)),
  );
  if (c.claim) times.push(c.claim.leaseUntil);
  if (collects(c.state)) {
    times.push(...c.materials.flatMap((m) => (m.upload && isOnItsWay(m) ? [m.upload.leaseUntil] : [])));
    times.push(...c.materials.flatMap((m) => (isBeingChecked(m) && m.check ? [m.check.nextLookAt] : [])));
    times.push(...(c.offers ?? []).flatMap(({ look }) => (look ? [look.leaseUntil] : [])));
  }
  return times;
}
