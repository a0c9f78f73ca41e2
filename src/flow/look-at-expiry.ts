import { expiryUnread, planExpiry } from "../core/asset-expiry.ts";
import type { ListedAsset } from "../core/asset-lookup.ts";
import { keyOf, keysOf } from "../core/asset-lookup.ts";
import type { Customization } from "../core/customization.ts";
import type { Ports } from "../core/ports.ts";
import { addNotice, hasUndelivered } from "../core/record.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";
import { listedAssets } from "./look-up-assets.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

/** Tells the requester that what was made ends soon, unless the account's lists say that it was extended. */
export async function lookAtExpiry(ports: OutboxPorts & Pick<Ports, "assets">, c: Customization): Promise<void> {
  const listed = await listedAssets(ports, c);
  const changed = await change(ports.store, c.id, (found) => {
    const now = ports.clock.now();
    if (!listed) return expiryUnread(found, now);
    const plan = planExpiry(found, earliestEnd(listed, keysOf(c)), now);
    if (!plan) return found;
    const looked = { ...found, lookup: plan.lookup };
    if (plan.tell === undefined) return looked;
    const key = `expires-${plan.tell}-${plan.lookup.expiresAt}`;
    return addNotice(looked, now, key, { type: "asset-expires", days: plan.tell });
  });
  if (!isRefusal(changed) && hasUndelivered(changed)) await deliverOutbox(ports, c.id);
}

function earliestEnd(listed: readonly ListedAsset[], keys: readonly string[]): number | undefined {
  const own = listed.filter(({ asset }) => keys.includes(keyOf(asset) ?? ""));
  const ends = own.flatMap(({ expiresAt }) => expiresAt ?? []);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}
