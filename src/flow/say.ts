import type { Person } from "../core/approval.ts";
import { mayLaunch } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import type { SpokenLine } from "../core/line-record.ts";
import type { Ports } from "../core/ports.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import {
  addLine,
  applyOrder,
  changeLine,
  LINE_LEASE_MS,
  LINES_A_DAY,
  LONGEST_LINE,
  lineOf,
  linesOf,
  speakerKey,
} from "../core/spoken-line.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";
import { retryWrite } from "./retry-write.ts";

export type SayPorts = OutboxPorts & Pick<Ports, "settings" | "broadcast" | "owner" | "newId">;

/** Lets a finished voice, or avatar, say something: claimed in the store before the vendor is asked. */
export function saySomething(
  ports: SayPorts,
  ask: { readonly id: string; readonly text: string; readonly who: Person },
): Promise<Customization | Refusal> {
  // One at a time a person: their lines of a day are counted first.
  return ports.mutex.run(`lines of ${ask.who.id}`, async () => {
    const text = ask.text.trim();
    if (text === "") return { type: "line-missing" };
    if (text.length > LONGEST_LINE) return { type: "line-too-long", length: text.length, limit: LONGEST_LINE };
    const said = await linesToday(ports, ask.who.id);
    const line = { id: ports.newId(), by: ask.who.id, text, owner: ports.owner };
    const claimed = await change<Refusal>(ports.store, ask.id, (c) => {
      const refused = cannotSay(c, ask.who, ports.settings.policy) ?? tooMany(said);
      return refused ?? addLine(c, line, ports.clock.now());
    });
    if (isRefusal(claimed)) return claimed;
    await orderLine(ports, claimed, line.id);
    await deliverOutbox(ports, ask.id);
    return claimed;
  });
}

/** Whether a click on *Say something…* may open its form. */
export function cannotSay(c: Customization, who: Person, policy: Ports["settings"]["policy"]): Refusal | undefined {
  return mayLaunch(c, who, policy) ?? (speakerKey(c) === undefined ? { type: "cannot-speak" } : undefined);
}

function tooMany(said: number): Refusal | undefined {
  return said >= LINES_A_DAY ? { type: "too-many-lines", limit: LINES_A_DAY } : undefined;
}

async function linesToday({ store, clock }: Pick<Ports, "store" | "clock">, who: string): Promise<number> {
  const done = await store.list({ states: ["done"] });
  return done.reduce((sum, c) => sum + linesOf(c, who, clock.now()), 0);
}

/** Asks the vendor. A film is marked as sent before, and whoever cannot write the mark does not ask. */
export async function orderLine(ports: SayPorts, { id }: Customization, lineId: string): Promise<void> {
  const c = await markOrdered(ports, id, lineId);
  const line = c && lineOf(c, lineId);
  const key = c && speakerKey(c);
  if (!line || key === undefined) return;
  const { text, what } = line;
  const answer = await ports.broadcast[what === "film" ? "film" : "speak"]({ key, text, claim: line.id });
  ports.log.info("ordered a line", { id, line: line.id, what, outcome: answer.type });
  await retryWrite(ports, { id, line: line.id }, () =>
    change(ports.store, id, (now) => {
      const known = lineOf(now, lineId);
      const isOpen = known?.state === "asked" || known?.state === "unknown";
      return known && isOpen ? applyOrder(now, known, answer, ports.clock.now()) : now;
    }),
  );
}

async function markOrdered(ports: SayPorts, id: string, lineId: string): Promise<Customization | undefined> {
  for (;;) {
    const c = await ports.store.get(id);
    const line = c && lineOf(c, lineId);
    if (!c || !line || line.state !== "asked" || line.owner !== ports.owner || line.sent) return undefined;
    const lease = { now: ports.clock.now(), until: line.at };
    const marked = await ports.store.replace(changeLine(c, lineId, markOf(line, lease.now)), lease);
    if (marked) return marked;
    // Nobody changed it: the lease is over.
    if ((await ports.store.get(id))?.version === c.version) return undefined;
  }
}

function markOf({ what }: SpokenLine, now: number): Partial<SpokenLine> {
  return { at: now + LINE_LEASE_MS, ...(what === "film" && { sent: true }) };
}
