import type { Claim, Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { Ports } from "../core/ports.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";

/** How long a launch or a decision stays its owner's without a renewal. */
const LEASE_MS = 30_000;
/** A lease is renewed this often in its time, so that one lost renewal does not end it. */
const RENEWALS = 3;

type ClaimPorts = Pick<Ports, "store" | "clock" | "log" | "owner">;

export function newClaim(ports: Pick<Ports, "clock" | "owner" | "newId">, by: string): Claim {
  const at = ports.clock.now();
  return { id: ports.newId(), owner: ports.owner, by, at, leaseUntil: at + LEASE_MS };
}

/** Renews the lease of a claim while the vendor is called and the answer written down. */
export async function holdingClaim<T>(ports: ClaimPorts, c: Customization, work: () => Promise<T>): Promise<T> {
  const done = new AbortController();
  void renewUntil(done.signal, ports, c);
  try {
    return await work();
  } finally {
    done.abort();
  }
}

async function renewUntil(done: AbortSignal, ports: ClaimPorts, { id, claim }: Customization): Promise<void> {
  for (;;) {
    await ports.clock.sleep(LEASE_MS / RENEWALS, done);
    if (done.aborted) return;
    try {
      await change(ports.store, id, (now) => {
        const isMine = now.claim?.id === claim?.id && now.claim?.owner === ports.owner;
        return now.claim && isMine ? withLease(ports, now, now.claim) : now;
      });
    } catch (error) {
      ports.log.warn("renewing the lease of a claim", { id, claim: claim?.id, because: describeFault(error) });
    }
  }
}

function withLease(ports: Pick<Ports, "clock">, c: Customization, claim: Claim): Customization {
  return { ...c, claim: { ...claim, leaseUntil: ports.clock.now() + LEASE_MS } };
}

/**
 * Takes over a claim that is not sent and whose owner is gone.
 * @returns undefined when it was sent, renewed or taken meanwhile
 */
export async function takeOver(
  ports: Pick<Ports, "store" | "clock" | "owner">,
  { id, claim: seen }: Customization,
): Promise<Customization | undefined> {
  const mine = { taken: false };
  const taken = await change(ports.store, id, (now) => {
    const { claim } = now;
    const isSame = claim?.id === seen?.id && claim?.owner === seen?.owner && claim?.leaseUntil === seen?.leaseUntil;
    mine.taken = isSame && claim?.sent !== true;
    return claim && mine.taken ? withLease(ports, now, { ...claim, owner: ports.owner }) : now;
  });
  return mine.taken && !isRefusal(taken) ? taken : undefined;
}

/**
 * Marks a claim as sent, just before the call that spends or decides. The mark fails when the claim is another's or marked
 * before, or when its lease is over by the store's clock: whoever cannot write it does not call.
 * @returns the record; undefined when the call must not be made
 * @throws {Fault} `store-*`, and then the call must not be made either
 */
export async function markSent(
  ports: Pick<Ports, "store" | "clock" | "owner">,
  { id, claim: held }: Customization,
): Promise<Customization | undefined> {
  for (;;) {
    const c = await ports.store.get(id);
    const claim = c?.claim;
    if (!c || !claim || claim.id !== held?.id || claim.owner !== ports.owner || claim.sent) return undefined;
    const lease = { now: ports.clock.now(), until: claim.leaseUntil };
    const marked = await ports.store.replace(withLease(ports, c, { ...claim, sent: true }), lease);
    if (marked) return marked;
    // Nobody changed it: the lease is over.
    if ((await ports.store.get(id))?.version === c.version) return undefined;
  }
}
