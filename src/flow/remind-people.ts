import type { Person } from "../core/approval.ts";
import { isGroup } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { Ports } from "../core/ports.ts";
import { isOverdue, longWaitOf, nextPeople, PATIENCE_DAYS } from "../core/reminders.ts";
import type { Waiting } from "../core/waits-for.ts";
import { WAITING_STATES, waitingAmong } from "../core/waits-for.ts";
import { localTime, workingDaysSince } from "../core/working-hours.ts";
import type { RemindPorts } from "./tell-at-work.ts";
import { atWork, isTold, tellOnce } from "./tell-at-work.ts";
import { tellSlowStages } from "./tell-slow-stages.ts";

/** Nobody waits longer than this for a reminder that is due. */
const EVERY_MS = 5 * 60_000;

/** Reminders for the tick: those of one replica at a time, and at most every five minutes. */
export function reminders(ports: RemindPorts): () => Promise<void> {
  const last = { at: Number.NEGATIVE_INFINITY };
  return async () => {
    const now = ports.clock.now();
    if (Math.abs(now - last.at) < EVERY_MS) return;
    last.at = now;
    await ports.mutex.run("reminders", () => remindPeople(ports));
  };
}

/**
 * Tells people in their own working hours what waits for them, in one message a working day; tells requesters of others
 * who do not act, and of approvers who have left; and requesters and operators of stages that take too long.
 */
export async function remindPeople(ports: RemindPorts): Promise<void> {
  const open = await ports.store.list({ states: WAITING_STATES });
  if (ports.remindAfterMs > 0) {
    const next = new Set(open.flatMap((c) => nextPeople(c, ports.settings.policy)));
    const groups = new Map<string, string[]>([...next].filter((id) => !isGroup(id)).map((id) => [id, []]));
    for (const group of [...next].filter(isGroup)) {
      for (const user of await ports.directory.membersOf(group)) groups.set(user, [...(groups.get(user) ?? []), group]);
    }
    for (const [user, theirs] of groups) await carryOn(ports, user, () => remindOne(ports, user, theirs, open));
    for (const c of open) await carryOn(ports, c.id, () => tellLongWait(ports, c));
  }
  for (const c of open) await carryOn(ports, c.id, () => tellWhoLeft(ports, c));
  await tellSlowStages(ports);
}

/** One reminder that fails must not block the rest. */
async function carryOn(ports: Pick<Ports, "log">, about: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    ports.log.warn("reminding", { about, because: describeFault(error) });
  }
}

async function remindOne(
  ports: RemindPorts,
  user: string,
  groups: readonly string[],
  open: readonly Customization[],
): Promise<void> {
  const mine = overdueOf(ports, { id: user, groups, team: open[0]?.conversation.team ?? "" }, open);
  if (mine.length === 0) return;
  const colleague = await atWork(ports, user);
  if (!colleague) return;
  const waiting = overdueOf(
    ports,
    await withChannels(ports, { ...colleague.who, groups }, mine),
    mine.map(({ c }) => c),
  );
  if (waiting.length === 0) return;
  // Marked before it is sent: one that fails is lost for the day, and nobody is told twice.
  const { day } = localTime(ports.clock.now(), colleague.timeZone);
  if (await ports.store.markSeen(`reminder ${user} ${day}`, ports.clock.now())) {
    await ports.nudges.send(user, waiting);
  }
}

/** Everything that waits for somebody, once any of it is overdue. */
function overdueOf(
  { settings, clock, remindAfterMs }: Pick<RemindPorts, "settings" | "clock" | "remindAfterMs">,
  who: Person,
  open: readonly Customization[],
): Waiting[] {
  const waiting = waitingAmong(open, who, settings.policy);
  return isOverdue(waiting, clock.now(), remindAfterMs) ? waiting : [];
}

/** Guests hear only of requests of channels that they are in now. */
async function withChannels(ports: RemindPorts, who: Person, mine: readonly Waiting[]): Promise<Person> {
  if (!who.guestIn) return who;
  const channels = [...new Set(mine.map(({ c }) => c.conversation.channel))];
  const members = await Promise.all(channels.map((channel) => ports.directory.isMember(channel, who.id)));
  return { ...who, guestIn: channels.filter((_, i) => members[i] === true) };
}

async function tellLongWait(ports: RemindPorts, c: Customization): Promise<void> {
  const wait = longWaitOf(c, ports.settings.policy);
  if (!wait || isTold(c, wait.key)) return;
  const requester = await atWork(ports, c.requester);
  const days = requester && workingDaysSince(wait.since, ports.clock.now(), requester.timeZone);
  if (days === undefined || days < PATIENCE_DAYS) return;
  const { people, since } = wait;
  await tellOnce(ports, c.id, wait.key, { type: "long-wait", to: c.requester, people, since });
}

/** Once a day for each request: Slack is asked about each approver. */
async function tellWhoLeft(ports: RemindPorts, c: Customization): Promise<void> {
  if (c.approvers.length === 0) return;
  const requester = await atWork(ports, c.requester);
  if (!requester) return;
  const now = ports.clock.now();
  const { day } = localTime(now, requester.timeZone);
  if (!(await ports.store.markSeen(`approvers of ${c.id} ${day}`, now))) return;
  const found = await Promise.all(c.approvers.filter((id) => !isGroup(id)).map((id) => ports.directory.find(id)));
  const people = found.filter(({ who }) => who.barred === "deactivated").map(({ who }) => who.id);
  const key = `approvers-left-${people.join("-")}`;
  if (people.length > 0 && !isTold(c, key))
    await tellOnce(ports, c.id, key, { type: "approvers-left", to: c.requester, people });
}
