import type { Customization } from "../core/customization.ts";
import type { NoticeContent } from "../core/notice.ts";
import type { Ports } from "../core/ports.ts";
import { addNotice } from "../core/record.ts";
import { isRefusal } from "../core/refusal.ts";
import type { Colleague, ReminderPorts } from "../core/reminder-ports.ts";
import { isWorkingTime, localTime } from "../core/working-hours.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

export type RemindPorts = OutboxPorts & Pick<Ports, "settings"> & ReminderPorts;

/** Somebody who can act, and is at work now. */
export async function atWork(
  { directory, clock }: Pick<RemindPorts, "directory" | "clock">,
  user: string,
): Promise<Colleague | undefined> {
  const colleague = await directory.find(user);
  const isAtWork = isWorkingTime(localTime(clock.now(), colleague.timeZone));
  return isAtWork && !colleague.who.barred ? colleague : undefined;
}

export function isTold(c: Customization, key: string): boolean {
  return c.outbox.some((notice) => notice.key === key);
}

/** The notice's key sees to that. */
export async function tellOnce(ports: OutboxPorts, id: string, key: string, content: NoticeContent): Promise<void> {
  const told = await change(ports.store, id, (c) => addNotice(c, ports.clock.now(), key, content));
  if (!isRefusal(told)) await deliverOutbox(ports, id);
}
