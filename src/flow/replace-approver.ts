import type { Person } from "../core/approval.ts";
import { checkApprovers, mayReplaceApprover, requestersOf } from "../core/approval.ts";
import { cannotChange, tellNewApprover } from "../core/change-of-mind.ts";
import type { Customization } from "../core/customization.ts";
import type { Ports } from "../core/ports.ts";
import { addNotice, note } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

/** Replaces an approver who has left or passes the part on, by the form's rules, and tells the new one. */
export async function replaceApprover(
  ports: OutboxPorts & Pick<Ports, "settings">,
  ask: { readonly id: string; readonly gone: string; readonly now: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const changed = await change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayReplaceApprover(c, ask.who, ports.settings.policy, ask.gone) ?? cannotChange(c);
    if (refused) return refused;
    if (c.approvers.length === 0) return { type: "no-approvers" };
    if (!c.approvers.includes(ask.gone)) return { type: "not-an-approver", user: ask.gone, approvers: c.approvers };
    const approvers = [...new Set(c.approvers.map((id) => (id === ask.gone ? ask.now : id)))];
    const wrong = checkApprovers(c.kind, requestersOf(c), approvers, ports.settings.policy);
    if (wrong) return wrong;
    const at = ports.clock.now();
    const noted = note(
      { ...c, approvers },
      at,
      { type: "approver-replaced", gone: ask.gone, now: ask.now },
      ask.who.id,
    );
    const shown = addNotice(noted, at, `approver-${at}`, { type: "card" });
    return c.approvers.includes(ask.now) ? shown : tellNewApprover(shown, ask.now, { by: ask.who.id, at });
  });
  if (!isRefusal(changed)) await deliverOutbox(ports, ask.id);
  return changed;
}
