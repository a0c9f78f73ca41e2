import type { Person } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import { answerableOffer, refuseOffer } from "../core/offer.ts";
import type { Ports } from "../core/ports.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

/** Refuses somebody else's file for the requester, and tells its dropper. */
export async function declineOffer(
  ports: OutboxPorts & Pick<Ports, "settings">,
  ask: { readonly id: string; readonly material: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const declined = await change<Refusal>(ports.store, ask.id, (c) => {
    const offer = answerableOffer(c, ask.material, ask.who, ports.settings.policy);
    if (isRefusal(offer)) return offer;
    return refuseOffer(c, offer, { type: "not-wanted", by: ask.who.id }, ports.clock.now());
  });
  if (!isRefusal(declined)) await deliverOutbox(ports, ask.id);
  return declined;
}
