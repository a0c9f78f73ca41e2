import type { Person } from "../core/approval.ts";
import { checkApprovers, mayChangeApprovers, requestersOf } from "../core/approval.ts";
import { cannotChange, withApprovers } from "../core/change-of-mind.ts";
import type { Customization } from "../core/customization.ts";
import type { Ports } from "../core/ports.ts";
import type { Refusal } from "../core/refusal.ts";
import { change } from "./change.ts";

/** Other approvers, by the form's rules. Deliver its outbox after the form is acknowledged. */
export function setApprovers(
  ports: Pick<Ports, "store" | "clock" | "settings">,
  ask: { readonly id: string; readonly approvers: readonly string[]; readonly who: Person },
): Promise<Customization | Refusal> {
  const { policy } = ports.settings;
  return change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayChangeApprovers(c, ask.who, policy) ?? cannotChange(c);
    const wrong = refused ?? checkApprovers(c.kind, requestersOf(c), ask.approvers, policy);
    return wrong ?? withApprovers(c, ask.approvers, { by: ask.who.id, at: ports.clock.now() });
  });
}
