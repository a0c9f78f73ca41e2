import type { Person } from "../core/approval.ts";
import { mayRemind } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import type { Ports } from "../core/ports.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { remindedNow } from "../core/reminders.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

/** Somebody reminds those who are next, in the thread. */
export async function remind(
  ports: OutboxPorts & Pick<Ports, "settings">,
  ask: { readonly id: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const { policy } = ports.settings;
  const reminded = await change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayRemind(c, ask.who, policy);
    return refused ?? remindedNow(c, policy, { by: ask.who.id, at: ports.clock.now() });
  });
  if (!isRefusal(reminded)) await deliverOutbox(ports, ask.id);
  return reminded;
}
