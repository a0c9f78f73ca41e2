import type { Person } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import { answerableOffer, refuseOffer } from "../core/offer.ts";
import type { Ports } from "../core/ports.ts";
import { materialOf } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { answerableUpload, declineUpload } from "../core/upload-link.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";
import { abandonPieces } from "./piece-lease.ts";

/** Refuses somebody else's file for the requester, and tells its dropper; or a file that came through an upload link. */
export async function declineOffer(
  ports: OutboxPorts & Pick<Ports, "settings" | "pieces">,
  ask: { readonly id: string; readonly material: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const before = await ports.store.get(ask.id);
  const isUpload = before && materialOf(before, ask.material)?.file.uploadLink !== undefined;
  const declined = await change<Refusal>(ports.store, ask.id, (c) => {
    const now = ports.clock.now();
    const { policy } = ports.settings;
    if (isUpload) {
      const m = answerableUpload(c, ask.material, ask.who, policy);
      return isRefusal(m) ? m : declineUpload(c, m, ask.who.id, now);
    }
    const offer = answerableOffer(c, ask.material, ask.who, policy);
    return isRefusal(offer) ? offer : refuseOffer(c, offer, { type: "not-wanted", by: ask.who.id }, now);
  });
  if (isRefusal(declined)) return declined;
  await deliverOutbox(ports, ask.id);
  if (before) await abandonPieces(ports, before, ({ id }) => id === ask.material);
  return declined;
}
