import type { Person } from "../core/approval.ts";
import type { Customization, NewCustomization } from "../core/customization.ts";
import { SCHEMA } from "../core/customization.ts";
import type { Fault } from "../core/fault.ts";
import { isFault } from "../core/fault.ts";
import type { FormField, RequestInput } from "../core/form-rules.ts";
import { checkInput } from "../core/form-rules.ts";
import { kindRow } from "../core/kinds.ts";
import type { Ports, Settings } from "../core/ports.ts";
import { move, note } from "../core/record.ts";
import type { FieldRefusal, Refusal } from "../core/refusal.ts";
import { isOver } from "../core/state.ts";
import { change } from "./change.ts";
import { withChannelNow } from "./channel-now.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox, showCard } from "./outbox.ts";
import type { ShowPorts } from "./show.ts";
import { isSeenFrom } from "./show.ts";

export interface OpenRequest extends RequestInput {
  /** The view id of the form. */
  readonly formId: string;
  readonly requester: Person;
  readonly conversation: {
    readonly team: string;
    readonly channel: string;
    readonly visibility: "public" | "private" | "direct";
  };
}

type Opened = { readonly opened: Customization } | { readonly fields: Partial<Record<FormField, FieldRefusal>> };

/** Stores a new request. Acknowledge the form only after this has resolved. */
export async function openRequest(
  ports: ShowPorts & Pick<Ports, "clock" | "mutex">,
  ask: OpenRequest,
): Promise<Opened> {
  const fields = checkInput(ask, ask.requester.id, ports.settings.policy);
  if (Object.keys(fields).length > 0) return { fields };
  // Two forms of one person at the same moment must not both pass as the last one.
  return ports.mutex.run(`requests of ${ask.requester.id}`, () => create(ports, ask));
}

async function create(ports: ShowPorts & Pick<Ports, "clock">, ask: OpenRequest): Promise<Opened> {
  const tooMany = await tooManyOpen(ports, { requester: ask.requester.id, formId: ask.formId });
  if (tooMany) return { fields: { kind: tooMany } };
  const { requester } = ask;
  const draft = newRecord({ ...ask, requester: requester.id }, ports.clock.now(), ports.settings);
  const created = await ports.store.create(draft);
  if (created.type !== "name-in-use") return { opened: created.customization };
  const holder = await ports.store.get(created.id);
  const seen = holder && (await isSeenFrom(ports, holder, ask.requester, ask.conversation.channel));
  return { fields: { name: { type: "name-in-use", ...(seen && { id: created.id }) } } };
}

/** @param formId  of a form that may have been submitted before */
export async function tooManyOpen(
  { store, settings }: Pick<Ports, "store" | "settings">,
  { formId, requester }: { readonly requester: string; readonly formId?: string },
): Promise<FieldRefusal | undefined> {
  const open = (await store.list({ requester })).filter((c) => !isOver(c.state) && c.formId !== formId);
  const limit = settings.maxOpenPerPerson;
  return open.length < limit ? undefined : { type: "too-many-open", open: open.length, limit };
}

/** @param ask  with the requester's id */
export function newRecord(
  ask: Omit<OpenRequest, "requester"> & { readonly requester: string },
  now: number,
  { consentRequired, voiceCheck, gateway }: Settings,
): NewCustomization {
  const { formId, requester, approvers, conversation, ...input } = ask;
  return {
    ...input,
    schema: SCHEMA,
    formId,
    createdAt: now,
    consentRequired,
    voiceCheck,
    gateway,
    requester,
    approvers: [...new Set(approvers)],
    conversation: { ...conversation },
    state: "collecting",
    revision: 0,
    materials: [],
    rounds: [],
    history: [{ at: now, by: requester, event: { type: "opened" } }],
    outbox: [
      { key: "card", at: now, content: { type: "card" } },
      ...(kindRow(ask.kind).speech === "reading"
        ? [{ key: "texts", at: now, content: { type: "texts" } } as const]
        : []),
    ],
  };
}

/**
 * Posts the card of a new request. If the bot may not post there, the request ends. If Slack cannot be reached, the tick
 * posts the card later.
 */
export async function announceRequest(ports: OutboxPorts, id: string): Promise<Customization | Refusal> {
  const c = await ports.store.get(id);
  if (!c) return { type: "not-found", id };
  try {
    // The card warns of people of other organisations in the channel.
    await ports.mutex.run(id, async () => showCard(ports, await withChannelNow(ports, c)));
  } catch (error) {
    if (isFault(error, "channel-closed")) return withdraw(ports, id, error.closed);
  }
  await deliverOutbox(ports, id);
  return (await ports.store.get(id)) ?? { type: "not-found", id };
}

async function withdraw(
  ports: Pick<Ports, "store" | "clock">,
  id: string,
  closed: Fault["closed"] = "not-in-channel",
): Promise<Refusal> {
  const now = ports.clock.now();
  await change(ports.store, id, (c) => {
    const over = note(move(c, "cancelled"), now, { type: "cancelled", spent: false });
    return { ...over, outbox: over.outbox.map((notice) => ({ ...notice, delivered: "undeliverable" })) };
  });
  return { type: closed };
}
