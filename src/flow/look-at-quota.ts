import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { Ports } from "../core/ports.ts";
import { quotaUnread, withListedCount, withQuota } from "../core/quota.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { showProgress } from "./outbox.ts";

/**
 * Reads what is left of a request's quota, for Launch's dialog; after a launch whose answer was lost also whether the
 * account's lists have its name.
 */
export async function lookAtQuota(
  ports: OutboxPorts & Pick<Ports, "quotas" | "assets">,
  c: Customization,
): Promise<void> {
  const [quotas, listed] = await Promise.all([
    ports.quotas.read("nobody").catch((error: unknown) => {
      ports.log.warn("reading the account's quotas", { id: c.id, because: describeFault(error) });
      return undefined;
    }),
    c.state === "launch-unknown" ? countListed(ports, c) : undefined,
  ]);
  const changed = await change(ports.store, c.id, (found) => {
    const now = ports.clock.now();
    if (found.state !== c.state) return found;
    const looked = quotas
      ? withQuota(
          found,
          quotas.find(({ kind }) => kind === c.kind),
          now,
        )
      : quotaUnread(found, now);
    return withListedCount(looked, listed);
  });
  if (!isRefusal(changed)) showProgress(ports, changed);
}

async function countListed(
  ports: Pick<Ports, "assets" | "log">,
  { id, kind, name }: Customization,
): Promise<number | undefined> {
  try {
    return (await ports.assets.find(kind, { name, keys: [] })).length;
  } catch (error) {
    ports.log.warn("reading the account's assets", { id, because: describeFault(error) });
    return undefined;
  }
}
