import type { Person } from "../core/approval.ts";
import { mayErase } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import { eraseRecord, isDueForErasure } from "../core/erase.ts";
import { describeFault } from "../core/fault.ts";
import type { Ports } from "../core/ports.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { ENDED_STATES, isOver } from "../core/state.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

type ErasePorts = OutboxPorts & Pick<Ports, "settings">;

/** An operator erases the personal data of a request that has ended, and the thread says what is gone. */
export async function eraseRequest(
  ports: ErasePorts,
  { id, who }: { readonly id: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const erased = await change<Refusal>(ports.store, id, (c) => {
    const refused = mayErase(c, who, ports.settings.policy) ?? cannotErase(c);
    return refused ?? eraseRecord(c, ports.clock.now(), who.id);
  });
  if (!isRefusal(erased)) await deliverOutbox(ports, id);
  return erased;
}

export function cannotErase(c: Customization): Refusal | undefined {
  if (c.erased) return { type: "was-erased", id: c.id };
  return isOver(c.state) ? undefined : { type: "not-over", id: c.id, state: c.state };
}

/** Erases what ended longer ago than `RETENTION_DAYS`; of all replicas, one does so at a time. */
export async function eraseOld(ports: ErasePorts): Promise<void> {
  const { retentionDays: days } = ports.settings;
  if (days === 0) return;
  await ports.mutex.run("retention", async () => {
    const ended = await ports.store.list({ states: ENDED_STATES });
    for (const c of ended.filter((one) => isDueForErasure(one, days, ports.clock.now())))
      await eraseDue(ports, c.id, days);
  });
}

async function eraseDue(ports: ErasePorts, id: string, days: number): Promise<void> {
  const now = ports.clock.now();
  try {
    await change(ports.store, id, (c) => (isDueForErasure(c, days, now) ? eraseRecord(c, now) : c));
    await deliverOutbox(ports, id);
  } catch (error) {
    ports.log.warn("erasing a request after its retention time", { id, because: describeFault(error) });
  }
}
