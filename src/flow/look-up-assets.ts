import type { ListedAsset } from "../core/asset-lookup.ts";
import { applyListed, keysOf, lookupFailed } from "../core/asset-lookup.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { Ports } from "../core/ports.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { showProgress } from "./outbox.ts";

/** Looks for a finished avatar or voice in the account's lists: its key where the report has none, and its expiry. */
export async function lookUpAssets(
  ports: OutboxPorts & Pick<Ports, "assets" | "settings">,
  c: Customization,
): Promise<void> {
  const { pollMs } = ports.settings;
  const listed = await listedAssets(ports, c);
  const changed = await change(ports.store, c.id, (found) => {
    const now = ports.clock.now();
    return listed ? applyListed(found, listed, now, pollMs) : lookupFailed(found, now, pollMs);
  });
  if (!isRefusal(changed)) showProgress(ports, changed);
}

/** What the account's lists have of a request; undefined if they could not be read. */
export async function listedAssets(
  { assets, log }: Pick<Ports, "assets" | "log">,
  c: Customization,
): Promise<readonly ListedAsset[] | undefined> {
  return await assets.find(c.kind, { name: c.name, keys: keysOf(c) }).catch((error: unknown) => {
    log.warn("reading the account's assets", { id: c.id, because: describeFault(error) });
    return undefined;
  });
}
