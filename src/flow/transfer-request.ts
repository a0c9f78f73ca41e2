import type { Person } from "../core/approval.ts";
import { mayChange } from "../core/approval.ts";
import { cannotChange, withOwner } from "../core/change-of-mind.ts";
import type { Customization } from "../core/customization.ts";
import type { Ports } from "../core/ports.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";
import { tooManyOpen } from "./open-request.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

/** Gives a request to another requester, of whom Slack has said that they may have it. */
export async function transferRequest(
  ports: OutboxPorts & Pick<Ports, "settings">,
  ask: { readonly id: string; readonly to: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const { policy } = ports.settings;
  const transferred = await ports.mutex.run(`requests of ${ask.to}`, async () => {
    const tooMany = await tooManyOpen(ports, { requester: ask.to });
    return change<Refusal>(ports.store, ask.id, (c) => {
      const refused = mayChange(c, ask.who, policy) ?? cannotChange(c) ?? tooMany;
      return refused ?? withOwner(c, ask.to, { by: ask.who.id, at: ports.clock.now() }, policy);
    });
  });
  if (!isRefusal(transferred)) await deliverOutbox(ports, ask.id);
  return transferred;
}
