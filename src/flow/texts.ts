import type { Person } from "../core/approval.ts";
import { mayOverride } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import { inspectAgain } from "../core/inspect-again.ts";
import { note } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

/** Chooses another text to read; the next reading is inspected with it. */
export async function chooseText(
  ports: OutboxPorts,
  ask: { readonly id: string; readonly text: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const chosen = await change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayOverride(c, ask.who);
    if (refused) return refused;
    if (!collects(c.state)) return { type: "not-collecting", state: c.state };
    if (!c.texts?.some((text) => text.id === ask.text)) return { type: "no-texts" };
    return note({ ...c, chosenText: ask.text }, ports.clock.now(), { type: "text-chosen", text: ask.text }, ask.who.id);
  });
  if (!isRefusal(chosen)) await deliverOutbox(ports, ask.id);
  return chosen;
}

/** Sets the text that a basic voice's recording reads; a recording that is there is inspected again and compared with it. */
export async function setReferenceText(
  ports: OutboxPorts,
  ask: { readonly id: string; readonly text: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const set = await change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayOverride(c, ask.who);
    if (refused) return refused;
    if (!collects(c.state)) return { type: "not-collecting", state: c.state };
    const referenceText = ask.text.slice(0, 2000);
    return referenceText === c.referenceText ? c : inspectAgain({ ...c, referenceText }, ports.clock.now());
  });
  if (!isRefusal(set)) await deliverOutbox(ports, ask.id);
  return set;
}
