import type { Customization } from "../core/customization.ts";
import { dropSignatures } from "../core/demo-links.ts";
import { describeFault } from "../core/fault.ts";
import type { Ports } from "../core/ports.ts";
import { hasUndelivered, isOnItsWay } from "../core/record.ts";
import { collects, ENDED_STATES, OPEN_STATES } from "../core/state.ts";
import type { AcceptPorts } from "./accept-upload.ts";
import { acceptDrop } from "./accept-upload.ts";
import { change } from "./change.ts";
import { followChannel } from "./follow-channel.ts";
import { deliverOutbox, showProgress } from "./outbox.ts";
import { waitsForPieces } from "./piece-lease.ts";
import type { TickPorts } from "./poll.ts";
import { recoverClaim, recoverUploads } from "./poll.ts";
import { showAgain } from "./show-again.ts";
import type { Transfers } from "./transfers.ts";

export type CatchUpPorts = AcceptPorts & Pick<Ports, "threads">;

/** Recovers what an earlier process left behind: claims, uploads, missed files, undelivered notices. */
export async function resume(ports: TickPorts & CatchUpPorts, transfers: Transfers): Promise<void> {
  const left = await unfinished(ports);
  await forEach(ports, left, async (c) => {
    if (c.claim && isOrphaned(ports, c.claim)) await recoverClaim(ports, c);
    if (collects(c.state))
      await recoverUploads(ports, transfers, withOrphanedLeasesExpired(ports, c), ports.clock.now());
  });
  await forEach(ports, left.filter(hasUndelivered), ({ id }) => deliverOutbox(ports, id));
  await catchUp(ports, transfers);
  await forEach(ports, left, async ({ id }) => {
    const c = await ports.store.get(id);
    if (c && hasUndelivered(c)) await deliverOutbox(ports, id);
    else if (c) showProgress(ports, c);
  });
  // Last: nobody waits for it.
  await forEach(ports, await ports.store.list({ states: ENDED_STATES }), (c) => forgetExpiredLinks(ports, c));
}

/**
 * Follows the channels of open requests, and adds the files that never arrived to those that still take some. For the start, and after a gap. One
 * replica does so at a time.
 */
export function catchUp(ports: CatchUpPorts, transfers: Transfers): Promise<void> {
  return ports.mutex.run("catch-up", async () => {
    const all = await ports.store.list({ states: OPEN_STATES });
    const open = all.filter((c) => c.conversation.card !== undefined);
    await followChannels(ports, open);
    const now = ports.clock.now();
    await forEach(
      ports,
      open.filter((c) => mayHaveMissed(c, now)),
      async (known) => {
        const c = await ports.store.get(known.id);
        if (!c || c.conversation.closed) return;
        const { drops, hasCard } = await ports.threads.read(c);
        if (!hasCard) await showAgain(ports, c.id);
        for (const drop of drops) await acceptDrop(ports, transfers, c.id, drop);
      },
    );
  });
}

/** Longer than it takes until threads are read again. */
const AFTER_LAUNCH_MS = 30 * 60_000;

/** It takes files, or did lately: what came too late gets an answer, too. */
function mayHaveMissed({ state, task }: Customization, now: number): boolean {
  if (collects(state) || state === "launching" || state === "launch-unknown") return true;
  return task !== undefined && now - task.launchedAt < AFTER_LAUNCH_MS;
}

/** The regular one: of all replicas the first does it, each time. */
export async function catchUpInTurn(ports: CatchUpPorts, transfers: Transfers, everyMs: number): Promise<void> {
  const now = ports.clock.now();
  if (await ports.store.markSeen(`catch-up ${Math.round(now / everyMs)}`, now)) await catchUp(ports, transfers);
}

async function followChannels(ports: CatchUpPorts, open: readonly Customization[]): Promise<void> {
  const oneOfEach = new Map(open.map((c) => [c.conversation.channel, c]));
  const channels = [...oneOfEach.values()].filter(({ conversation }) => conversation.visibility !== "direct");
  await forEach(ports, channels, ({ conversation }) => followChannel(ports, conversation.channel));
}

/** Earlier versions left signed links in requests that have ended, which no poll reaches. */
async function forgetExpiredLinks({ store, clock }: Pick<Ports, "store" | "clock">, c: Customization): Promise<void> {
  const now = clock.now();
  if (dropSignatures(c, now) !== c) await change(store, c.id, (latest) => dropSignatures(latest, now));
}

/** One failing request must not block the rest. */
async function forEach(
  ports: Pick<Ports, "log">,
  all: readonly Customization[],
  work: (c: Customization) => Promise<void>,
): Promise<void> {
  for (const c of all) {
    try {
      await work(c);
    } catch (error) {
      ports.log.error("recovering a request", { id: c.id, because: describeFault(error) });
    }
  }
}

/** Whoever has waited longest for a notice first. */
async function unfinished(ports: Pick<Ports, "store">): Promise<Customization[]> {
  const left = await ports.store.list({ unfinished: true });
  const waiting = left.filter(hasUndelivered).map((c) => ({ c, since: oldestUntold(c) }));
  const told = left.filter((c) => !hasUndelivered(c));
  return [...waiting.sort((a, b) => a.since - b.since).map(({ c }) => c), ...told];
}

function oldestUntold(c: Customization): number {
  return Math.min(...c.outbox.filter((notice) => notice.delivered === undefined).map((notice) => notice.at));
}

type ClaimPorts = Pick<Ports, "store" | "owner" | "clock">;

function isOrphaned(ports: ClaimPorts, held: { readonly owner: string; readonly leaseUntil: number }): boolean {
  return held.owner !== ports.owner && (ports.store.exclusive || held.leaseUntil <= ports.clock.now());
}

/** If no other process can have the store open, leases found at the start are void. */
function withOrphanedLeasesExpired(ports: ClaimPorts, c: Customization): Customization {
  const materials = c.materials.map((m) =>
    m.upload && isOnItsWay(m) && !waitsForPieces(m) && isOrphaned(ports, m.upload)
      ? { ...m, upload: { ...m.upload, leaseUntil: 0 } }
      : m,
  );
  const offers = (c.offers ?? []).map((offer) =>
    offer.look && isOrphaned(ports, offer.look) ? { ...offer, look: { ...offer.look, leaseUntil: 0 } } : offer,
  );
  return { ...c, materials, offers };
}
