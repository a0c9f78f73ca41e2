import type { Person } from "../core/approval.ts";
import { mayOverride } from "../core/approval.ts";
import { override } from "../core/check-plan.ts";
import type { Customization } from "../core/customization.ts";
import { materialOf } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

/** The requester accepts a file despite its warning; the history records who did. */
export async function useAnyway(
  ports: OutboxPorts,
  ask: { readonly id: string; readonly material: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const used = await change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayOverride(c, ask.who);
    if (refused) return refused;
    if (!collects(c.state)) return { type: "not-collecting", state: c.state };
    const m = materialOf(c, ask.material);
    return m?.state === "warned" ? override(c, m, ask.who.id, ports.clock.now()) : { type: "nothing-to-override" };
  });
  if (!isRefusal(used)) await deliverOutbox(ports, ask.id);
  return used;
}
