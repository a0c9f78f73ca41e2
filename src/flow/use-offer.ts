import type { Person } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import type { MaterialRole } from "../core/kinds.ts";
import { allowOffer, answerableOffer } from "../core/offer.ts";
import type { Ports } from "../core/ports.ts";
import { materialOf } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";
import { takeRole } from "./identify-files.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";
import type { Transfers } from "./transfers.ts";

/** The requester lets somebody else's file count, and says of a video of unknown role which one it is. */
export async function useOffer(
  ports: OutboxPorts & Pick<Ports, "owner" | "settings">,
  transfers: Transfers,
  ask: { readonly id: string; readonly material: string; readonly role?: MaterialRole; readonly who: Person },
): Promise<Customization | Refusal> {
  const used = await change<Refusal>(ports.store, ask.id, (c) => {
    const offer = answerableOffer(c, ask.material, ask.who, ports.settings.policy);
    if (isRefusal(offer)) return offer;
    const role = offer.role ?? ask.role;
    if (!role) return { type: "nothing-to-override" };
    const allowed = allowOffer(c, offer, role, { by: ask.who.id, at: ports.clock.now() });
    return takeRole(ports, allowed.c, allowed.material, role);
  });
  if (isRefusal(used)) return used;
  transfers.start(ask.id, materialOf(used, ask.material));
  await deliverOutbox(ports, ask.id);
  return used;
}
