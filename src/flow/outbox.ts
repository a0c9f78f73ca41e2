import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { Notice } from "../core/notice.ts";
import type { Ports } from "../core/ports.ts";
import { hasUndelivered } from "../core/record.ts";
import { isRefusal } from "../core/refusal.ts";
import type { State } from "../core/state.ts";
import { isOver } from "../core/state.ts";
import type { NoticeBatch } from "../core/undelivered.ts";
import { undeliveredBatches, withDelivered } from "../core/undelivered.ts";
import { change } from "./change.ts";
import { withChannelNow } from "./channel-now.ts";
import { withReadingTexts } from "./reading-texts.ts";

export type OutboxPorts = Pick<
  Ports,
  "store" | "card" | "channels" | "clock" | "log" | "startedAt" | "mutex" | "voices"
>;

/** About two days. After that an ended request's notice is undeliverable, e.g. because its channel is archived. */
const MAX_TRIES = 48;

/** By request, deliveries that wait for their turn. */
const waiting = new WeakMap<Ports["mutex"], Map<string, Promise<void>>>();

/**
 * Shows a request in Slack and delivers its outbox, each notice once and in order. The tick retries what cannot be
 * delivered now. A delivery that has not begun serves all who ask meanwhile: it reads the record when its turn comes.
 */
export function deliverOutbox(ports: OutboxPorts, id: string): Promise<void> {
  const { mutex } = ports;
  const all = waiting.get(mutex) ?? new Map<string, Promise<void>>();
  waiting.set(mutex, all);
  const begin = (): Promise<void> => {
    all.delete(id);
    return deliver(ports, id);
  };
  const delivery = all.get(id) ?? mutex.run(id, begin);
  all.set(id, delivery);
  return delivery.finally(() => all.get(id) === delivery && all.delete(id));
}

async function deliver(ports: OutboxPorts, id: string): Promise<void> {
  const known = await ports.store.get(id);
  if (!known) return;
  const needsChannel = hasUndelivered(known) || known.conversation.closed !== undefined;
  const c = needsChannel ? await withChannelNow(ports, known) : known;
  if (await isCardShown(ports, c)) await deliverEach(ports, id);
}

/** @returns false if the card has to be shown later; where its channel is closed there is nothing to show */
async function isCardShown(ports: OutboxPorts, c: Customization): Promise<boolean> {
  try {
    await showCard(ports, c);
    return true;
  } catch (error) {
    if (isFault(error, "channel-closed") && (await hasClosed(ports, c))) return true;
    const [oldest] = c.outbox.filter((notice) => notice.delivered === undefined);
    if (oldest) await postpone(ports, c.id, [oldest], error);
    else ports.log.warn("showing the card", { id: c.id, because: describeFault(error) });
    return false;
  }
}

/** Each notice that waits, and those that delivering them brings about. */
async function deliverEach(ports: OutboxPorts, id: string): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const c = await ports.store.get(id);
    const [batch] = c ? undeliveredBatches(c, tried, ports.clock.now()) : [];
    if (!batch) return;
    for (const { key } of batch) tried.add(key);
    await deliverBatch(ports, id, batch);
  }
}

/** Asks Slack about a channel that has just refused a message, and writes down what it says. */
async function hasClosed(ports: OutboxPorts, c: Customization): Promise<boolean> {
  ports.channels.forget(c.conversation.channel);
  const now = await withChannelNow(ports, c);
  return now.conversation.closed !== undefined && c.conversation.closed === undefined;
}

/** Shows progress in the background. */
export function showProgress(ports: Pick<Ports, "card" | "log">, c: Customization): void {
  ports.card.show(c, "progress").catch((error: unknown) => {
    ports.log.warn("showing progress", { id: c.id, because: describeFault(error) });
  });
}

/** Shows "working, by @x" while the vendor is called. */
export function showWorking(ports: Pick<Ports, "card" | "log">, c: Customization): Promise<void> {
  return ports.card.show(c, "now").then(
    () => undefined,
    (error: unknown) => ports.log.warn("showing the request as working", { id: c.id, because: describeFault(error) }),
  );
}

/** Posts or edits the card and stores its ts. @throws {Fault} `slack-unreachable` */
export async function showCard(ports: Pick<Ports, "store" | "card">, c: Customization): Promise<void> {
  const ts = await ports.card.show(c, "now");
  if (ts === undefined || ts === c.conversation.card) return;
  await change(ports.store, c.id, (now) => ({ ...now, conversation: { ...now.conversation, card: ts } }));
}

async function deliverBatch(ports: OutboxPorts, id: string, batch: NoticeBatch): Promise<void> {
  const c = await ports.store.get(id);
  if (!c) return;
  const [notice, ...others] = batch;
  // Another replica may have posted it and died before it could say so.
  const mayBeThere = !ports.store.exclusive || notice.at < ports.startedAt || notice.tries !== undefined;
  try {
    const shown = notice.content.type === "texts" ? await withReadingTexts(ports, c) : c;
    const delivered =
      notice.content.type === "card" ? "said" : await ports.card.deliver(shown, notice, mayBeThere, others);
    await markDelivered(ports, id, batch, delivered);
  } catch (error) {
    if (isFault(error, "undeliverable")) await markDelivered(ports, id, batch, "undeliverable");
    else if (isFault(error, "channel-closed") && (await hasClosed(ports, c))) await deliverBatch(ports, id, batch);
    else await postpone(ports, id, batch, error);
  }
}

/** One write for all that one message told. */
async function markDelivered(ports: OutboxPorts, id: string, batch: NoticeBatch, delivered: string): Promise<void> {
  const keys = new Set(batch.map(({ key }) => key));
  const changed = await change(ports.store, id, (c) => withDelivered(c, keys, delivered));
  // The record may have changed while the message was being posted; its buttons must match the record.
  if (!isRefusal(changed)) await showWorking(ports, changed);
}

async function postpone(ports: OutboxPorts, id: string, batch: NoticeBatch, error: unknown): Promise<void> {
  const late = new Set(batch.map(({ key }) => key));
  ports.log.warn("delivering a notice", { id, notice: batch[0].key, because: describeFault(error) });
  const postponed = (notice: Notice, state: State): Notice => {
    const tries = (notice.tries ?? 0) + 1;
    const givenUp = isOver(state) && tries >= MAX_TRIES ? { delivered: "undeliverable" } : {};
    return { ...notice, at: ports.clock.now(), tries, ...givenUp };
  };
  await change(ports.store, id, (c) => ({
    ...c,
    outbox: c.outbox.map((notice) => (late.has(notice.key) ? postponed(notice, c.state) : notice)),
  }));
}
