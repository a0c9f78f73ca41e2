import type { Person } from "../core/approval.ts";
import { mayCancel } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import { dropSignatures } from "../core/demo-links.ts";
import type { Ports } from "../core/ports.ts";
import { addNotice, move, note } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { canMove, isOver, isSpent } from "../core/state.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";
import { abandonPieces } from "./piece-lease.ts";
import type { Transfers } from "./transfers.ts";

/** Ends a request. After Launch it only stops following: the vendor continues, and the record keeps the TaskId. */
export async function cancel(
  ports: OutboxPorts & Pick<Ports, "settings" | "pieces">,
  transfers: Transfers,
  ask: {
    readonly id: string;
    readonly who: Person;
    /** The button's dialog: false for Cancel, true for Stop following. */
    readonly spent?: boolean;
  },
): Promise<Customization | Refusal> {
  const cancelled = await change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayCancel(c, ask.who, ports.settings.policy);
    if (refused) return refused;
    if (isOver(c.state)) return { type: "already-over", state: c.state };
    const by = c.claim?.by ?? c.requester;
    if (c.state === "deciding") return { type: "being-decided", by };
    if (!canMove(c.state, "cancelled")) return { type: "cancel-while-launching", by };
    if (ask.spent === false && isSpent(c.state)) return { type: "launched-meanwhile", id: c.id };
    const now = ports.clock.now();
    const noted = note(
      dropSignatures(move(c, "cancelled"), now),
      now,
      { type: "cancelled", spent: isSpent(c.state) },
      ask.who.id,
    );
    return addNotice(noted, now, "cancelled", { type: "card" });
  });
  if (isRefusal(cancelled)) return cancelled;
  transfers.stop(ask.id);
  await deliverOutbox(ports, ask.id);
  await abandonPieces(ports, cancelled);
  return cancelled;
}
